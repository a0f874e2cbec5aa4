"""The list of tasks: what stands in it, in which order, for whom; filters, pages, deep links, its price."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.catalogue import _read
from clusters.models import Question
from evaluations.models import Answer, Responsibility
from evaluations.worklist import tasks_page
from tests.evaluations.places.world import ask_all_villages, clerk_of, count_by, make_places
from tests.evaluations.queries import statements
from tests.evaluations.worklist.factories import answer_to, prove
from tests.factories import PASSWORD, answer_all, answer_question, make_office, make_region, make_user, send

pytestmark = pytest.mark.django_db


def opened(client, evaluation, user, query=""):
    """The page as somebody gets it."""
    client.force_login(user)
    return client.get(f"{reverse('evaluations:tasks', args=[evaluation.pk])}{query}")


def codes(response):
    """Codes of the rows in their order; those folded at the end come after a bar."""
    page = response.content.decode()
    rows, _, done = page.partition('<ul class="links tasks-done">')
    found = re.findall(r'id="t-([\w.]+)"', rows)
    return found + (["|", *re.findall(r'id="t-([\w.]+)"', done)] if done else [])


def due(evaluation, code, day):
    """The region's own date for all offices of a question."""
    Responsibility.objects.filter(evaluation=evaluation, question__code=code).update(due_on=day)


def test_tasks_come_back_first_then_doubtful_then_by_date_then_by_points_then_done(
    client, evaluation, operator, send_back
):
    due(evaluation, "3.2", date(2025, 6, 1))
    answer_question(evaluation, "1.1", 2)
    prove(evaluation, "1.1", operator)
    Answer.objects.filter(question__code="2.2").update(needs_check=True)
    send_back("2.1")

    response = opened(client, evaluation, operator)

    page = response.content.decode()
    assert codes(response) == ["2.1", "2.2", "3.2", "1.2", "3.1", "|", "1.1"]
    shown = ["Hanya sampul", "Unggah dokumen utuh.", "Penelaah Uji", "Sampai 1 Juni 2025", "Selesai"]
    assert [text for text in shown if text not in page] == []


def test_a_date_that_has_passed_is_called_late(client, evaluation, dinkes):
    due(evaluation, "1.1", date(2025, 5, 19))
    due(evaluation, "1.2", date(2025, 5, 20))  # today

    page = opened(client, evaluation, dinkes).content.decode()

    assert re.findall(r"(Lewat batas|Sampai) (\d+ Mei 2025)", page) == [
        ("Lewat batas", "19 Mei 2025"), ("Sampai", "20 Mei 2025")
    ]  # fmt: skip


def test_staff_see_their_own_with_their_part_in_it(client, evaluation, disdik, dinkes):
    assert codes(opened(client, evaluation, disdik)) == ["3.1", "2.1", "2.2", "3.2"]
    page = opened(client, evaluation, dinkes).content.decode()
    assert (page.count(">Memimpin</span>"), page.count(">Mendukung</span>")) == (2, 4)
    assert (page.count(">Isi jawaban<"), page.count(">Tambahkan bukti<")) == (2, 4)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["1.1", "1.2", "3.1", "2.1", "2.2", "3.2"]),
        ("?klaster=K", ["1.1", "1.2", "2.1", "2.2"]),
        ("?indikator=3", ["3.1", "3.2"]),
        ("?klaster=K&indikator=3", []),
        ("?peran=memimpin", ["1.1", "1.2"]),
        ("?peran=mendukung", ["3.1", "2.1", "2.2", "3.2"]),
        ("?keadaan=draf", ["3.2"]),
        ("?keadaan=terbuka", ["1.1", "1.2", "3.1", "2.1", "2.2", "3.2"]),
        ("?keadaan=siap", []),
        ("?keadaan=apa+saja&opd=x&peran=%27&halaman=zzz", ["1.1", "1.2", "3.1", "2.1", "2.2", "3.2"]),
        ("?cari=PERTANYAAN+1.", ["1.1", "1.2"]),
        ("?cari=3.2", ["3.2"]),
        ("?klaster=K&klaster=I", ["3.1", "3.2"]),
    ],
)
def test_filters_cut_the_list_down(client, evaluation, dinkes, query, expected):
    answer_question(evaluation, "3.2", 2)

    response = opened(client, evaluation, dinkes, query)

    assert (response.status_code, codes(response)) == (200, expected)


def test_those_who_answer_for_the_region_filter_by_office_and_its_part(client, evaluation, operator):
    office = make_office(evaluation.region, "disdik")

    found = [
        codes(opened(client, evaluation, operator, f"?opd={office.pk}{more}")) for more in ("", "&peran=mendukung")
    ]

    assert found == [["3.1", "2.1", "2.2", "3.2"], []]


@pytest.mark.parametrize("query", ["?cari=" + "a" * 5000, "?opd=99999999999999999999", "?halaman=1e9", "?urut=-1"])
def test_strange_addresses_show_the_list(client, evaluation, operator, query):
    assert opened(client, evaluation, operator, query).status_code == 200


