"""How every question stands: read from answers, proofs, duties and what was sent back, at a constant price."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import District, Village
from evaluations.models import Answer, Evaluation, EvidenceUse, PlaceTick, Responsibility
from evaluations.worklist.standing import Duty, open_tasks, states_of
from tests.evaluations.places.world import ask_all_villages, clerk_of, count_by, make_places
from tests.evaluations.worklist.factories import answer_to, prove, states, tasks
from tests.factories import (
    NOW,
    answer_all,
    answer_question,
    make_cycle,
    make_evaluation,
    make_office,
    make_region,
    make_user,
    send,
)

pytestmark = pytest.mark.django_db
EMPTY = dict.fromkeys(["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"], "EMPTY")


def confirm(evaluation, code, by):
    """What the lead's click leaves behind."""
    Answer.objects.filter(evaluation=evaluation, question__code=code).update(confirmed_at=NOW, confirmed_by=by)


def test_every_question_has_a_state_in_the_instruments_order(evaluation, operator, send_back):
    answer_question(evaluation, "1.1", 2)
    answer_question(evaluation, "1.2", 0)  # worth nothing: nothing to prove
    answer_question(evaluation, "2.1", 2)
    prove(evaluation, "2.1", operator)
    answer_question(evaluation, "2.2", 4)
    prove(evaluation, "2.2", operator)
    confirm(evaluation, "2.2", operator)
    Answer.objects.filter(question__code="3.1").update(needs_check=True)
    send_back("3.2")

    assert list(states(evaluation).items()) == [
        ("1.1", "DRAFT"), ("1.2", "READY"), ("2.1", "DRAFT"), ("2.2", "READY"), ("3.1", "CHECK"), ("3.2", "RETURNED")
    ]  # fmt: skip


def test_a_proof_of_another_cycle_or_one_taken_away_leaves_something_to_do(evaluation, operator):
    for code in ("1.1", "1.2"):
        answer_question(evaluation, code, 2)
        prove(evaluation, code, operator)
    EvidenceUse.objects.filter(answer__question__code="1.1").update(needs_check=True)
    EvidenceUse.objects.filter(answer__question__code="1.2").update(removed_at=NOW, removed_by=operator)

    assert states(evaluation) == {**EMPTY, "1.1": "CHECK", "1.2": "DRAFT"}


def test_what_was_sent_is_locked_and_nobody_has_tasks(evaluation, operator, dinkes):
    sent = send(evaluation, operator)

    assert (states(sent), tasks(sent, operator), tasks(sent, dinkes)) == (dict.fromkeys(EMPTY, "LOCKED"), [], [])


def test_supporters_are_done_when_they_have_given_a_document_and_leads_when_it_is_ready(
    evaluation, operator, dinkes, disdik
):
    answer_question(evaluation, "2.1", 2)
    prove(evaluation, "2.1", dinkes)

    assert tasks(evaluation, dinkes) == ["1.1", "1.2", "2.2", "3.1", "3.2"]
    assert tasks(evaluation, disdik) == ["2.1", "2.2", "3.1", "3.2"]
    confirm(evaluation, "2.1", disdik)
    assert tasks(evaluation, disdik) == ["2.2", "3.1", "3.2"]
    assert open_tasks(states_of(evaluation, user=operator).values()) == 5


def test_what_came_back_concerns_supporters_who_have_given(evaluation, dinkes, send_back):
    prove(evaluation, "2.1", dinkes)
    assert "2.1" not in tasks(evaluation, dinkes)

    send_back("2.1")

    assert "2.1" in tasks(evaluation, dinkes)


