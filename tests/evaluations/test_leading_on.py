"""Names on the overview and in the top bar lead on to the list they speak of, under the name it has there."""

import re
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.urls import reverse

from evaluations.models import Responsibility
from tests.factories import answer_all, make_user
from tests.verification.factories import close, judge, make_case, make_judge

pytestmark = pytest.mark.django_db


def offices_linked(client, evaluation, start, end="</section>"):
    page = client.get(reverse("evaluations:overview", args=[evaluation.pk])).content.decode()
    return re.findall(r'href="([^"]+)">([^<]+)</a>\s*</th>', page.partition(start)[2].partition(end)[0])


@pytest.fixture
def leads(evaluation):
    found = Responsibility.objects.filter(evaluation=evaluation, is_lead=True)
    return set(found.values_list("office_id", "office__name"))


@pytest.mark.parametrize("role", ["OPERATOR", "REVIEWER", "LEADER"])
@pytest.mark.parametrize("card", ["Siapa yang perlu bertindak", 'id="perkiraan"'])
def test_offices_on_the_overview_lead_to_the_questions_they_lead(client, evaluation, leads, role, card):
    client.force_login(make_user(role, region=evaluation.region))

    linked = offices_linked(client, evaluation, card)

    tasks = reverse("evaluations:tasks", args=[evaluation.pk])
    assert set(linked) == {(f"{tasks}?peran=memimpin&amp;opd={pk}", name) for pk, name in leads}


def test_such_a_list_holds_what_the_office_leads_and_nothing_else(client, evaluation, leads):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    pk = min(leads)[0]

    page = client.get(reverse("evaluations:tasks", args=[evaluation.pk]), {"peran": "memimpin", "opd": pk})

    listed = {task.line.entry.question.pk for section in page.context["page"].sections for task in section.tasks}
    led = Responsibility.objects.filter(evaluation=evaluation, is_lead=True, office=pk)
    assert listed == set(led.values_list("question_id", flat=True))


def test_staff_are_not_led_to_lists_of_other_offices(client, evaluation):
    client.force_login(make_user("STAFF", region=evaluation.region))

    assert offices_linked(client, evaluation, "Siapa yang perlu bertindak") == []


def test_after_the_verification_offices_lead_to_what_was_lowered(client):
    evaluation = make_case()
    verifier = make_judge(evaluation)
    judge(evaluation, "1.1", Decimal("120.00"), by=verifier, reason="INCOMPLETE", note="Hanya sampul.")
    close(evaluation, by=verifier, confirmed=5)
    lead = Responsibility.objects.get(evaluation=evaluation, is_lead=True, question__code="1.1").office.name
    client.force_login(make_user("LEADER", region=evaluation.region))

    linked = offices_linked(client, evaluation, "Siapa yang perlu bertindak")

    recap = reverse("verification:recap", args=[evaluation.pk])
    assert linked == [(f"{recap}?perangkat={quote(lead)}#rincian", lead)]


def test_a_filtered_list_says_what_it_is_cut_down_to(client, evaluation, leads):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    pk, name = min(leads)

    asked = {"peran": "memimpin", "opd": pk, "klaster": "K"}
    page = client.get(reverse("evaluations:tasks", args=[evaluation.pk]), asked).content.decode()

    said = page.partition("filter-says")[2].partition("</p>")[0]
    assert re.findall(r">([^<]+)</", said) == ["Klaster K", name, "Memimpin", "Hapus saringan"]


@pytest.mark.parametrize(
    ("role", "name"),
    [("STAFF", "Tugas saya"), ("OPERATOR", "Daftar tugas"), ("REVIEWER", "Daftar tugas"), ("LEADER", "Daftar tugas")],
)
def test_the_top_bar_calls_the_list_as_the_list_calls_itself(client, evaluation, role, name):
    client.force_login(make_user(role, region=evaluation.region))

    page = client.get(reverse("evaluations:tasks", args=[evaluation.pk])).content.decode()

    assert (f'<span class="top-tasks-name">{name}</span>' in page, f"<h1>{name}</h1>" in page) == (True, True)


@pytest.mark.parametrize(
    ("role", "answered", "expected"),
    [
        ("OPERATOR", False, ["tasks"]),
        ("OPERATOR", True, ["send"]),
        ("STAFF", False, ["tasks"]),
    ],
)
def test_overview_leads_to_the_next_step_with_one_filled_button(client, evaluation, role, answered, expected):
    if answered:
        answer_all(evaluation)
    client.force_login(make_user(role, region=evaluation.region))

    page = client.get(reverse("evaluations:overview", args=[evaluation.pk])).content.decode()

    addresses = {
        "tasks": reverse("evaluations:tasks", args=[evaluation.pk]),
        "send": reverse("evaluations:send", args=[evaluation.pk]),
    }
    head = page.split('<div class="head-actions">')[1].split("</div>")[0]
    filled = re.findall(r'class="btn btn-primary" href="([^"]+)"', head)
    assert filled == [addresses[name] for name in expected]
