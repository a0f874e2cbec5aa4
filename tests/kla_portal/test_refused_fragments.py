"""What a form hears that waits for a fragment when the answer is an error: a notice, never a page in its place."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_evaluation, make_office, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_form_older_than_the_session_keeps_its_place_on_the_screen():
    evaluation = make_evaluation()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    response = client.post(reverse("evaluations:save", args=[evaluation.pk, "1.1"]), {"version": 0}, headers=HTMX)

    page = response.content.decode()
    assert (response.status_code, response["HX-Retarget"], "<html" in page) == (403, "#gagal", False)
    assert "Belum disimpan" in page


def test_question_that_went_to_another_office_says_so(client):
    evaluation = make_evaluation()
    client.force_login(make_user("STAFF", office=make_office(evaluation.region, "disdik")))

    response = client.post(reverse("evaluations:save", args=[evaluation.pk, "1.1"]), {"version": 0}, headers=HTMX)

    told = "bukan tugas Anda lagi" in response.content.decode()
    assert (response.status_code, response["HX-Retarget"], told) == (404, "#gagal", True)


def test_refusal_of_a_form_says_its_own_sentence_beside_it(client):
    evaluation = make_evaluation()
    client.force_login(make_user("ADMIN"))
    address = reverse("evaluations:comment", args=[evaluation.pk, "1.1"])

    response = client.post(address, {"text": "Halo"}, headers=HTMX)
    page = client.post(address, {"text": "Halo"})

    assert (response.status_code, response["HX-Retarget"]) == (403, "#gagal")
    assert "<h1>Tidak diizinkan</h1>" in page.content.decode()


def test_fragment_that_is_asked_for_by_itself_leaves_what_stands(client):
    client.force_login(make_user("ADMIN"))

    response = client.get("/evaluasi/999/percakapan/", headers=HTMX)

    assert (response.status_code, response["HX-Reswap"], response.content) == (404, "none", b"")


def test_fault_of_the_portal_is_told_beside_the_form_with_its_number(client, monkeypatch):
    evaluation = make_evaluation()
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    client.raise_request_exception = False
    monkeypatch.setattr("evaluations.views.answering.answer_to_save", lambda *_: 1 / 0)

    response = client.post(reverse("evaluations:save", args=[evaluation.pk, "1.1"]), {"version": 0}, headers=HTMX)

    page = response.content.decode()
    assert (response.status_code, response["HX-Retarget"], "<html" in page) == (500, "#gagal", False)
    assert "Terjadi gangguan di portal" in page
