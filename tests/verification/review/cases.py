"""Self-evaluations that a region's own reviewers go through before they are sent."""

from evaluations.models import Answer, Evaluation
from tests.factories import NOW, answer_all, make_cycle, make_evaluation, make_region, make_user
from tests.verification.factories import judge

STAGES = ("EM", "TI", "VA", "VL")


def make_open_case(*, code: str = "63.10", stages=STAGES, **cycle_options) -> Evaluation:
    """The highest claim everywhere, not sent: EM is 1000 of 1000 points. Shared questions are confirmed."""
    evaluation = make_evaluation(make_region(code), make_cycle(stages=stages, **cycle_options))
    answer_all(evaluation, by=make_user("OPERATOR", region=evaluation.region))
    by = evaluation.region.user_set.first()
    Answer.objects.filter(evaluation=evaluation).update(confirmed_at=NOW, confirmed_by=by)
    return evaluation


def make_reviewer(evaluation: Evaluation, **options):
    """Somebody of DP3AP2KB."""
    return make_user("REVIEWER", region=evaluation.region, **options)


def review(evaluation: Evaluation, code: str, given="ACCEPT", *, by=None, **options):
    """One verdict of the review, by somebody of the region."""
    return judge(evaluation, code, given, by=by or make_reviewer(evaluation), stage="TI", **options)


def send_back(evaluation: Evaluation, code: str, given="ACCEPT", *, reason="INCOMPLETE", note="Lengkapi.", **options):
    """An answer is returned with a reason and a note."""
    return review(evaluation, code, given, reason=reason, note=note, is_return=True, **options)
