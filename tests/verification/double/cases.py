"""An evaluation that is read twice: evidence everywhere, a first judge, a second reader, a coordinator."""

from dataclasses import dataclass

from accounts.models import User
from evaluations.evidence import actions as proving
from evaluations.models import Answer, Evaluation
from tests.factories import NOW, answer_all, make_cycle, make_evaluation, make_region, make_user, send
from tests.verification.factories import make_judge
from verification import actions
from verification.double import actions as doubles
from verification.models import SecondReading


@dataclass(frozen=True, slots=True)
class Twice:
    """The case with its people; every question is in the sample."""

    case: Evaluation
    first: User
    second: User
    coordinator: User
    admin: User


def proved(code: str = "63.10", cycle=None, share: int = 100) -> Evaluation:
    """A sent evaluation with a link at every question, in a cycle that reads `share` per cent twice."""
    cycle = cycle or make_cycle()
    cycle.double_share = share
    cycle.save()
    evaluation = make_evaluation(make_region(code), cycle)
    operator = make_user("OPERATOR", region=evaluation.region)
    answers = Answer.objects.filter(evaluation=evaluation).select_related("evaluation__cycle", "question")
    for answer in answers:
        url = f"https://jdih.example.id/{answer.question.code}"
        proving.attach_link(answer=answer, url=url, title=f"Bukti {answer.question.code}", by=operator, at=NOW)
    answer_all(evaluation)
    return send(evaluation, operator)


def twice(share: int = 100) -> Twice:
    """Drawn: the second reader owes every question; the coordinator judges cluster I only and nothing yet."""
    case = proved(share=share)
    first, second, coordinator = make_judge(case), make_user("VERIFIER"), make_user("VERIFIER")
    admin = make_user("ADMIN")
    actions.assign(
        evaluation=case, stage="VA", verifier=coordinator, clusters=["I"], is_coordinator=True, by=admin, at=NOW
    )
    doubles.draw(evaluation=case, by=admin, at=NOW, seed="benih")
    SecondReading.objects.update(reader=second)
    return Twice(Evaluation.objects.for_page().get(pk=case.pk), first, second, coordinator, admin)


def reading_of(case: Evaluation, code: str) -> SecondReading:
    """A second reading as views hand it to actions."""
    readings = SecondReading.objects.select_related("answer__evaluation", "answer__question")
    return readings.get(answer__evaluation=case, answer__question__code=code)


def give(case: Evaluation, code: str, points=None, *, by, reason="INCOMPLETE", note="", at=NOW) -> SecondReading:
    """The second judgement: free points, or the claim accepted."""
    decision = "ACCEPT" if points is None else "POINTS"
    return doubles.give(
        reading=reading_of(case, code), decision=decision, option=None, points=points, reason=reason, note=note, by=by,
        at=at,
    )  # fmt: skip
