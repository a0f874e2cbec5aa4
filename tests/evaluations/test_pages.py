"""Pages of the case file: who opens them, what they show, how many queries they cost."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.evaluations.queries import statements
from tests.factories import (
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


@pytest.mark.parametrize("page", ["overview", "cluster", "question", "send"])
@pytest.mark.parametrize(
    ("role", "code", "expected"),
    [
        ("OPERATOR", "63.10", {"overview": 200, "cluster": 200, "question": 200, "send": 200}),
        ("REVIEWER", "63.10", {"overview": 200, "cluster": 200, "question": 200, "send": 403}),
        ("LEADER", "63.10", {"overview": 200, "cluster": 200, "question": 200, "send": 403}),
        ("STAFF", "63.10", {"overview": 200, "cluster": 200, "question": 200, "send": 403}),
        ("ADMIN", "63.10", {"overview": 200, "cluster": 200, "question": 200, "send": 403}),
        ("VERIFIER", "63.10", {"overview": 404, "cluster": 404, "question": 404, "send": 404}),
        ("OPERATOR", "63.05", {"overview": 404, "cluster": 404, "question": 404, "send": 404}),
        ("STAFF", "63.05", {"overview": 404, "cluster": 404, "question": 404, "send": 404}),
    ],
)
def test_draft_pages_open_for_the_region_and_nobody_else(client, evaluation, page, role, code, expected):
    client.force_login(make_user(role, region=make_region(code)))
    address = {"cluster": [evaluation.pk, "K"], "question": [evaluation.pk, "1.1"]}.get(page, [evaluation.pk])

    response = client.get(reverse(f"evaluations:{page}", args=address))

    assert response.status_code == expected[page]


def test_verifier_of_the_province_opens_what_was_sent(client, evaluation):
    send(evaluation)
    own, other = make_user("VERIFIER", region=evaluation.region), make_user("VERIFIER", region=make_region("16.10"))

    answers = []
    for user in (own, other):
        client.force_login(user)
        answers.append(client.get(reverse("evaluations:cluster", args=[evaluation.pk, "K"])).status_code)

    assert answers == [200, 404]


def test_staff_see_only_questions_of_their_office(client, evaluation):
    office = make_office(evaluation.region, "disdik")
    client.force_login(make_user("STAFF", office=office))

    page = client.get(reverse("evaluations:cluster", args=[evaluation.pk, "K"])).content.decode()
    foreign = client.get(reverse("evaluations:question", args=[evaluation.pk, "1.1"]))

    shown = [code for code in ("1.1", "1.2", "2.1", "2.2") if f">{code}<" in page]
    assert (shown, foreign.status_code) == (["2.1", "2.2"], 404)


@pytest.mark.parametrize("code", ["XX", "..", "k"])
def test_unknown_cluster_is_not_found(client, evaluation, code):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    assert client.get(f"/evaluasi/{evaluation.pk}/klaster/{code}/").status_code == 404


def test_operator_begins_an_evaluation_once(client, freeze):
    cycle = make_cycle()
    user = make_user("OPERATOR")
    client.force_login(user)

    pages = [client.post(reverse("evaluations:open", args=[cycle.code]))["Location"] for _ in range(2)]

    assert pages[0] == pages[1]
    assert user.region.evaluations.count() == 1


@pytest.mark.parametrize("answered", [0, 6])
@pytest.mark.parametrize(("page", "count"), [("overview", 14), ("cluster", 7), ("question", 14), ("index", 7)])
def test_pages_cost_the_same_empty_and_full(client, evaluation, page, count, answered):
    if answered:
        answer_all(evaluation)
    client.force_login(make_user("ADMIN"))
    address = {"cluster": [evaluation.pk, "K"], "question": [evaluation.pk, "2.1"], "overview": [evaluation.pk]}
    url = reverse(f"evaluations:{page}", args=address.get(page, []))
    client.get(url)

    with CaptureQueriesContext(connection) as caught:
        client.get(url)

    assert len(statements(caught)) == count


@pytest.mark.parametrize("regions", [1, 3])
def test_list_costs_the_same_for_one_and_three_regions(client, freeze, regions):
    cycle = make_cycle()
    for code in ["63.10", "63.05", "63.06"][:regions]:
        send(make_evaluation(make_region(code, name=f"Kabupaten {code}"), cycle))
    client.force_login(make_user("ADMIN"))
    client.get(reverse("evaluations:index"))

    with CaptureQueriesContext(connection) as caught:
        page = client.get(reverse("evaluations:index")).content.decode()

    assert (len(statements(caught)), page.count('data-label="Tahap"')) == (7, regions)


def test_what_was_drafted_before_sending_is_not_shown_to_verifiers(client, evaluation):
    answer_question(evaluation, "1.1", Decimal("123.25"))
    answer_question(evaluation, "1.1", 2)
    send(evaluation)
    seen = {}
    for role in ("REVIEWER", "VERIFIER"):
        client.force_login(make_user(role, region=evaluation.region))
        page = client.get(reverse("evaluations:question", args=[evaluation.pk, "1.1"]))
        seen[role] = "123,25" in page.content.decode()

    assert seen == {"REVIEWER": True, "VERIFIER": False}


@pytest.mark.parametrize(
    ("role", "sent", "plan", "workbooks"),
    [("OPERATOR", False, True, True), ("STAFF", False, False, True), ("OPERATOR", True, False, True),
     ("LEADER", True, False, True), ("VERIFIER", True, False, False)],
)  # fmt: skip
def test_question_leads_to_its_offices_and_the_rail_to_workbooks(client, evaluation, role, sent, plan, workbooks):
    """Those who share the questions; earlier imports are worth reading after sending too."""
    if sent:
        send(evaluation)
    client.force_login(make_user(role, region=evaluation.region))

    page = client.get(reverse("evaluations:question", args=[evaluation.pk, "1.1"])).content.decode()

    links = [
        reverse("evaluations:duty", args=[evaluation.pk, "1.1"]) + "?soal=1.1",
        reverse("evaluations:workbooks", args=[evaluation.pk]),
    ]
    assert [f'href="{link}"' in page for link in links] == [plan, workbooks]
