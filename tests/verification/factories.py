"""Evaluations under judgement, for tests."""

from decimal import Decimal

from evaluations import scores
from evaluations.models import Answer, Evaluation
from tests.factories import NOW, answer_all, make_cycle, make_evaluation, make_region, make_user, send
from verification import actions
from verification.models import Verdict


def make_case(*, code: str = "63.10", stages=("EM", "VA", "VL", "VF"), cycle=None, **cycle_options) -> Evaluation:
    """A region's evaluation with the highest claim everywhere, sent: EM is 1000 of 1000 points."""
    evaluation = make_evaluation(make_region(code), cycle or make_cycle(stages=stages, **cycle_options))
    answer_all(evaluation)
    return send(evaluation)


def make_judge(evaluation: Evaluation, stage: str = "VA", **options):
    """A verifier of the region's province with a mandate for the stage."""
    verifier = make_user("VERIFIER", region=evaluation.region, **options)
    admin = make_user("ADMIN")
    actions.assign(evaluation=evaluation, stage=stage, verifier=verifier, by=admin, at=NOW)
    return verifier


def answer_of(evaluation: Evaluation, code: str) -> Answer:
    """An answer as views hand it to actions."""
    return Answer.objects.select_related("question", "evaluation").get(evaluation=evaluation, question__code=code)


def judge(
    evaluation: Evaluation, code: str, given="ACCEPT", *, by, reason="", note="", stage="VA", version=0, at=NOW, **more
):
    """Record one verdict: "ACCEPT", free points (Decimal) or the position of an option (int)."""
    answer = answer_of(evaluation, code)
    option = answer.question.options.get(position=given) if isinstance(given, int) else None
    points = given if isinstance(given, Decimal) else None
    decision = Verdict.Decision.OPTION if option else Verdict.Decision.POINTS if points is not None else "ACCEPT"
    return actions.record_verdict(
        answer=answer, stage=stage, version=version, decision=decision, option=option, points=points, reason=reason,
        note=note, by=by, at=at, **more,
    )  # fmt: skip


def close(evaluation: Evaluation, stage: str = "VA", *, by, confirmed=None, at=NOW):
    """Close a stage and settle it as the worker would."""
    actions.close_stage(evaluation=evaluation, stage=stage, confirmed_unjudged=confirmed, by=by, at=at)
    return scores.settle(evaluation, stage, at=at, freeze=True)
