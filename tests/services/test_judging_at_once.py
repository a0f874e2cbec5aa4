"""Verifiers who act at the same moment, on PostgreSQL with a connection each: one effect, the other is told."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from tests.factories import NOW, make_user
from tests.services.test_repairs import at_once
from tests.verification.double.cases import give, reading_of, twice
from tests.verification.factories import answer_of, judge, make_case, make_judge
from verification import actions
from verification.bulk import actions as bulk
from verification.bulk.actions import mark
from verification.double import actions as doubles
from verification.models import Assignment, SecondReading, Verdict

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _postgres():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")


def test_two_verdicts_on_one_question_are_one_and_a_conflict():
    case = make_case()
    one, two = make_judge(case), make_judge(case, username="ver.dua")

    found = at_once(
        lambda: judge(case, "1.1", by=one), lambda: judge(case, "1.1", Decimal("1.00"), by=two, reason="INCOMPLETE")
    )

    assert (sorted(found), Verdict.objects.count()) == (["Conflict", "Verdict"], 1)


def test_an_indicator_accepted_while_a_question_of_it_is_judged_and_undone():
    case = make_case()
    one, two = make_judge(case), make_judge(case, username="ver.dua")
    answers = [answer_of(case, code) for code in ("1.1", "1.2")]
    marks = {pk: str(each) for pk, each in type(answers[0]).objects.annotate(mark=mark()).values_list("pk", "mark")}
    judge(case, "1.1", by=two)

    def accept():
        return bulk.accept(
            evaluation=case, stage="VA", indicator=answers[0].question.indicator, without=[],
            chosen={each.pk: marks[each.pk] for each in answers}, by=one, at=NOW,
        )  # fmt: skip

    def undo():
        return actions.undo_verdict(answer=answers[0], stage="VA", version=1, by=two, at=NOW)

    found = at_once(accept, undo)

    standing = Verdict.objects.current().count()
    assert (found, standing) in ((["Overtaken", "Verdict"], 0), (["list", "Verdict"], 2))


def test_two_settlements_of_one_difference_are_one():
    two = twice()
    judge(two.case, "1.1", Decimal("10.00"), by=two.first, reason="INCOMPLETE")
    give(two.case, "1.1", by=two.second, at=NOW + timedelta(seconds=1))

    def settling(outcome):
        reading = reading_of(two.case, "1.1")
        said = {"version": 1, "outcome": outcome, "other": {}, "why": "Setuju.", "by": two.coordinator, "at": NOW}
        return lambda: doubles.settle(reading=reading, **said)

    found = at_once(settling("FIRST"), settling("SECOND"))

    assert (sorted(found), Verdict.objects.count()) == (["AlreadySettled", "SecondReading"], 2)


def test_mandates_that_end_at_once_leave_the_last_holder_free_to_judge():
    two = twice()
    admin = make_user("ADMIN", username="admin.dua")
    actions.assign(evaluation=two.case, stage="VA", verifier=two.second, by=two.admin, at=NOW)

    def ending(verifier, by):
        return lambda: actions.unassign(evaluation=two.case, stage="VA", verifier=verifier, by=by, at=NOW)

    at_once(ending(two.first, two.admin), ending(two.coordinator, admin))

    assert Assignment.objects.get(evaluation=two.case).verifier == two.second
    assert SecondReading.objects.owed().count() == 0
