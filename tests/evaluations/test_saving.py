"""Saving over HTTP: the row and the totals that come back, refusals, two editors, statements."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations.models import Answer
from tests.evaluations.queries import SAVED_TOGETHER, statements
from tests.factories import (
    answer_question,
    make_region,
    make_user,
    send,
)

pytestmark = pytest.mark.django_db


def save(client, evaluation, code, **fields):
    answer = Answer.objects.get(evaluation=evaluation, question__code=code)
    headers = {"HX-Request": "true"} if fields.pop("htmx", True) else {}
    values = {"version": answer.version, "tampilan": "baris", **fields}
    return client.post(reverse("evaluations:save", args=[evaluation.pk, code]), values, headers=headers)


def option(evaluation, code, position):
    return Answer.objects.get(evaluation=evaluation, question__code=code).question.options.get(position=position).pk


def test_save_answers_with_the_row_and_the_new_totals(client, evaluation):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    response = save(client, evaluation, "1.1", option=option(evaluation, "1.1", 2))

    page = response.content.decode()
    shown = ["Tersimpan 10.00", '<b class="num">400,00</b>', "100,00 poin lagi menuju Pratama", ">1/4</span>"]
    assert response.status_code == 200
    assert [text in page for text in shown] == [True] * 4
    assert Answer.objects.get(evaluation=evaluation, question__code="1.1").points == Decimal("400.00")


def test_save_without_javascript_returns_to_the_row(client, evaluation):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    response = save(client, evaluation, "1.1", option=option(evaluation, "1.1", 2), htmx=False)

    question = Answer.objects.get(evaluation=evaluation, question__code="1.1").question
    assert (response.status_code, response["Location"]) == (
        302,
        f"/evaluasi/{evaluation.pk}/klaster/K/#q-{question.pk}",
    )


@pytest.mark.parametrize(
    ("code", "fields", "sentence"),
    [
        ("2.1", {"measure": "961.860"}, "Persentase harus antara 0 dan 100"),
        ("2.1", {"measure": "1e3"}, "Tulis angka dengan koma"),
        ("2.1", {"measure": "-1"}, "Tulis angka dengan koma"),
        ("2.1", {"measure": "NaN"}, "Tulis angka dengan koma"),
        ("2.1", {"measure": "12,345"}, "Tulis angka dengan koma"),
        ("2.1", {"measure": "100,01"}, "Persentase harus antara 0 dan 100"),
        ("1.1", {"option": "999999"}, "Opsi itu bukan milik pertanyaan ini"),
        ("1.1", {"option": "abc"}, "Opsi itu bukan milik pertanyaan ini"),
        ("1.1", {"option": "\u0661"}, "Opsi itu bukan milik pertanyaan ini"),
        ("1.1", {"version": "2147483648"}, "Muat ulang halaman"),
        ("1.1", {"version": "9" * 30}, "Muat ulang halaman"),
        ("1.1", {"version": ""}, "Muat ulang halaman"),
    ],
)
def test_save_refuses_bad_input_with_a_sentence(client, evaluation, code, fields, sentence):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    response = save(client, evaluation, code, **fields)

    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert Answer.objects.filter(evaluation=evaluation, version__gt=0).count() == 0


def test_what_is_refused_without_javascript_stays_in_the_fields(client, evaluation):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    save(client, evaluation, "2.1", measure="40", note="Lama")

    response = save(client, evaluation, "2.1", measure="82.5", note="Baru <b>", tampilan="", htmx=False)

    page = response.content.decode()
    kept = ('name="measure" inputmode="decimal" autocomplete="off" value="82.5"', "Baru &lt;b&gt;</textarea>")
    assert (response.status_code, *(text in page for text in kept)) == (422, True, True)
    assert Answer.objects.get(evaluation=evaluation, question__code="2.1").note == "Lama"


def test_option_chosen_beside_a_refused_count_stays_chosen_without_javascript(client, evaluation):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    chosen = option(evaluation, "1.1", 2)

    page = save(client, evaluation, "1.1", option=chosen, version="", tampilan="", htmx=False).content.decode()

    assert f'name="option" value="{chosen}" checked' in page


def test_save_refuses_an_option_of_another_question(client, evaluation):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    response = save(client, evaluation, "1.1", option=option(evaluation, "1.2", 2))

    assert (response.status_code, "Opsi itu bukan milik" in response.content.decode()) == (422, True)
    assert Answer.objects.filter(evaluation=evaluation, version__gt=0).count() == 0


@pytest.mark.parametrize(
    ("code", "fields", "label", "points"),
    [
        ("2.1", {"measure": "0"}, "0%", "0.00"),
        ("2.1", {"measure": "50"}, "Di atas 0% sampai 50%", "50.00"),
        ("2.1", {"measure": "50,01"}, "Di atas 50%", "100.00"),
        ("2.2", {"measure": "7"}, "Data satu tahun saja", "33.00"),
        ("2.2", {"measure_before": "7"}, "Data satu tahun saja", "33.00"),
        ("2.2", {"measure_before": "7", "measure": "6,5"}, "Data dua tahun, memburuk", "50.00"),
        ("2.2", {"measure_before": "7", "measure": "7,00"}, "Data dua tahun, tetap", "75.00"),
        ("2.2", {"measure_before": "7", "measure": "8"}, "Data dua tahun, membaik", "100.00"),
    ],
)
def test_save_lets_the_option_follow_the_figure(client, evaluation, code, fields, label, points):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    save(client, evaluation, code, **fields)

    answer = Answer.objects.select_related("option").get(evaluation=evaluation, question__code=code)
    assert (answer.kind, answer.option.label, answer.points) == ("MEASURE", label, Decimal(points))


@pytest.mark.parametrize("htmx", [True, False])
def test_second_of_two_editors_sees_both_versions(client, evaluation, htmx):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    answer_question(evaluation, "1.1", 1)

    response = save(client, evaluation, "1.1", option=option(evaluation, "1.1", 2), version=0, htmx=htmx)

    page = response.content.decode()
    assert response.status_code == 409
    assert ["200,00" in page, "400,00" in page, "Pakai isian saya" in page] == [True] * 3
    assert Answer.objects.get(evaluation=evaluation, question__code="1.1").points == Decimal("200.00")


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [("OPERATOR", "63.10", 200), ("STAFF", "63.10", 200), ("REVIEWER", "63.10", 403), ("LEADER", "63.10", 403),
     ("ADMIN", "63.10", 403), ("VERIFIER", "63.10", 404), ("OPERATOR", "63.05", 404)],
)  # fmt: skip
def test_save_is_for_the_regions_writers(client, evaluation, role, code, status):
    client.force_login(make_user(role, region=make_region(code)))

    response = save(client, evaluation, "1.1", option=option(evaluation, "1.1", 2))

    assert response.status_code == status
    assert Answer.objects.filter(evaluation=evaluation, version=1).count() == (1 if status == 200 else 0)


def test_save_after_sending_says_that_it_is_locked(client, evaluation):
    send(evaluation)
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    response = save(client, evaluation, "1.1", option=option(evaluation, "1.1", 2))

    assert (response.status_code, "sudah dikirim" in response.content.decode()) == (403, True)


def test_saving_costs_nine_statements_and_five_where_they_are_written_together(client, evaluation):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    save(client, evaluation, "1.2", option=option(evaluation, "1.2", 2))
    chosen = option(evaluation, "1.1", 2)
    answer = Answer.objects.get(evaluation=evaluation, question__code="1.1")
    fields = {"version": answer.version, "tampilan": "baris", "option": chosen}

    with CaptureQueriesContext(connection) as caught:
        client.post(reverse("evaluations:save", args=[evaluation.pk, "1.1"]), fields, headers={"HX-Request": "true"})

    assert len(statements(caught)) == 9 - SAVED_TOGETHER


def test_an_earlier_version_is_offered_and_restored(client, evaluation):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    answer_question(evaluation, "1.1", 1)
    answer_question(evaluation, "1.1", 2)

    page = client.get(reverse("evaluations:question", args=[evaluation.pk, "1.1"])).content.decode()
    save(client, evaluation, "1.1", option=option(evaluation, "1.1", 1), measure="", note="", htmx=False)

    answer = Answer.objects.get(evaluation=evaluation, question__code="1.1")
    assert page.count(">Pulihkan</button>") == 1
    assert (answer.points, answer.version) == (Decimal("200.00"), 3)


def test_a_count_typed_before_its_option_is_kept_and_worth_nothing_yet(client, evaluation):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    response = save(client, evaluation, "3.1", measure="5")

    answer = Answer.objects.get(evaluation=evaluation, question__code="3.1")
    assert (response.status_code, answer.measure, answer.points) == (200, Decimal("5.00"), None)
