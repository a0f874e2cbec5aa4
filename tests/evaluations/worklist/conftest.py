"""Judges of the region who send back, without the room that they sit in."""

import pytest

from evaluations import readers
from evaluations.readers import ReturnLine
from tests.factories import NOW, make_evaluation, make_office, make_user


@pytest.fixture
def evaluation(monkeypatch):
    """An open evaluation at a clock that stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return make_evaluation()


@pytest.fixture
def operator(evaluation):
    """Answers for the whole region."""
    return make_user("OPERATOR", username="operator", region=evaluation.region)


@pytest.fixture
def dinkes(evaluation):
    """Leads 1.1 and 1.2, supports the others."""
    return make_user("STAFF", username="dinkes", office=make_office(evaluation.region, "dinkes"))


@pytest.fixture
def disdik(evaluation):
    """Leads 2.1, 2.2, 3.1 and 3.2."""
    return make_user("STAFF", username="disdik", office=make_office(evaluation.region, "disdik"))


@pytest.fixture
def send_back(evaluation, monkeypatch):
    """`send_back("1.1")` lets the reader say that this answer was returned."""
    returned = {}
    monkeypatch.setattr(readers, "_returns", [lambda asked: returned if asked.pk == evaluation.pk else {}])

    def act(code, reason="Hanya sampul", note="Unggah dokumen utuh."):
        pk = evaluation.answers.get(question__code=code).question_id
        returned[pk] = ReturnLine(reason, note, "Penelaah Uji", NOW)

    return act