def test_long_lists_come_in_pages_and_done_at_the_end(client, evaluation, operator, monkeypatch):
    monkeypatch.setattr(tasks_page, "PER_PAGE", 2)
    answer_question(evaluation, "1.1", 0)

    pages = [codes(opened(client, evaluation, operator, f"?halaman={number}")) for number in (1, 2, 3)]

    assert pages == [["1.2", "3.1"], ["2.1", "2.2"], ["3.2", "|", "1.1"]]


def test_link_with_filters_survives_the_log_in(client, evaluation, dinkes):
    address = f"{reverse('evaluations:tasks', args=[evaluation.pk])}?keadaan=terbuka&klaster=K&cari=gugus+tugas"

    asked = client.get(address)
    page = client.get(asked["Location"]).content.decode()
    there = client.post(
        asked["Location"],
        {
            "login": dinkes.username,
            "password": PASSWORD,
            "next": re.search(r'name="next" value="([^"]*)"', page)[1].replace("&amp;", "&"),
        },
    )

    assert (asked.status_code, there.status_code, there["Location"]) == (302, 302, address)


@pytest.mark.parametrize(("role", "place"), [("STAFF", "tasks"), ("REVIEWER", "overview"), ("LEADER", "overview")])
def test_staff_land_on_their_tasks(client, evaluation, role, place):
    client.force_login(make_user(role, region=evaluation.region))

    response = client.get("/", follow=True)

    assert response.request["PATH_INFO"] == reverse(f"evaluations:{place}", args=[evaluation.pk])


@pytest.mark.parametrize("role", ["STAFF", "OPERATOR", "REVIEWER", "LEADER"])
def test_short_address_leads_to_the_list(client, evaluation, role):
    client.force_login(make_user(role, region=evaluation.region))

    assert client.get(reverse("evaluations:my_tasks"))["Location"] == reverse("evaluations:tasks", args=[evaluation.pk])


def test_counter_of_any_other_page_is_that_of_the_list_until_the_evaluation_is_sent(client, evaluation):
    client.force_login(make_user("STAFF", region=evaluation.region))
    listed = client.get(reverse("evaluations:tasks", args=[evaluation.pk])).context["standing"].open_tasks
    asked = client.get(reverse("evaluations:my_count"))
    send(evaluation)
    sent = client.get(reverse("evaluations:my_count"))
    client.force_login(make_user("VERIFIER", region=evaluation.region))
    judge = client.get(reverse("evaluations:my_count"))

    assert listed > 0
    assert asked.content.decode().startswith(f'<span class="tasks-count num" id="tugas-atas">{listed}</span>')
    assert [(each.status_code, each.content) for each in (sent, judge)] == [(204, b"")] * 2


def test_list_carries_nothing_of_another_region(client, evaluation):
    answer_all(evaluation)
    stranger = make_user("STAFF", region=make_region("16.10"))

    assert opened(client, evaluation, stranger).status_code == 404


def test_sent_evaluation_has_a_locked_list(client, evaluation, operator, dinkes):
    sent = send(evaluation, operator)

    response = opened(client, sent, dinkes)

    assert codes(response) == ["|", "1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]
    assert "tugas-jumlah" not in response.content.decode()


@pytest.mark.parametrize("more", ["", "?klaster=I", "?keadaan=siap"])
@pytest.mark.parametrize("answered", [False, True])
def test_list_costs_the_same_for_any_number(client, evaluation, operator, answered, more):
    if answered:
        answer_all(evaluation)
        prove(evaluation, "1.1", operator)
    opened(client, evaluation, operator, more)

    with CaptureQueriesContext(connection) as caught:
        client.get(f"{reverse('evaluations:tasks', args=[evaluation.pk])}{more}")

    assert len(statements(caught)) == 7  # session, user, bell, region; evaluation, answers, offices


def test_notes_and_documents_are_searched(client, evaluation, operator):
    answer_question(evaluation, "1.1", 2)
    Answer.objects.filter(question__code="1.2").update(note="Disusun bersama Forum Anak")
    prove(evaluation, "2.1", operator, title="Peraturan Bupati 7/2024")
    assert answer_to(evaluation, "1.2").note

    found = [
        codes(opened(client, evaluation, operator, f"?cari={words}"))
        for words in ("forum", "BUPATI", "peraturan 7/2024", "forum bupati")
    ]

    assert found == [["1.2"], ["2.1"], ["2.1"], []]


@pytest.mark.parametrize(
    ("words", "found"), [("21b", ["21B.1", "21B.2"]), ("21B.2", ["21B.2"]), ("1b", []), ("%", []), ("_", [])]
)
def test_a_question_is_found_by_the_beginning_of_its_code(client, evaluation, operator, words, found):
    for code in ("2.1", "2.2"):
        Question.objects.filter(code=code).update(code=f"21B.{code[-1]}")
    _read.cache_clear()

    assert codes(opened(client, evaluation, operator, f"?cari={words}")) == found


def test_a_kecamatan_is_led_to_its_rows(client, evaluation):
    make_places(evaluation.region)
    count_by(evaluation, "village")
    ask_all_villages(evaluation)

    page = opened(client, evaluation, clerk_of("63.10.01")).content.decode()

    assert page.count(">Lengkapi lembar centang dan bukti<") == 1
