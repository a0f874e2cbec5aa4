"""A region with a finished cycle behind it and an open one, both of one instrument."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from clusters.models import Cycle
from evaluations.evidence import actions as proving
from evaluations.models import Answer, Evidence
from tests.evaluations.evidence import good_files
from tests.factories import NOW, answer_question, make_cycle, make_evaluation, make_user, send
from tests.verification.factories import close, judge, make_judge


@pytest.fixture
def operator(old):
    return make_user("OPERATOR", username="operator", region=old.region)


@pytest.fixture
def old(freeze):
    """The cycle before: 1.1 by option with a document, 2.1 by percentage, 2.2 by two years, 1.2 by free points."""
    cycle = make_cycle(code="2022")
    Cycle.objects.filter(pk=cycle.pk).update(award_year=2023)
    evaluation = make_evaluation(cycle=Cycle.objects.get(pk=cycle.pk))
    answer_question(evaluation, "1.1", 2)
    answer_question(evaluation, "1.2", Decimal("120"))
    return evaluation


@pytest.fixture
def new(old):
    """The open cycle after it."""
    cycle = make_cycle(old.cycle.instrument, code="2024")
    return make_evaluation(old.region, cycle)


@pytest.fixture
def document(old, operator):
    """The old proof of 1.1, pages 2-3."""
    answer = Answer.objects.select_related("evaluation__cycle", "question").get(evaluation=old, question__code="1.1")
    upload = ContentFile(good_files.pdf(), "SK Gugus Tugas.pdf")
    use = proving.attach_file(answer=answer, upload=upload, by=operator, at=NOW)
    use.pages = "2-3"
    use.save()
    Evidence.objects.filter(pk=use.evidence_id).update(number="188/45/2022", document_kind="SK")
    return Evidence.objects.get(pk=use.evidence_id)


@pytest.fixture
def judged(old, operator):
    """The old cycle sent, judged and closed; 1.1 was lowered for an incomplete proof."""
    send(old, operator)
    verifier = make_judge(old)
    judge(old, "1.1", Decimal("100"), by=verifier, reason="INCOMPLETE", note="Hanya sampul.")
    for code in ("1.2", "2.1", "2.2", "3.1", "3.2"):
        judge(old, code, by=verifier)
    close(old, by=verifier)
    return old
