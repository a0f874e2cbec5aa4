"""Doors for the worker: ids in, load, one call."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from clusters.stages import Stage
from evaluations import scores
from evaluations.evidence import tasks as evidence_tasks  # noqa: F401  # registers draw_pages
from evaluations.evidence.arrivals import tasks as arrival_tasks  # noqa: F401  # registers unpack_archive
from evaluations.models import Evaluation
from evaluations.workbooks import tasks as workbook_tasks  # noqa: F401  # registers purge_imports
from jobs.kinds import kind
from jobs.models import Job
from jobs.promises import promise, promised
from kla_portal.prepared import Values


def promise_settlement(evaluation_id: int, stage: Stage | str, at: datetime, *, freeze: bool = False) -> Job:
    """Promise that a stage's rows will be brought up to date; many saves ask for one settlement."""
    return promise(kind="freeze" if freeze else "settle", at=at, **_settlement(evaluation_id, stage))


def settlement_promised(evaluation_id: int, stage: Stage | str, at: datetime) -> Values:
    """The same promise for `promises.PROMISED`, made in the statement that stores what is to be settled."""
    return promised(kind="settle", at=at, **_settlement(evaluation_id, stage))


def _settlement(evaluation_id: int, stage: Stage | str) -> dict[str, Any]:
    about = {"evaluation_id": evaluation_id, "stage": str(stage)}
    return {"key": f"{evaluation_id}:{stage}", "queue": Job.Queue.SCORE, **about}


@kind("settle", sentence_on_failure="Nilai belum dapat dihitung ulang. Administrator dapat mengulanginya.")
def settle(*, evaluation_id: int, stage: str) -> None:
    """Bring the moving standing of a stage up to date; a review that has begun moves with the claims."""
    evaluation, at = Evaluation.objects.get(pk=evaluation_id), timezone.now()
    scores.settle(evaluation, stage, at=at)
    if stage == Stage.EM and evaluation.results.filter(stage=Stage.TI, frozen_at__isnull=True).exists():
        scores.settle(evaluation, Stage.TI, at=at)


@kind(
    "freeze",
    sentence_on_failure="Hasil tahap belum dapat ditetapkan. Administrator dapat mengulanginya.",
)
def freeze(*, evaluation_id: int, stage: str) -> None:
    """Write the final result of a closed stage."""
    scores.settle(Evaluation.objects.get(pk=evaluation_id), stage, at=timezone.now(), freeze=True)
