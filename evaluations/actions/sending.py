"""Sending: the Gugus Tugas hands its self-evaluation over, once; the stage locks and is settled by the worker."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.stages import Stage, after
from evaluations import tasks, windows
from evaluations.models import Answer, Evaluation


class AlreadySubmitted(Exception):
    """The self-evaluation has been sent; its answers are locked."""

    def __init__(self) -> None:
        super().__init__("Evaluasi mandiri sudah dikirim, sehingga jawaban dan bukti terkunci.")


@transaction.atomic
def submit(*, evaluation: Evaluation, by: User, at: datetime) -> Evaluation:
    """Send the self-evaluation and open the next stage. Raises `AlreadySubmitted` or `windows.WindowClosed`."""
    evaluation = Evaluation.objects.locked().select_related("cycle").get(pk=evaluation.pk)
    if evaluation.is_submitted:
        raise AlreadySubmitted
    windows.require_open(evaluation, Stage.EM, at)
    following = after(Stage.EM, evaluation.cycle.stages)
    evaluation.stage = following.value if following else ""
    evaluation.submitted_at, evaluation.submitted_by = at, by
    evaluation.save(update_fields=["stage", "submitted_at", "submitted_by"])
    empty = Answer.objects.filter(evaluation=evaluation, points__isnull=True).count()
    audit.record(
        action="evaluation.submitted", subject=f"evaluation:{evaluation.pk}", by=by, at=at,
        region_id=evaluation.region_id, details={"empty": empty},
    )  # fmt: skip
    tasks.promise_settlement(evaluation.pk, Stage.EM, at, freeze=True)
    return evaluation
