"""Settles a stage: points -> `scoring` -> rows that boards and papers read. Safe to run twice."""

from datetime import datetime

from django.db import transaction

from clusters.predicates import tier_for
from clusters.scoring import Score
from clusters.stages import Stage
from evaluations.models import ClusterResult, Evaluation, IndicatorResult, StageResult
from evaluations.progress import points_sheet


@transaction.atomic
def settle(evaluation: Evaluation, stage: Stage | str, *, at: datetime, freeze: bool = False) -> StageResult:
    """Write the standing of one stage; with `freeze` it is the stage's result from then on and never changes again.

    The evaluation is locked first, so that two settlements write one after the other and the later has seen every
    answer that the earlier has.
    """
    evaluation = Evaluation.objects.locked().select_related("cycle__instrument").get(pk=evaluation.pk)
    result = StageResult.objects.filter(evaluation=evaluation, stage=str(stage)).first()
    if result is not None and result.frozen_at is not None:
        return result
    sheet = points_sheet(evaluation)
    score = sheet.score_at(Stage(stage))
    touched = sheet.claimed if Stage(stage) is Stage.EM else sheet.judged.get(Stage(stage), [])
    tier = tier_for(score.total, sheet.edition.tiers)
    if result is None:
        result = StageResult(evaluation=evaluation, stage=str(stage))
    result.total, result.maximum = score.total, score.maximum
    result.tier = tier.code if tier else ""
    result.answered = sum(points is not None for points in touched)
    result.settled_at, result.frozen_at = at, at if freeze else None
    result.save()
    _write_levels(result, score)
    return result


def _write_levels(result: StageResult, score: Score) -> None:
    ClusterResult.objects.bulk_create(
        [
            ClusterResult(result=result, cluster_id=each.rule.pk, points=each.points, answered=each.answered)
            for each in score.clusters
        ],
        update_conflicts=True,
        unique_fields=["result", "cluster"],
        update_fields=["points", "answered"],
    )
    IndicatorResult.objects.bulk_create(
        [
            IndicatorResult(result=result, indicator_id=each.rule.pk, points=each.points, surplus=each.surplus)
            for cluster in score.clusters
            for each in cluster.indicators
        ],
        update_conflicts=True,
        unique_fields=["result", "indicator"],
        update_fields=["points", "surplus"],
    )
