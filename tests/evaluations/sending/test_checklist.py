"""What is weak, question by question; the numbers a sender confirms."""

from decimal import Decimal

import pytest

from evaluations.evidence import actions as proving
from evaluations.models import Answer, EvidenceUse, EvidenceWarning, Responsibility
from evaluations.sending.checklist import Kind, checklist_of
from tests.evaluations.sending.cases import confirm_all, make_draft, make_operator
from tests.factories import NOW, answer_question
from tests.verification.factories import answer_of, judge

pytestmark = pytest.mark.django_db


def weaknesses(evaluation):
    """Question -> kinds."""
    return {each.line.entry.question.code: set(each.kinds) for each in checklist_of(evaluation).lines}


def prove(evaluation, *codes):
    """A link for each."""
    by = make_operator(evaluation)
    for code in codes:
        proving.attach_link(
            answer=answer_of(evaluation, code), url=f"https://jdih.example.id/{code}", title="SK", by=by, at=NOW
        )


def test_an_empty_evaluation_is_weak_everywhere_and_everything_is_at_stake():
    found = checklist_of(make_draft(answered=False))

    assert [(each.kind, each.questions, each.at_stake) for each in found.counts] == [
        (Kind.EMPTY, 6, Decimal("1000.00"))  # the last indicator's questions come to 50 more than its ceiling
    ]
    assert (found.seal, found.numbers, found.at_stake) == ("0-6-0-0-0-0-0-0", {"kosong": 6}, Decimal("1000.00"))


def test_every_kind_of_weakness_is_found_where_it_is():
    evaluation = make_draft(stages=("EM", "TI", "VA"))
    prove(evaluation, "1.1", "2.1", "2.2", "3.1")
    confirm_all(evaluation)
    Answer.objects.filter(question__code="2.1").update(confirmed_at=None, confirmed_by=None)
    Answer.objects.filter(question__code="2.2").update(needs_check=True)
    Responsibility.objects.filter(question__code="3.1", is_lead=True).delete()
    Responsibility.objects.filter(question__code="3.1").delete()
    judge(
        evaluation, "1.1", 0, by=make_operator(evaluation), stage="TI", reason="INCOMPLETE", note="Lengkapi.",
        is_return=True,
    )  # fmt: skip
    doubt = EvidenceUse.objects.get(answer__question__code="2.2").evidence
    EvidenceWarning.objects.create(evidence=doubt, code="WRONG_YEAR", found_at=NOW)
    answer_question(evaluation, "3.2", 1)

    assert weaknesses(evaluation) == {
        "1.1": {Kind.RETURNED},
        "1.2": {Kind.UNPROVED},
        "2.1": {Kind.UNCONFIRMED},
        "2.2": {Kind.WARNED, Kind.CHECK},
        "3.1": {Kind.NO_LEAD},
        "3.2": {Kind.UNPROVED, Kind.MATRIX, Kind.UNCONFIRMED},  # saved since: the lead is asked again
    }


def test_points_at_stake_count_a_question_once():
    evaluation = make_draft()
    found = checklist_of(evaluation)

    assert {each.kind: (each.questions, str(each.at_stake)) for each in found.counts} == {
        Kind.UNPROVED: (6, "1000.00"),
        Kind.MATRIX: (1, "50.00"),  # half of its hundred is beyond the ceiling already
        Kind.UNCONFIRMED: (4, "400.00"),
    }
    assert (found.at_stake, len(found.lines)) == (Decimal("1000.00"), 6)


def test_groups_by_cluster_and_by_office():
    found = checklist_of(make_draft())
    clusters = [(each.name, str(each.at_stake)) for each in found.grouped(found.lines, by_office=False)]
    offices = [(each.name, str(each.at_stake)) for each in found.grouped(found.of_kind("konfirmasi"), by_office=True)]

    assert clusters == [("K · Kelembagaan", "800.00"), ("I · Hak Sipil", "200.00")]
    assert offices == [("Dinas Pendidikan", "400.00")]
    assert (len(found.of_kind("apa saja")), len(found.of_kind("kosong"))) == (6, 0)


@pytest.mark.parametrize("answered", [False, True])
def test_the_list_costs_the_same_whatever_is_weak(answered, django_assert_num_queries):
    evaluation = make_draft(answered=answered)
    checklist_of(evaluation)
    with django_assert_num_queries(4):
        checklist_of(evaluation)
