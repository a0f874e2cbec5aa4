"""A figure of the ministry put right after its stage was closed: an indicator's, or the total."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Indicator
from clusters.scoring import Score
from clusters.stages import Stage
from evaluations.evidence.actions import keep_paper
from evaluations.models import Evaluation, StageFigure
from evaluations.progress import points_sheet
from verification.actions.state import locked
from verification.corrections.actions import (
    Basis,
    NotClosed,
    NothingChanges,
    WordsMissing,
    frozen_from,
    settle_again,
    tell,
)
from verification.figures.actions import EnteredMeanwhile, check, mark_of
from verification.models import Correction
from verification.progress import is_past

STAGE = Stage.VF


@transaction.atomic
def correct(
    *,
    evaluation: Evaluation,
    indicator: Indicator | None,
    seen: str,
    points: Decimal,
    basis: Basis,
    upload: "File[Any]",
    by: User,
    at: datetime,
    address: str = "",
) -> Correction:
    """Put the figure of an indicator right, or of the total (None), where one stood or the portal's own sum did.

    `seen` is the mark of the figures that were read. Raises a `Refusal` or `EvidenceRefused`; then nothing has
    happened.
    """
    evaluation = locked(evaluation.pk)
    if not is_past(evaluation, STAGE):
        raise NotClosed
    frozen = frozen_from(evaluation, STAGE)
    if mark_of(evaluation, STAGE) != seen:
        raise EnteredMeanwhile
    check(evaluation, {indicator.pk if indicator else None: points})
    old = standing(points_sheet(evaluation).score_at(STAGE), indicator)
    if points == old:
        raise NothingChanges
    if not basis.reason.strip() or not basis.number.strip():
        raise WordsMissing
    title = f"Dasar koreksi {basis.number}"
    paper = keep_paper(evaluation=evaluation, upload=upload, title=title, by=by, at=at, address=address)
    StageFigure.objects.filter(evaluation=evaluation, stage=STAGE, indicator=indicator).delete()
    StageFigure.objects.create(
        evaluation=evaluation, stage=STAGE, indicator=indicator, points=points, source=f"Koreksi, {basis.number}",
        entered_at=at, entered_by=by,
    )  # fmt: skip
    correction = Correction.objects.create(
        evaluation=evaluation, stage=STAGE, indicator=indicator, old_points=old, new_points=points,
        reason=basis.reason, document_number=basis.number, document_on=basis.on, document=paper,
        totals=settle_again(frozen, at), corrected_at=at, corrected_by=by,
    )  # fmt: skip
    _record(correction, evaluation)
    what = f"Angka indikator {indicator.code}" if indicator else "Angka total"
    tell(correction, what, evaluation)
    return correction


def standing(score: Score, indicator: Indicator | None) -> Decimal:
    """What stands at the stage: a figure from outside, or the portal's own sum."""
    if indicator is None:
        return score.total
    found = (each for cluster in score.clusters for each in cluster.indicators)
    return next(each.points for each in found if each.rule.pk == indicator.pk)


def _record(correction: Correction, evaluation: Evaluation) -> None:
    audit.record(
        action="figures.corrected", subject=f"evaluation:{evaluation.pk}", by=correction.corrected_by,
        at=correction.corrected_at, region_id=evaluation.region_id,
        details={
            "stage": correction.stage, "figure": correction.indicator.code if correction.indicator else "total",
            "points": [correction.old_points, correction.new_points], "reason": correction.reason,
            "document": correction.document_number, "document_on": correction.document_on,
            "sha256": correction.document.sha256, "totals": correction.totals,
        },
    )  # fmt: skip
