"""Settles one stage of many evaluations: the arithmetic of `scores`, read and written by the chunk."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, transaction

from clusters.rulebook import edition_of
from clusters.stages import Stage
from evaluations import scores
from evaluations.models import Answer, Evaluation, StageResult
from evaluations.progress import PointsSheet, add_figures, add_judged
from evaluations.result_rows import write_levels, write_results

CHUNK = 128  # evaluations locked together: a save that meets one of them waits a fifth of a second


def settle_many(evaluation_ids: Iterable[int], stage: Stage | str, *, at: datetime) -> int:
    """Bring the moving standings of one stage up to date; how many were written. A frozen result is never touched.

    Six statements per chunk on PostgreSQL, and one more where verdicts count; memory does not grow with the number of
    evaluations. SQLite, which serves one region or a province, settles one after the other.
    """
    stage = Stage(stage)
    settle_chunk = _settle_chunk if connection.vendor == "postgresql" else _one_by_one
    return sum(settle_chunk(chunk, stage, at) for chunk in _chunks(evaluation_ids))


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _one_by_one(ids: Sequence[int], stage: Stage, at: datetime) -> int:
    frozen = _frozen(ids, stage)
    moving = [evaluation for evaluation in Evaluation.objects.filter(pk__in=ids) if evaluation.pk not in frozen]
    for evaluation in moving:
        scores.settle(evaluation, stage, at=at)
    return len(moving)


def _frozen(ids: Sequence[int], stage: Stage) -> set[int]:
    results = StageResult.objects.filter(evaluation__in=ids, stage=stage.value, frozen_at__isnull=False)
    return set(results.values_list("evaluation_id", flat=True))


@transaction.atomic
def _settle_chunk(ids: Sequence[int], stage: Stage, at: datetime) -> int:
    """Locked in the order of their keys, so that two settlements of everything never wait for each other in a ring."""
    locked = Evaluation.objects.locked().filter(pk__in=ids).select_related("cycle__instrument").order_by("pk")
    held = list(locked)
    frozen = _frozen(ids, stage)  # read after the lock: nothing is frozen without holding it
    moving = [evaluation for evaluation in held if evaluation.pk not in frozen]
    sheets = _sheets(moving)
    if stage is not Stage.EM:
        add_judged({each.pk: sheets[each.pk] for each in moving if each.is_submitted or stage is Stage.TI})
    if stage is Stage.VF:
        add_figures(sheets)
    standings = {pk: scores.standing_at(sheet, stage) for pk, sheet in sheets.items()}
    if standings:
        whole = [(pk, each.score.total, each.score.maximum, each.tier, each.answered) for pk, each in standings.items()]
        write_levels([(result, standings[pk].score) for pk, result in write_results(whole, stage, at)])
    return len(sheets)


def _sheets(evaluations: Sequence[Evaluation]) -> dict[int, PointsSheet]:
    """The claims of these evaluations, one row per evaluation instead of one per answer; one query."""
    sheets = {}
    for evaluation in evaluations:
        edition = edition_of(evaluation.cycle.instrument)
        sheets[evaluation.pk] = PointsSheet(edition, [None] * edition.book.size)
    rows = (
        Answer.objects.filter(evaluation__in=list(sheets))
        .values_list("evaluation")
        .annotate(questions=ArrayAgg("question"), given=ArrayAgg("points"))
    )
    for pk, questions, given in rows:
        sheet = sheets[pk]
        places, claimed = sheet.edition.places, sheet.claimed
        for question, points in zip(questions, given, strict=True):
            claimed[places[question]] = points
    return sheets
