"""What a stage has sent back, and what has changed since it was judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet

from clusters.stages import Stage
from evaluations.models import Answer, Evaluation
from kla_portal.prepared import Prepared
from verification.review.seen import mark


@dataclass(frozen=True, slots=True)
class Review:
    """The current word of a stage on one question that may move."""

    is_return: bool
    is_changed: bool  # the answer or its evidence is no longer what was judged


def reviews_of(evaluation: Evaluation, stage: str = Stage.TI) -> dict[int, Review]:
    """What was judged on something that may move, by question; one query. At the review that is everything."""
    rows = _asked(str(stage)).rows(evaluation.pk)
    return {question: Review(is_return, seen != now) for question, is_return, seen, now in rows}


def changed_verdicts(evaluations: Iterable[int]) -> dict[int, int]:
    """Verdicts of the stage each is at, given on what has changed since, with their answers; one query.

    They count no more: the answer waits to be judged again. Only what was opened again can move after sending.
    """
    standing = Q(verdicts__stage=F("evaluation__stage"), verdicts__is_current=True, verdicts__seen__gt="")
    opened = Answer.objects.filter(standing, evaluation__in=list(evaluations), open_until__isnull=False)
    rows = opened.annotate(mark=mark()).values_list("verdicts__pk", "pk", "verdicts__seen", "mark")
    return {verdict: answer for verdict, answer, seen, now in rows if seen != now}


@lru_cache(maxsize=8)
def _asked(stage: str) -> Prepared:
    def rows(evaluation: int) -> QuerySet[Answer, tuple[Any, ...]]:
        moving = Q(verdicts__stage=stage, verdicts__is_current=True) & ~Q(verdicts__seen="")
        found = Answer.objects.filter(moving, evaluation=evaluation).annotate(mark=mark())
        return found.values_list("question_id", "verdicts__is_return", "verdicts__seen", "mark")

    return Prepared(rows)
