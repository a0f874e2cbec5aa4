"""Ends and changes around second readings: who closes while owing one, who is left alone with a question."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories import NOW
from tests.verification.double.cases import give, reading_of, twice
from tests.verification.double.test_blindness import TOKEN
from tests.verification.factories import answer_of, close, judge
from tests.verification.repairs.test_returns import send_back
from verification import actions
from verification.clarifications import actions as clarifying
from verification.double import actions as doubles
from verification.double import agreement
from verification.models import SecondReading, Verdict
from verification.repairs import actions as repairs
from verification.repairs.reading import mending
from verification.teams import actions as teams

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def owed(two):
    """Codes of what is still to be read a second time."""
    found = SecondReading.objects.owed().filter(answer__evaluation=two.case)
    return sorted(found.values_list("answer__question__code", flat=True))


def test_who_still_owes_a_reading_closes_with_the_number_they_are_shown(client):
    two = twice()
    actions.assign(evaluation=two.case, stage="VA", verifier=two.second, by=two.admin, at=NOW)
    for code in ("1.1", "1.2", "2.1"):
        judge(two.case, code, by=two.first)
    client.force_login(two.second)
    address = reverse("verification:close", args=[two.case.pk])

    page = client.get(address).content.decode()
    wrong = client.post(address, {"stage": "VA", "unjudged": 3, "confirmed": 1})
    right = client.post(address, {"stage": "VA", "unjudged": 6, "confirmed": 1})

    assert 'name="unjudged" value="6"' in page
    assert (wrong.status_code, "Masih ada 6 pertanyaan" in wrong.content.decode(), right.status_code) == (
        409,
        True,
        302,
    )


@pytest.mark.parametrize("is_active", [True, False])
def test_a_correction_after_closing_is_nobodys_first_judgement(is_active):
    two = twice()
    give(two.case, "1.1", by=two.second)
    judge(two.case, "1.2", by=two.first)
    close(two.case, by=two.first, confirmed=5)
    for code in ("1.1", "1.2"):  # as a correction leaves it
        answer = answer_of(two.case, code)
        answer.verdicts.update(is_current=False)
        answer.verdicts.create(
            stage="VA", decision="POINTS", points=Decimal("1.00"), before_points=answer.points, reason="INCOMPLETE",
            version=2, given_at=NOW, given_by=two.admin,
        )  # fmt: skip
    User.objects.filter(pk=two.admin.pk).update(is_active=is_active)

    found = agreement.build(two.admin, {})

    assert (found["total"].count, [line.verifier for line in found["verifiers"]]) == (0, [])


@pytest.mark.parametrize("way", ["unassign", "declare", "narrow"])
def test_the_only_one_left_for_a_cluster_owes_no_second_reading_of_it(way):
    two = twice()
    judge(two.case, "1.1", by=two.first)
    actions.assign(evaluation=two.case, stage="VA", verifier=two.second, clusters=["K"], by=two.admin, at=NOW)
    assert len(owed(two)) == 6

    given = {"evaluation": two.case, "stage": "VA", "verifier": two.first, "by": two.admin, "at": NOW}
    if way == "unassign":
        actions.unassign(**given)
    elif way == "narrow":
        actions.assign(**given, clusters=["I"])
    else:
        teams.declare(verifier=two.first, region=two.case.region, kind="HOME", reason="", by=two.first, at=NOW)

    assert owed(two) == ["1.1", "3.1", "3.2"]  # judged already, or with a first judge beside the reader
    assert judge(two.case, "1.2", by=two.second).version == 1


def test_a_return_that_the_coordinator_upholds_stays_a_return_with_its_hours():
    two = twice()
    first = send_back(two.case, "1.1", Decimal("10.00"), by=two.first)
    window = repairs.open_window(evaluation=two.case, stage="VA", by=two.first, at=NOW)
    give(two.case, "1.1", by=two.second)

    doubles.settle(
        reading=reading_of(two.case, "1.1"), version=first.version, outcome="FIRST", other={}, why="Setuju.",
        by=two.coordinator, at=NOW + timedelta(hours=1),
    )  # fmt: skip

    standing = Verdict.objects.current().get(answer__question__code="1.1")
    two.case.refresh_from_db()
    line = mending(two.case, NOW)[standing.answer.question_id]
    assert (standing.is_return, standing.given_by, line.note) == (True, two.coordinator, "Lampirkan SK.")
    assert line.until == window.closes_at


@pytest.mark.parametrize("name", ["repairs", "story", "clarifications", "question", "desk"])
def test_what_the_first_judge_asks_and_opens_is_kept_from_the_second_reader(client, name):
    two = twice()
    actions.assign(evaluation=two.case, stage="VA", verifier=two.second, clusters=["I"], by=two.admin, at=NOW)
    answer = reading_of(two.case, "1.1").answer
    code = [] if name in ("repairs", "desk") else ["1.1"]
    address = reverse(f"verification:{name}", args=[two.case.pk, *code])

    def pages():
        for who in (two.first, two.second):
            client.force_login(who)
            yield TOKEN.sub("", client.get(address).content.decode())

    before = list(pages())
    send_back(two.case, "1.1", by=two.first, note="Rahasia.")
    repairs.open_window(evaluation=two.case, stage="VA", by=two.first, at=NOW)
    clarifying.ask(answer=answer, stage="VA", text="Mana halaman tanda tangannya?", by=two.first, at=NOW)

    assert [old == new for old, new in zip(before, pages(), strict=True)] == [False, True]
