"""The duty of one question, opened from that question's page: it leads back there, with the list kept."""

import html
import re

import pytest
from django.urls import reverse

from tests.evaluations.duties.test_pages import duty, fields, pk_of, plan, row
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def _operator(evaluation, client):
    client.force_login(make_user("OPERATOR", region=evaluation.region))


@pytest.mark.usefixtures("_operator")
@pytest.mark.parametrize("query", ["", "?keadaan=kosong&klaster=I&cari=2.1&dari=tugas&urut=2"])
def test_duty_opened_from_a_question_leads_back_to_it(client, evaluation, query):
    question = reverse("evaluations:question", args=[evaluation.pk, "2.1"]) + query
    link = re.search(r'href="([^"]+/2\.1/[^"]*)">Ubah perangkat daerah', client.get(question).content.decode())[1]
    address = html.unescape(link)

    page = html.unescape(client.get(address).content.decode())
    wrong = client.post(address, fields(duty(evaluation, "2.1"), due_on="x")).content.decode()
    saved = client.post(address, fields(duty(evaluation, "2.1"), lead=make_office(evaluation.region, "dinkes").pk))

    assert (page.count(f'href="{question}"'), html.unescape(wrong).count(f'href="{question}"')) == (2, 2)
    assert "hx-post" not in page.split('class="duty-form"')[0].rsplit("<form", 1)[1]
    assert (saved.status_code, saved["Location"]) == (302, question)


@pytest.mark.usefixtures("_operator")
def test_duty_of_another_question_than_one_came_from_leads_back_to_the_plan(client, evaluation):
    saved = client.post(row(evaluation, "2.1") + "?soal=1.1", fields(duty(evaluation, "2.1")))

    assert saved["Location"] == plan(evaluation, f"#d-{pk_of(evaluation, '2.1')}")
