"""What is put into words once says the same as Django's own, whoever asks and of whichever evaluation."""

import pytest

from accounts.models import AuditChain
from evaluations import rules
from evaluations.models import Responsibility
from evaluations.verifiers import Read
from evaluations.windows import window_beside
from evaluations.worklist import facts
from evaluations.worklist.opening import answer_to_save
from kla_portal.prepared import LARGEST_KEY
from tests.evaluations.places.world import ask_all_villages, clerk_of, make_places
from tests.evaluations.worklist.factories import prove
from tests.factories import (
    NOW,
    answer_all,
    answer_question,
    make_cycle,
    make_evaluation,
    make_office,
    make_region,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(evaluation):
    """Everybody who may open answers of two regions; of each kind that is prepared more than one."""
    make_places(evaluation.region)
    ask_all_villages(evaluation)
    other = make_evaluation(make_region("16.10"), evaluation.cycle)
    staff = [make_user("STAFF", office=make_office(each.region, code)) for each in (evaluation, other)
             for code in ("dinkes", "disdik")]  # fmt: skip
    regional = [make_user(role, region=each.region) for each in (evaluation, other)
                for role in ("OPERATOR", "REVIEWER", "LEADER")]  # fmt: skip
    unbound = make_user("STAFF", office=make_office(evaluation.region, "pkk"))
    unbound.office = None
    clerks = [clerk_of("63.10.01", "satu"), clerk_of("63.10.02", "dua")]
    return [*staff, *regional, *clerks, unbound, make_user("VERIFIER"), make_user("ADMIN")]


def test_prepared_rows_are_those_of_the_query_for_every_evaluation(evaluation, operator, django_assert_num_queries):
    answer_question(evaluation, "1.1", 2)
    prove(evaluation, "2.1", operator)
    other = make_evaluation(make_region("16.10"), make_cycle(evaluation.cycle.instrument, code="2025"))
    answer_all(other)

    for asked in (evaluation, other, evaluation):
        ordinary = [facts.Row(*values) for values in facts.asked_of(asked.pk).values_list(*facts.COLUMNS)]
        with django_assert_num_queries(1):
            assert sorted(facts.rows_of(asked)) == sorted(ordinary)


def test_everybody_opens_to_save_what_they_see_and_nothing_else(evaluation, people):
    found = {}
    for user in people:
        for code in ("1.1", "2.1", "9.9"):
            seen = rules.visible_answers(user).filter(evaluation=evaluation, question__code=code).first()
            opened = answer_to_save(user, evaluation.pk, code, NOW)
            found[user.username, code] = (opened, seen)

    assert [key for key, (opened, seen) in found.items() if opened != seen] == []
    assert len({opened.pk for opened, _ in found.values() if opened}) == 2
    assert len([opened for opened, _ in found.values() if opened]) == 13


def test_answer_to_save_comes_with_its_case_and_the_office_in_charge(evaluation, operator, django_assert_num_queries):
    prove(evaluation, "2.1", operator)
    office = make_office(evaluation.region, "dinkes")
    staff = make_user("STAFF", office=office)
    answer_to_save(staff, evaluation.pk, "2.1", NOW)

    with django_assert_num_queries(1):
        found = answer_to_save(staff, evaluation.pk, "2.1", NOW)
        read = (found.evaluation, found.evaluation.region, found.question.code, found.proofs, found.lead_office_id)
        read = (*read, found.evaluation.cycle.instrument, window_beside(found).closes_at)

    lead = Responsibility.objects.get(evaluation=evaluation, question__code="2.1", is_lead=True).office_id
    closes_at = evaluation.cycle.windows.get(stage="EM").closes_at
    assert read == (evaluation, evaluation.region, "2.1", 1, lead, evaluation.cycle.instrument, closes_at)


def test_staff_read_the_facts_of_their_own_office(evaluation, people, operator):
    prove(evaluation, "2.1", operator)
    everything = set(evaluation.answers.values_list("question_id", flat=True))

    for user in people:
        ordinary = {
            pk: facts.Row(*values) for pk, *rest in facts._seen_by(user, evaluation.pk) for values in [(pk, *rest)]
        }
        assert {row.question_id: row for row in facts.rows_of(evaluation, user)} == ordinary
        assert set(ordinary) == everything


def test_verifier_of_another_province_reads_none_of_the_first_ones(evaluation):
    read = Read(lambda user, pk: rules.visible_evaluations(user).filter(pk=pk))
    home, away = make_user("VERIFIER"), make_user("VERIFIER", region=make_region("16.10"))
    evaluation.submitted_at, evaluation.submitted_by, evaluation.stage = evaluation.opened_at, home, "VA"
    evaluation.save()

    found = [read.first(user, evaluation.pk) for user in (home, away, home, make_user("ADMIN"), make_user("OPERATOR"))]

    assert found == [evaluation, None, evaluation, evaluation, evaluation]


def test_first_answer_of_a_region_without_a_trail_begins_one(evaluation, operator):
    AuditChain.objects.filter(region=evaluation.region).update(region=make_region("16.11"))
    stranger = make_user("OPERATOR", region=make_region("16.10"), username="asing")

    found = [answer_to_save(user, evaluation.pk, "1.1", NOW) for user in (stranger, operator)]

    begun = AuditChain.objects.filter(region=evaluation.region).get()
    assert (found[0], found[1].question.code, found[1].evaluation.region.auditchain) == (None, "1.1", begun)


def test_key_that_no_row_can_have_is_nobodys(evaluation, operator):
    assert answer_to_save(operator, LARGEST_KEY + 1, "1.1", NOW) is None
