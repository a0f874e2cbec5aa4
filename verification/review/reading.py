"""How far the region's own review is: what it has judged, sent back, and what has changed since."""

from dataclasses import dataclass

from clusters.stages import Stage
from evaluations.models import Answer, Evaluation
from verification.review.seen import mark


@dataclass(frozen=True, slots=True)
class Review:
    """The current word of the review on one question."""

    is_return: bool
    is_changed: bool  # the answer or its evidence is no longer what was judged


def reviews_of(evaluation: Evaluation) -> dict[int, Review]:
    """What has been reviewed, by question; one query."""
    rows = (
        Answer.objects.filter(evaluation=evaluation, verdicts__stage=Stage.TI, verdicts__is_current=True)
        .annotate(mark=mark())
        .values_list("question_id", "verdicts__is_return", "verdicts__seen", "mark")
    )
    return {question: Review(is_return, seen != now) for question, is_return, seen, now in rows}
