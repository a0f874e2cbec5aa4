"""From question to question: along the instrument, or along the list one came from, without losing the filters."""

import re

import pytest
from django.urls import reverse

from evaluations.worklist import tasks_page, way
from tests.evaluations.worklist.factories import prove
from tests.factories import answer_question

pytestmark = pytest.mark.django_db


def page_of(client, evaluation, user, code, query=""):
    """Where the question's page leads: previous, next, back to the list."""
    client.force_login(user)
    address = f"/evaluasi/{evaluation.pk}/pertanyaan/{code}/{query}"
    page = client.get(address).content.decode().replace("&amp;", "&")
    back = re.search(r'class="way-back"><a href="([^"]*)"', page)
    return [
        (found[1].removeprefix(f"/evaluasi/{evaluation.pk}/") if found else "")
        for found in (
            re.search(r'rel="prev" href="([^"]*)"', page),
            re.search(r'rel="next" href="([^"]*)"', page),
            back,
        )
    ]


def test_without_a_list_the_way_follows_the_instrument(client, evaluation, disdik):
    assert page_of(client, evaluation, disdik, "2.2") == ["pertanyaan/2.1/", "pertanyaan/3.1/", ""]
    assert page_of(client, evaluation, disdik, "2.1")[0] == ""


def test_from_a_list_the_way_follows_its_order_and_keeps_the_filters(client, evaluation, operator):
    query = "?keadaan=terbuka&klaster=K&dari=tugas&urut=2"

    found = page_of(client, evaluation, operator, "1.2", query)

    assert found == [f"pertanyaan/1.1/{query}", f"pertanyaan/2.1/{query}", "tugas/?keadaan=terbuka&klaster=K#t-1.2"]


def test_a_question_worked_off_still_leads_to_the_next(client, evaluation, operator):
    query = "?keadaan=terbuka&dari=tugas&urut=2"
    answer_question(evaluation, "1.2", 2)
    prove(evaluation, "1.2", operator)

    found = page_of(client, evaluation, operator, "1.2", query)

    assert found == [f"pertanyaan/1.1/{query}", f"pertanyaan/3.1/{query}", "tugas/?keadaan=terbuka#t-3.1"]


def test_after_one_that_came_back_is_mended_the_next_that_came_back_follows(client, evaluation, operator, send_back):
    for code in ("1.1", "2.1"):  # 1.2 came back as well, and was just mended
        send_back(code)

    found = page_of(client, evaluation, operator, "1.2", "?dari=tugas&urut=0")

    assert found[:2] == ["pertanyaan/1.1/?dari=tugas&urut=0", "pertanyaan/2.1/?dari=tugas&urut=0"]


def test_back_leads_to_the_right_page_of_a_long_list(client, evaluation, operator, monkeypatch):
    monkeypatch.setattr(tasks_page, "PER_PAGE", 2)
    monkeypatch.setattr(way, "PER_PAGE", 2)

    found = page_of(client, evaluation, operator, "2.1", "?dari=tugas")

    assert found[2] == "tugas/?halaman=2#t-2.1"


@pytest.mark.parametrize(
    "query", ["?dari=tugas&urut=99", "?dari=tugas&opd=7777777", "?dari=tugas&klaster=XX", "?urut=a"]
)
def test_strange_trails_open_the_page(client, evaluation, operator, query):
    client.force_login(operator)

    assert client.get(f"/evaluasi/{evaluation.pk}/pertanyaan/1.1/{query}").status_code == 200


def test_saving_without_script_keeps_the_list(client, evaluation, operator):
    client.force_login(operator)
    query = "?keadaan=terbuka&dari=tugas&urut=2"
    page = client.get(f"/evaluasi/{evaluation.pk}/pertanyaan/1.1/{query}").content.decode()
    actions = {each.replace("&amp;", "&") for each in re.findall(r'action="([^"]*simpan/[^"]*)"', page)}
    question = evaluation.answers.get(question__code="1.1").question

    response = client.post(actions.copy().pop(), {"version": 0, "option": question.options.get(position=1).pk})

    address = reverse("evaluations:question", args=[evaluation.pk, "1.1"])
    assert actions == {f"{address}simpan/{query}"}
    assert response["Location"] == f"{address}{query}#q-{question.pk}"
