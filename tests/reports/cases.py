"""A region whose administrative verification is closed, with something lost, something kept and hostile words."""

from decimal import Decimal

from evaluations.models import Evaluation
from tests.factories import NOW, answer_question, make_cycle, make_evaluation, make_region, send
from tests.verification.factories import close, judge, make_judge

HOSTILE = "<script>alert(1)</script> {{7*7}} {% load x %} =1+1 \u202e"


def closed_case(code: str = "63.10", *, note: str = "Hanya halaman sampul.") -> Evaluation:
    """EM 801.00 (Utama), VA 800.38 (Nindya): the published edge of the fraction rule."""
    evaluation = make_evaluation(make_region(code, name=f"Kabupaten {code}"), make_cycle(code=f"uji-{code[-2:]}"))
    for question, points in [("1.1", "400"), ("1.2", "200"), ("2.1", "50"), ("3.1", "101"), ("3.2", "50")]:
        answer_question(evaluation, question, Decimal(points))
    send(evaluation)
    verifier = make_judge(evaluation)
    judge(evaluation, "3.1", Decimal("100.38"), by=verifier, reason="INCOMPLETE", note=note)
    for question in ("1.1", "1.2", "2.1", "3.2"):
        judge(evaluation, question, by=verifier)
    close(evaluation, by=verifier, confirmed=1, at=NOW)
    evaluation.refresh_from_db()
    return Evaluation.objects.for_page().get(pk=evaluation.pk)
