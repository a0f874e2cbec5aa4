"""Entering the ministry's figures: all of them at once, with their source."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Max

from accounts import audit
from accounts.models import User
from clusters.models import Indicator
from clusters.scoring import ZERO, hundredths
from clusters.stages import Stage
from evaluations import tasks
from evaluations.models import Evaluation, StageFigure
from verification.actions.state import Refusal, StageClosed, locked


class SourceMissing(Refusal):
    """A figure that nobody vouches for."""

    sentence = "Tulis sumber angka, misalnya nomor surat kementerian."


class FigureOutOfRange(Refusal):
    """Below zero, above what can be reached, or finer than a hundredth."""

    sentence = "Angka harus antara 0 dan nilai maksimalnya, paling banyak dua angka di belakang koma."


class EnteredMeanwhile(Refusal):
    """Another administrator has saved figures since these were read."""

    sentence = "Angka ini baru saja diubah orang lain. Yang terbaru sudah ditampilkan; periksa, lalu simpan lagi."


def mark_of(evaluation: Evaluation, stage: str) -> str:
    """Changes whenever a figure does: rows are replaced, never altered."""
    found = StageFigure.objects.filter(evaluation=evaluation, stage=stage).aggregate(last=Max("pk"), count=Count("pk"))
    return f"{found['last'] or 0}-{found['count']}"


@transaction.atomic
def enter(
    *,
    evaluation: Evaluation,
    figures: Mapping[int | None, Decimal],
    source: str,
    seen: str,
    by: User,
    at: datetime,
) -> None:
    """Let exactly these figures stand at the ministry's stage, by indicator, under None the total.

    What stays the same keeps its source. The same again changes nothing. Raises a `Refusal`.
    """
    evaluation, stage = locked(evaluation.pk), Stage.VF.value
    if evaluation.stage != stage:
        raise StageClosed(stage, evaluation.stage)
    rows = StageFigure.objects.filter(evaluation=evaluation, stage=stage)
    standing = {row.indicator_id: row for row in rows}
    old: dict[int | None, Decimal] = {key: row.points for key, row in standing.items()}
    if old == dict(figures):
        return
    if mark_of(evaluation, stage) != seen:
        raise EnteredMeanwhile
    check(evaluation, figures)
    changed = {key: points for key, points in figures.items() if old.get(key) != points}
    if changed and not source.strip():
        raise SourceMissing
    rows.exclude(pk__in=[row.pk for key, row in standing.items() if figures.get(key) == row.points]).delete()
    StageFigure.objects.bulk_create(
        StageFigure(
            evaluation=evaluation, stage=stage, indicator_id=key, points=points, source=source.strip(), entered_at=at,
            entered_by=by,
        )
        for key, points in changed.items()
    )  # fmt: skip
    audit.record(
        action="figures.entered", subject=f"evaluation:{evaluation.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={"stage": stage, "old": _told(old), "new": _told(figures), "source": source.strip()},
    )  # fmt: skip
    tasks.promise_settlement(evaluation.pk, stage, at)


def check(evaluation: Evaluation, figures: Mapping[int | None, Decimal]) -> None:
    """Raise `FigureOutOfRange` unless each figure is one that can be reached."""
    instrument = evaluation.cycle.instrument
    found = Indicator.objects.filter(cluster__instrument=instrument).values_list("pk", "maximum")
    most: dict[int | None, Decimal] = {**dict(found), None: instrument.maximum}
    for key, points in figures.items():
        if key not in most or not points.is_finite() or not ZERO <= points <= most[key]:
            raise FigureOutOfRange
        if hundredths(points) != points:
            raise FigureOutOfRange


def _told(figures: Mapping[int | None, Decimal]) -> dict[str, str]:
    return {"total" if key is None else str(key): str(points) for key, points in figures.items()}
