"""The last cycle on pages: who sees it, what a click does, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.catalogue import catalogue_of
from evaluations.carryover import listing
from evaluations.carryover.previous import old_answers
from evaluations.models import Answer, EvidenceUse
from tests.evaluations.queries import statements
from tests.factories import answer_all, answer_question, make_office, make_user, send

pytestmark = pytest.mark.django_db


def address(evaluation, name="question", **more):
    return reverse(f"evaluations:{name}", kwargs={"pk": evaluation.pk, "code": "1.1", **more})


def points_of(evaluation, code="1.1"):
    return Answer.objects.get(evaluation=evaluation, question__code=code).points


def test_question_shows_the_old_answer_with_its_verdict(client, new, judged, operator):
    client.force_login(operator)

    page = client.get(address(new)).content.decode()

    shown = ["Evaluasi KLA 2022", "400,00 poin", "100,00 setelah verifikasi", "Hanya sampul.", "Pakai lagi"]
    assert [words for words in shown if words not in page] == []


def test_one_click_takes_answer_and_document(client, new, document, operator):
    client.force_login(operator)

    answers = [
        client.post(address(new, "take_answer"), {"version": "0"}),
        client.post(address(new, "take_documents"), {"bukti": str(document.pk)}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert (points_of(new), EvidenceUse.objects.filter(answer__evaluation=new, needs_check=True).count()) == (400, 1)
    assert "Perlu diperiksa" in client.get(address(new)).content.decode()


def test_old_documents_are_open_until_they_are_taken_over_too(client, new, document, operator):
    client.force_login(operator)
    found = []

    for name, sent in (("take_answer", {"version": "0"}), ("take_documents", {"bukti": str(document.pk)})):
        found.append("<details open>" in client.get(address(new)).content.decode())
        client.post(address(new, name), sent)
    found.append("<details open>" in client.get(address(new)).content.decode())

    assert found == [False, True, False]


def test_taking_over_keeps_the_list_that_the_question_was_opened_from(client, new, operator):
    client.force_login(operator)
    trail = "klaster=K&dari=tugas&urut=2"

    page = client.get(f"{address(new)}?{trail}").content.decode()
    taken = client.post(f"{address(new, 'take_answer')}?{trail}", {"version": "0"})

    kept = f"{address(new, 'take_answer')}?{trail}".replace("&", "&amp;")
    assert (kept in page, taken["Location"]) == (True, f"{address(new)}?{trail}#siklus-lalu")


@pytest.mark.parametrize("version", ["", "7", "x", "-1", "9" * 40, "٠"])
def test_another_version_takes_nothing(client, new, operator, version):
    client.force_login(operator)

    answer = client.post(address(new, "take_answer"), {"version": version}, follow=True)

    assert (points_of(new), "baru saja diubah" in answer.content.decode()) == (None, True)


def test_free_points_say_why_they_are_not_taken(client, new, operator):
    client.force_login(operator)

    where = reverse("evaluations:take_answer", args=[new.pk, "1.2"])
    page = client.post(where, {"version": "0"}, follow=True).content.decode()

    assert (points_of(new, "1.2"), "tanpa opsi. Pilih opsinya." in page) == (None, True)


def test_foreign_document_is_left_out(client, new, old, document, operator):
    send(old, operator)
    client.force_login(operator)

    client.post(address(new, "take_documents"), {"bukti": [str(document.pk + 99), "x", "\0"]})

    assert EvidenceUse.objects.filter(answer__evaluation=new).count() == 0


@pytest.mark.parametrize("role", ["LEADER", "REVIEWER", "ADMIN"])
def test_readers_see_it_and_take_nothing(client, new, role):
    client.force_login(make_user(role, region=new.region))

    page = client.get(address(new)).content.decode()
    posted = client.post(address(new, "take_answer"), {"version": "0"})

    assert ("Evaluasi KLA 2022" in page, "Pakai lagi" in page, posted.status_code) == (True, False, 403)


def test_verifier_sees_nothing_of_it(client, new, operator):
    send(new, operator)
    client.force_login(make_user("VERIFIER", region=new.region))

    page = client.get(address(new))
    listed = client.get(reverse("evaluations:last_cycle", args=[new.pk]))

    assert (page.status_code, "Evaluasi KLA 2022" in page.content.decode(), listed.status_code) == (200, False, 404)


def test_office_sees_the_old_answers_of_its_questions_only(client, new, old):
    answer_question(old, "3.2", 1)
    office = make_office(new.region, "disdik")
    client.force_login(make_user("STAFF", office=office))

    pages = [client.get(f"{reverse('evaluations:last_cycle', args=[new.pk])}?klaster={code}") for code in ("I", "K")]

    page = " ".join(each.content.decode() for each in pages)
    assert ("3.2 Pertanyaan" in page, "1.1 Pertanyaan" in page) == (True, False)


def test_whole_cluster_fills_its_gaps_and_no_more(client, new, old, operator):
    answer_question(old, "3.2", 1)
    answer_question(new, "1.1", 0)
    client.force_login(operator)
    page = listing.page_of(operator, new, "I")

    where = reverse("evaluations:take_answers", args=[new.pk])
    answer = client.post(where, {"klaster": "I", "soal": [pair.mark for pair in page.pairs]}, follow=True)

    assert ("1 jawaban dipakai lagi" in answer.content.decode(), points_of(new, "3.2"), points_of(new)) == (True, 50, 0)


@pytest.mark.parametrize("marks", [["3.2"], ["3.2:x"], ["3.2:0:0"], ["1.1:0"], ["\0:0"], []])
def test_odd_marks_take_nothing(client, new, old, operator, marks):
    answer_question(old, "3.2", 1)
    client.force_login(operator)

    answer = client.post(reverse("evaluations:take_answers", args=[new.pk]), {"klaster": "I", "soal": marks})

    assert (answer.status_code, points_of(new, "3.2"), points_of(new)) == (302, None, None)


def test_first_cycle_says_that_there_is_none_before(client, old, operator):
    client.force_login(operator)

    page = client.get(reverse("evaluations:last_cycle", args=[old.pk])).content.decode()

    assert "Belum ada siklus lalu" in page


def test_old_answers_cost_the_same_for_one_and_for_all(new, old, operator, django_assert_num_queries):
    entries = catalogue_of(new.cycle.instrument).entries
    answer_all(old)
    counts = []
    for number in (1, 6):
        with CaptureQueriesContext(connection) as captured:
            old_answers(operator, new, entries[:number])
        counts.append(len(statements(captured)))

    assert counts == [5, 5]
