"""A region whose administrative verification is closed, for tests of the working paper."""

from decimal import Decimal

from evaluations import actions as answering
from evaluations.claims import EMPTY
from evaluations.models import Evaluation, Responsibility
from tests.factories import NOW, answer_all, make_cycle, make_evaluation, make_office, make_region, make_user, send
from tests.verification.factories import answer_of, close, judge, make_judge


def make_met(code: str = "63.10", *, lowered: tuple[str, ...] = ("1.1",)) -> Evaluation:
    """VA closed: 1.1 lowered with reason and note, 3.1 claimed at nothing, the rest accepted as it was claimed."""
    evaluation = make_evaluation(make_region(code), make_cycle())
    dinkes, disdik = (make_office(evaluation.region, each) for each in ("dinkes", "disdik"))
    Responsibility.objects.filter(evaluation=evaluation).delete()
    for answer in evaluation.answers.select_related("question"):
        lead = dinkes if answer.question.code.startswith("1") else disdik
        Responsibility.objects.create(evaluation=evaluation, question=answer.question, office=lead, is_lead=True)
    answer_all(evaluation)
    nothing = answer_of(evaluation, "3.1")
    answering.save_answer(answer=nothing, version=nothing.version, claim=EMPTY, note="", by=None, at=NOW)
    send(evaluation)
    verifier = make_judge(evaluation)
    said = {"reason": "INCOMPLETE", "note": "Hanya sampul.\nTanpa lampiran."}
    for question in lowered:
        judge(evaluation, question, Decimal("120.00"), by=verifier, **said)
    close(evaluation, by=verifier, confirmed=6 - len(lowered))
    evaluation.refresh_from_db()
    return evaluation


def operator_of(evaluation: Evaluation):
    """Who keeps the paper."""
    return make_user("OPERATOR", region=evaluation.region)
