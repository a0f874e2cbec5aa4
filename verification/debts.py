"""Who has not judged everything yet at the stage an evaluation is in: told to the reminders of the case file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse

from clusters.stages import Stage
from evaluations.deadlines.reminders import Debt
from evaluations.models import Answer, Evaluation
from verification import rules
from verification.models import Assignment, SecondReading, Verdict
from verification.progress import judged_now
from verification.reach import EVERYWHERE, Reach
from verification.review.reading import changed_verdicts

Place = tuple[int, str]  # an evaluation, a cluster's code


@dataclass(frozen=True, slots=True)
class _Left:
    """What waits, by place; of that what somebody must not judge first, and what they owe as second reader instead."""

    waiting: Counter[Place]
    barred: Counter[tuple[int, Place]] = field(default_factory=Counter)
    owed: Counter[tuple[int, int]] = field(default_factory=Counter)  # reader, evaluation

    def of(self, user: int, evaluation: int, reach: Reach) -> int:
        """How many questions this person has left here."""
        wanted = [place for place in self.waiting if place[0] == evaluation and reach.holds(place[1])]
        first = sum(self.waiting[place] - self.barred[user, place] for place in wanted)
        return first + self.owed[user, evaluation]


def of(evaluations: Iterable[Evaluation]) -> Iterable[Debt]:
    """One line per judge with something left; six queries for any number of evaluations."""
    wanted = list(evaluations)
    left = _left(wanted)
    for user, evaluation, reach in _judges(wanted):
        count = left.of(user, evaluation.pk, reach)
        if count:
            yield Debt(user, evaluation, count, reverse("verification:desk", args=[evaluation.pk]))


def _left(evaluations: list[Evaluation]) -> _Left:
    """By evaluation and cluster; a review waits for what is answered."""
    waiting, cluster = _waiting(evaluations), "question__indicator__cluster__code"
    found = waiting.values_list("evaluation", cluster).annotate(count=Count("pk"))
    left = _Left(Counter({(pk, code): count for pk, code, count in found}))
    second = SecondReading.objects.filter(
        answer__evaluation__in=evaluations, stage=F("answer__evaluation__stage")
    ).annotate(is_waiting=Exists(waiting.filter(pk=OuterRef("answer"))))
    rows = second.values_list("reader", "answer__evaluation", f"answer__{cluster}", "given_at", "is_waiting")
    for reader, evaluation, code, given_at, is_waiting in rows:
        left.barred[reader, (evaluation, code)] += is_waiting
        left.owed[reader, evaluation] += given_at is None
    return left


def _waiting(evaluations: list[Evaluation]) -> QuerySet[Answer]:
    """Answers without a verdict of the stage that is judged now, or with one on what has changed since."""
    beside = When(evaluation__stage=Stage.EM, then=Value(Stage.TI.value))
    judged = Verdict.objects.current().filter(answer=OuterRef("pk"), stage=OuterRef("judged_stage"))
    changed = changed_verdicts(each.pk for each in evaluations)
    return (
        Answer.objects.annotate(judged_stage=Case(beside, default=F("evaluation__stage")))
        .filter(~Exists(judged) | Q(pk__in=changed.values()), evaluation__in=evaluations)
        .exclude(evaluation__stage=Stage.EM, points__isnull=True)
    )


def _judges(evaluations: list[Evaluation]) -> Iterable[tuple[int, Evaluation, Reach]]:
    """The region's reviewers at TI, later who holds a mandate, as far as it reaches; the ministry is not chased."""
    by_pk = {each.pk: each for each in evaluations}
    mandates = Assignment.objects.filter(evaluation__in=evaluations, verifier__is_active=True)
    for user, pk, stage, codes in mandates.values_list("verifier_id", "evaluation_id", "stage", "clusters"):
        if by_pk[pk].stage == stage:
            yield user, by_pk[pk], Reach.of(codes)
    reviewed = [each for each in evaluations if judged_now(each) == Stage.TI]
    reviewers = list(rules.reviewers_of(each.region_id for each in reviewed).values_list("pk", "region_id"))
    for evaluation in reviewed:
        yield from ((user, evaluation, EVERYWHERE) for user, region in reviewers if region == evaluation.region_id)
