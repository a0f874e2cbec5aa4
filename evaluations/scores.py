"""Settles a stage: points -> `scoring` -> rows that boards and papers read. Safe to run twice."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from clusters.predicates import tier_for
from clusters.scoring import Score
from clusters.stages import Stage
from evaluations.models import Evaluation, StageResult
from evaluations.progress import PointsSheet, points_sheet
from evaluations.result_rows import write_levels


@dataclass(frozen=True, slots=True)
class StandingAt:
    """What one evaluation came to at one stage, ready to be stored."""

    score: Score
    tier: str  # code of the band; empty: below the first
    answered: int  # claims in EM, verdicts in the stages after it


def standing_at(sheet: PointsSheet, stage: Stage) -> StandingAt:
    """Add a sheet up; the same for one settlement and for five hundred."""
    score = sheet.score_at(stage)
    tier = tier_for(score.total, sheet.edition.tiers)
    judged = sum(points is not None for points in sheet.judged.get(stage, []))
    return StandingAt(score, tier.code if tier else "", score.answered if stage is Stage.EM else judged)


@transaction.atomic
def settle(evaluation: Evaluation, stage: Stage | str, *, at: datetime, freeze: bool = False) -> StageResult:
    """Write the standing of one stage; with `freeze` it is the stage's result from then on and never changes again.

    The evaluation is locked first, so that two settlements write one after the other and the later has seen every
    answer that the earlier has. What was reopened since freezing was promised is not frozen: it moves again.
    """
    evaluation = Evaluation.objects.locked().select_related("cycle__instrument").get(pk=evaluation.pk)
    result = StageResult.objects.filter(evaluation=evaluation, stage=str(stage)).first()
    if result is not None and result.frozen_at is not None:
        return result
    standing = standing_at(points_sheet(evaluation, reviewed=stage == Stage.TI), Stage(stage))
    if result is None:
        result = StageResult(evaluation=evaluation, stage=str(stage))
    result.total, result.maximum = standing.score.total, standing.score.maximum
    result.tier, result.answered = standing.tier, standing.answered
    is_over = evaluation.is_submitted or stage not in (Stage.EM, Stage.TI)
    result.settled_at, result.frozen_at = at, at if freeze and is_over else None
    result.save()
    write_levels([(result.pk, standing.score)])
    return result
