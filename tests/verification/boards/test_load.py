"""Verifiers' load and pace: what was given, what is judged, what will be done by the window's end."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOW, make_cycle, make_user
from tests.verification.boards.cases import make_province, verifier_of
from tests.verification.factories import close, judge, make_case
from verification import actions
from verification.boards import load, scope

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def assign(case, verifier, *, days_ago=10):
    """A mandate given some days ago."""
    actions.assign(evaluation=case, stage="VA", verifier=verifier, by=make_user("ADMIN"), at=NOW - days_ago * ONE_DAY)


def loads(user, at=NOW):
    """Everybody's load."""
    return load.build(user, scope.read(user, {}, needs_province=True), at)


def test_load_tells_what_will_be_done_in_time():
    cycle = make_cycle(days=30)
    first, second = (make_case(code=code, cycle=cycle) for code in ("63.10", "63.06"))
    quick, slow = (make_user("VERIFIER", region=first.region, username=f"ver.{name}") for name in ("cepat", "lambat"))
    assign(first, quick)
    assign(second, slow)
    for place, code in enumerate(("1.1", "1.2", "2.1", "2.2", "3.1")):
        judge(first, code, by=quick, at=NOW - (place + 1) * ONE_DAY)
    judge(second, "1.1", by=slow, at=NOW - 9 * ONE_DAY)

    early, late = loads(quick), loads(quick, at=NOW + 25 * ONE_DAY)

    assert [(each.name, each.forecast.done, each.forecast.whole, each.own, each.is_late) for each in early.rows] == [
        ("Verifier", 1, 6, 1, True), ("Verifier", 5, 6, 5, False),
    ]  # fmt: skip
    assert early.rows[0].forecast.expected == 4
    assert early.rows[1].done_on == (NOW + 2 * ONE_DAY).date()
    assert late.late == 2  # nothing was judged for two weeks


def test_load_counts_mandates_by_cluster_and_regions_without_anybody():
    cycle = make_cycle()
    case, alone = (make_case(code=code, cycle=cycle) for code in ("63.10", "63.06"))
    one, two = (make_user("VERIFIER", region=case.region, username=f"ver.{name}") for name in ("satu", "dua"))
    for verifier, clusters in ((one, ["K"]), (two, ["I"])):
        assign(case, verifier)
        case.assignments.filter(verifier=verifier).update(clusters=clusters)
    judge(case, "3.1", by=two)

    found = loads(one)

    assert {(each.verifier, each.forecast.done, each.forecast.whole) for each in found.rows} == {
        (one.pk, 0, 4), (two.pk, 1, 2),
    }  # fmt: skip
    assert [pk for pk, _, _ in found.orphans] == [alone.pk]


def test_nobody_is_late_at_a_stage_that_has_not_opened_for_long():
    case = make_case(code="63.10", cycle=make_cycle(days=1))
    verifier = make_user("VERIFIER", region=case.region)
    assign(case, verifier, days_ago=20)

    row = loads(verifier).rows[0]

    assert (row.forecast.is_known, row.is_late) == (False, False)


def test_load_after_the_window_says_what_is_missing():
    cycle = make_cycle(days=1)
    case = make_case(code="63.10", cycle=cycle)
    verifier = make_user("VERIFIER", region=case.region)
    assign(case, verifier, days_ago=5)

    row = loads(verifier, at=NOW + 2 * ONE_DAY).rows[0]

    assert (row.is_over, row.is_late, row.left) == (True, True, 6)


@pytest.mark.parametrize("name", ["loads", "losses"])
def test_pages_beside_the_board_by_role(name):
    make_province()
    people = [verifier_of(), make_user("ADMIN"), *(make_user(role) for role in ("OPERATOR", "LEADER", "STAFF"))]

    found = []
    for user in people:
        client = Client()
        client.force_login(user)
        found.append(client.get(reverse(f"verification:{name}")).status_code)

    assert found == [200, 200, 404, 404, 404]


def test_board_takes_the_load_as_a_card(client):
    make_province()
    client.force_login(verifier_of())
    address = reverse("verification:loads") + "?ringkas=1"

    card, page = client.get(address, headers={"HX-Request": "true"}), client.get(address)

    assert ("<html" in card.content.decode(), "<html" in page.content.decode()) == (False, True)
    assert reverse("verification:loads") in client.get(reverse("verification:board")).content.decode()


@pytest.mark.parametrize("name", ["loads", "losses"])
@pytest.mark.parametrize("regions", [1, 3])
def test_pages_cost_the_same_for_one_and_three_regions(client, name, regions):
    cycle = make_cycle()
    for code in ("63.10", "63.06", "63.07")[:regions]:
        case = make_case(code=code, cycle=cycle)
        verifier = make_user("VERIFIER", region=case.region)
        assign(case, verifier)
        judge(case, "1.1", Decimal("10.00"), by=verifier, reason="INCOMPLETE")
        if name == "losses":
            close(case, by=verifier, confirmed=5)
    client.force_login(verifier_of())
    client.get(reverse(f"verification:{name}"))

    with CaptureQueriesContext(connection) as caught:
        client.get(reverse(f"verification:{name}"))

    assert len(caught.captured_queries) == {"loads": 11, "losses": 11}[name]