def test_line_tells_points_offices_and_dates(evaluation, disdik):
    answer_question(evaluation, "2.1", 1)
    evaluation.responsibilities.filter(question__code="2.1", is_lead=False).update(due_on=date(2025, 6, 1))
    pk = answer_to(evaluation, "2.1").question_id

    line = states_of(evaluation, [pk], user=disdik)[pk]

    names = [(each.name, each.is_lead) for each in line.offices]
    assert (line.points, line.maximum, line.version, line.is_led) == (Decimal("50.00"), Decimal("100.00"), 1, True)
    assert names == [("Dinas Pendidikan", True), ("Dinas Kesehatan", False)]
    assert line.supports == (Duty(line.supports[0].office_id, "Dinas Kesehatan", False, date(2025, 6, 1)),)
    assert (line.due_on, line.due_for(line.lead.office_id)) == (date(2025, 6, 1), date(2025, 6, 1))


def test_staff_get_lines_of_their_office_only(evaluation, disdik):
    assert list(states(evaluation, disdik)) == ["2.1", "2.2", "3.1", "3.2"]


def test_lines_carry_nothing_of_another_region(evaluation, operator):
    other = make_evaluation(make_region("16.10"), make_cycle(evaluation.cycle.instrument, code="2025"))
    answer_all(other)

    assert states(evaluation, operator) == EMPTY


@pytest.mark.parametrize("answered", [False, True])
def test_lines_cost_three_statements_empty_and_full(evaluation, operator, answered, django_assert_num_queries):
    if answered:
        answer_all(evaluation)
        for code in EMPTY:
            prove(evaluation, code, operator)
    found = Evaluation.objects.for_page().get()
    states_of(found)

    with django_assert_num_queries(2):  # who was sent back is asked by the room of judgement: one more there
        lines = states_of(found, user=operator)

    assert len(lines) == 6


def tick_villages(evaluation, *names, by=None):
    answer = answer_to(evaluation, "2.1")
    for village in Village.objects.filter(name__in=names):
        PlaceTick.objects.create(answer=answer, village=village, is_met=True, ticked_at=NOW, ticked_by=by)


def test_a_kecamatan_is_done_when_it_has_ticked_all_its_own_rows(evaluation):
    make_places(evaluation.region)
    count_by(evaluation, "village")
    ask_all_villages(evaluation)
    first, second = clerk_of("63.10.01"), clerk_of("63.10.02")
    found = [(tasks(evaluation, first), tasks(evaluation, second))]

    for names in (["Batulicin"], ["Kampung Baru", "Gunung Tinggi"]):
        tick_villages(evaluation, *names)
        found.append((tasks(evaluation, first), tasks(evaluation, second)))

    assert found == [(["2.1"], ["2.1"]), (["2.1"], ["2.1"]), ([], ["2.1"])]


def test_a_document_alone_does_not_fill_a_kecamatans_rows(evaluation):
    make_places(evaluation.region)
    count_by(evaluation, "district")
    ask_all_villages(evaluation)
    clerk = clerk_of("63.10.01")
    found = []

    prove(evaluation, "2.1", clerk)
    found.append(tasks(evaluation, clerk))
    district = District.objects.get(code="63.10.01")
    PlaceTick.objects.create(answer=answer_to(evaluation, "2.1"), district=district, is_met=False, ticked_at=NOW)
    found.append(tasks(evaluation, clerk))

    assert found == [["2.1"], []]


def test_a_document_is_enough_where_no_villages_are_known(evaluation):
    make_places(evaluation.region)
    count_by(evaluation, "village")
    ask_all_villages(evaluation)
    Village.objects.all().delete()
    clerk = clerk_of("63.10.01")

    prove(evaluation, "2.1", clerk)

    assert tasks(evaluation, clerk) == []


def test_another_supporter_gives_by_ticking_too(evaluation):
    make_places(evaluation.region)
    count_by(evaluation, "village")
    office = make_office(evaluation.region, "dinsos")
    question = evaluation.cycle.instrument.questions.get(code="2.1")
    Responsibility.objects.create(evaluation=evaluation, question=question, office=office, is_lead=False)
    helper = make_user("STAFF", office=office)
    found = [tasks(evaluation, helper)]

    tick_villages(evaluation, "Batulicin", by=helper)

    assert [*found, tasks(evaluation, helper)] == [["2.1"], []]
