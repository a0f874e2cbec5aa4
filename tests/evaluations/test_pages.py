"""Pages of the case file: who opens them, what they show, how many queries they cost."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations.models import Answer
from tests.factories import (
    NOW,
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


@pytest.fixture
def evaluation(freeze):
    return make_evaluation()


@pytest.fixture
def freeze(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def statements(connection):
    """What was asked of the database, transaction control left out."""
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")
    return [query["sql"] for query in connection.captured_queries if not query["sql"].startswith(control)]


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
    ],
)
def test_save_refuses_bad_input_with_a_sentence(client, evaluation, code, fields, sentence):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    response = save(client, evaluation, code, **fields)

    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert Answer.objects.filter(evaluation=evaluation, version__gt=0).count() == 0


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


def test_sending_asks_for_the_number_of_empty_answers_and_sends_once(client, evaluation):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    address = reverse("evaluations:send", args=[evaluation.pk])

    asked = client.post(address, {"kosong": "5"})
    first = client.post(address, {"kosong": "6"})
    second = client.post(address, {"kosong": "6"})

    evaluation.refresh_from_db()
    assert (asked.status_code, first.status_code, second.status_code) == (200, 302, 302)
    assert (evaluation.stage, evaluation.submitted_at) == ("VA", NOW)


def test_operator_begins_an_evaluation_once(client, freeze):
    cycle = make_cycle()
    user = make_user("OPERATOR")
    client.force_login(user)

    pages = [client.post(reverse("evaluations:open", args=[cycle.code]))["Location"] for _ in range(2)]

    assert pages[0] == pages[1]
    assert user.region.evaluations.count() == 1


def test_saving_costs_eleven_statements(client, evaluation):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    save(client, evaluation, "1.2", option=option(evaluation, "1.2", 2))
    chosen = option(evaluation, "1.1", 2)
    answer = Answer.objects.get(evaluation=evaluation, question__code="1.1")
    fields = {"version": answer.version, "tampilan": "baris", "option": chosen}

    with CaptureQueriesContext(connection) as caught:
        client.post(reverse("evaluations:save", args=[evaluation.pk, "1.1"]), fields, headers={"HX-Request": "true"})

    assert len(statements(caught)) == 11


@pytest.mark.parametrize("answered", [0, 6])
@pytest.mark.parametrize(("page", "count"), [("overview", 9), ("cluster", 6), ("question", 8), ("index", 6)])
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

    assert (len(statements(caught)), page.count('data-label="Tahap"')) == (6, regions)


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
