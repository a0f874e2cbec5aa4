"""Finding questions by their words on PostgreSQL: by stem as well as by what is written, in one statement."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.worklist.search import found_by
from tests.evaluations.worklist.factories import prove
from tests.factories import make_cycle, make_evaluation, make_region, make_user

pytestmark = [pytest.mark.services, pytest.mark.django_db]


@pytest.fixture
def evaluation():
    evaluation = make_evaluation()
    operator = make_user("OPERATOR", region=evaluation.region)
    evaluation.answers.filter(question__code="1.1").update(note="Anak-anak sudah diimunisasi lengkap")
    prove(evaluation, "1.2", operator, title="Laporan pelatihan konvensi hak anak")
    other = make_evaluation(make_region("16.10"), make_cycle(evaluation.cycle.instrument, code="2025"))
    other.answers.filter(question__code="3.1").update(note="Imunisasi dan pelatihan di daerah lain")
    return evaluation


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("diimunisasi", ["1.1"]),
        ("imunisasi", ["1.1"]),  # part of what is written
        ("pengimunisasian", ["1.1"]),  # the same stem only
        ("melatih", ["1.2"]),  # a title, by its stem
        ("LATIH konvensi", ["1.2"]),
        ("konvensi imunisasi", []),  # in two different questions
        ("2.1", ["2.1"]),
        ("' OR 1=1 --", []),
        ("a & | ! ( <-> :*", []),
    ],
)
def test_words_are_found_by_stem_and_as_written(evaluation, words, codes):
    assert connection.vendor == "postgresql"

    with CaptureQueriesContext(connection) as caught:
        found = found_by(evaluation, words)

    questions = evaluation.answers.filter(question__in=found).order_by("question__position")
    assert list(questions.values_list("question__code", flat=True)) == codes
    assert len(caught) == 1
