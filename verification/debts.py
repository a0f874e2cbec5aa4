"""Who has not judged everything yet at the stage an evaluation is in: told to the reminders of the case file."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Case, Count, Exists, F, OuterRef, Value, When
from django.urls import reverse

from clusters.stages import Stage
from evaluations.deadlines.reminders import Debt
from evaluations.models import Answer, Evaluation
from verification import rules
from verification.models import Assignment, Verdict
from verification.progress import judged_now


def of(evaluations: Iterable[Evaluation]) -> Iterable[Debt]:
    """One line per judge with something left; four queries for any number of evaluations."""
    wanted = list(evaluations)
    left = _left(wanted)
    for user, evaluation in _judges([each for each in wanted if left[each.pk]]):
        link = reverse("verification:desk", args=[evaluation.pk])
        yield Debt(user, evaluation, left[evaluation.pk], link)


def _left(evaluations: list[Evaluation]) -> dict[int, int]:
    """Answers without a verdict of the stage that is judged now, by evaluation; a review waits for what is answered."""
    beside = When(evaluation__stage=Stage.EM, then=Value(Stage.TI.value))
    judged = Verdict.objects.current().filter(answer=OuterRef("pk"), stage=OuterRef("judged_stage"))
    rows = (
        Answer.objects.annotate(judged_stage=Case(beside, default=F("evaluation__stage")))
        .filter(~Exists(judged), evaluation__in=evaluations)
        .exclude(evaluation__stage=Stage.EM, points__isnull=True)
        .values_list("evaluation")
    )
    return defaultdict(int, dict(rows.annotate(count=Count("pk"))))


def _judges(evaluations: list[Evaluation]) -> Iterable[tuple[int, Evaluation]]:
    """The region's reviewers at TI, the holders of a mandate later; the ministry's word is not chased."""
    by_pk = {each.pk: each for each in evaluations}
    mandates = Assignment.objects.filter(evaluation__in=evaluations, verifier__is_active=True)
    for user, pk, stage in mandates.values_list("verifier_id", "evaluation_id", "stage"):
        if by_pk[pk].stage == stage:
            yield user, by_pk[pk]
    reviewed = [each for each in evaluations if judged_now(each) == Stage.TI]
    reviewers = list(rules.reviewers_of(each.region_id for each in reviewed).values_list("pk", "region_id"))
    for evaluation in reviewed:
        yield from ((user, evaluation) for user, region in reviewers if region == evaluation.region_id)
