"""What a stage has sent back, and what has changed since it was judged."""

from dataclasses import dataclass

from django.db.models import Q

from clusters.stages import Stage
from evaluations.models import Answer, Evaluation
from verification.review.seen import mark


@dataclass(frozen=True, slots=True)
class Review:
    """The current word of a stage on one question that may move."""

    is_return: bool
    is_changed: bool  # the answer or its evidence is no longer what was judged


def reviews_of(evaluation: Evaluation, stage: str = Stage.TI) -> dict[int, Review]:
    """What was judged on something that may move, by question; one query. At the review that is everything."""
    moving = Q(verdicts__stage=stage, verdicts__is_current=True) & ~Q(verdicts__seen="")
    rows = (
        Answer.objects.filter(moving, evaluation=evaluation)
        .annotate(mark=mark())
        .values_list("question_id", "verdicts__is_return", "verdicts__seen", "mark")
    )
    return {question: Review(is_return, seen != now) for question, is_return, seen, now in rows}
