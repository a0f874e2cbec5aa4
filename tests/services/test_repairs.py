"""The end of a repair window and the end of its stage, on PostgreSQL with a connection each."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from evaluations import windows
from evaluations.evidence import actions as proving
from evaluations.models import EvidenceUse
from tests.factories import NOW, make_user
from tests.verification.factories import answer_of, judge, make_case, make_judge
from verification import actions
from verification.repairs import actions as repairs

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
END, SECOND = NOW + timedelta(hours=48), timedelta(seconds=1)


@pytest.fixture
def case():
    """1.1 is returned and open; the rest is judged."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    evaluation = make_case()
    verifier = make_judge(evaluation)
    judge(evaluation, "1.1", by=verifier, is_return=True, reason="INCOMPLETE", note="Lampirkan SK.")
    repairs.open_window(evaluation=evaluation, stage="VA", by=verifier, at=NOW)
    return evaluation, verifier, make_user("OPERATOR", region=evaluation.region)


def at_once(*works):
    """The name of what each work came to, all let go at the same moment."""
    gate, found = threading.Barrier(len(works)), [""] * len(works)

    def run(place, work):
        try:
            gate.wait(10)
            found[place] = type(work()).__name__
        except (actions.Refusal, windows.AlreadySubmitted, windows.WindowClosed) as refusal:
            found[place] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def attaching(evaluation, by, at, name):
    answer = answer_of(evaluation, "1.1")
    url = f"https://jdih.example.id/{name}"
    return lambda: proving.attach_link(answer=answer, url=url, title="SK", by=by, at=at)


def test_the_second_decides_whoever_gets_the_lock_first(case):
    evaluation, _, operator = case

    found = at_once(
        attaching(evaluation, operator, END - SECOND, "tepat"), attaching(evaluation, operator, END, "terlambat")
    )

    assert (found, EvidenceUse.objects.count()) == (["EvidenceUse", "RepairOver"], 1)


def test_a_stage_that_closes_and_evidence_that_arrives_never_miss_each_other(case):
    evaluation, verifier, operator = case

    def closing():
        actions.close_stage(evaluation=evaluation, stage="VA", confirmed_unjudged=5, by=verifier, at=END)

    found = at_once(closing, closing, attaching(evaluation, operator, END - SECOND, "tepat"))

    first = ["NoneType", "AlreadyClosed"]
    assert sorted(found[:2]) in (sorted(first), ["RepairsOpen"] * 2)
    assert (found[2] == "EvidenceUse") == (found[0] == "RepairsOpen" or "RepairsOpen" in found[:2])
