"""The thread as pages show it: to whom, how much, in how many queries; what is refused stays in the field."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations.discussion import actions
from evaluations.discussion.thread import thread_of
from evaluations.models import Answer, Comment
from tests.evaluations.queries import statements
from tests.factories import NOW, make_office, make_user, send

pytestmark = pytest.mark.django_db
ATTACKS = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% load x %}",
    '"><img src=x onerror=alert(1)>',
    "@operator' OR 1=1 --",
]


def say_many(evaluation, user, count, words="Komentar"):
    answer = Answer.objects.get(evaluation=evaluation, question__code="2.1")
    for number in range(count):
        actions.say(answer=answer, text=f"{words} {number}", token=f"{number:032x}", by=user, at=NOW)
    return answer


def address(evaluation, name="question", code="2.1", **more):
    return reverse(f"evaluations:{name}", kwargs={"pk": evaluation.pk, "code": code, **more})


@pytest.mark.parametrize(
    ("role", "reads"), [("OPERATOR", True), ("LEADER", True), ("ADMIN", True), ("VERIFIER", False)]
)
def test_thread_is_the_regions_own(client, evaluation, role, reads):
    operator = make_user("OPERATOR", username="operator", region=evaluation.region)
    say_many(evaluation, operator, 1, "Rahasia dapur")
    send(evaluation, operator)
    client.force_login(make_user(role, region=evaluation.region))

    page = client.get(address(evaluation))

    assert (page.status_code, "Rahasia dapur" in page.content.decode()) == (200, reads)


def test_office_without_the_question_finds_no_thread(client, evaluation):
    say_many(evaluation, make_user("OPERATOR", region=evaluation.region), 1)
    client.force_login(make_user("STAFF", office=make_office(evaluation.region, "polres")))

    answers = [client.get(address(evaluation, "thread")), client.post(address(evaluation, "comment"), {"teks": "a"})]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_thread_costs_the_same_at_any_length(evaluation):
    operator = make_user("OPERATOR", username="operator", region=evaluation.region)
    counts = []
    for number in (1, 3):
        answer = say_many(evaluation, operator, number)
        with CaptureQueriesContext(connection) as captured:
            thread_of(operator, evaluation, answer, code="2.1")
        counts.append(len(statements(captured)))

    assert counts == [2, 2]


def test_long_thread_shows_the_newest_and_leads_to_the_rest(client, evaluation):
    operator = make_user("OPERATOR", username="operator", region=evaluation.region)
    say_many(evaluation, operator, 33, "Baris")
    client.force_login(operator)

    page, whole = (client.get(address(evaluation, name)).content.decode() for name in ("question", "thread"))

    assert ("Baris 2<" in page, "Baris 3<" in page, "Tampilkan 3 komentar sebelumnya" in page) == (False, True, True)
    assert ("Baris 0<" in whole, "sebelumnya" in whole) == (True, False)


@pytest.mark.parametrize("text", ATTACKS)
def test_words_stay_words(client, evaluation, text):
    operator = make_user("OPERATOR", username="operator", region=evaluation.region)
    client.force_login(operator)

    client.post(address(evaluation, "comment"), {"teks": text, "lembar": "a" * 32})

    page = client.get(address(evaluation)).content.decode()
    assert (Comment.objects.get().text, text in page and "<" in text) == (text, False)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"teks": "", "lembar": "a" * 32}, "Tulis komentarnya lebih dulu."),
        ({"teks": "a" * 2001, "lembar": "a" * 32}, "Komentar paling banyak 2.000 huruf."),
        ({"teks": "Sah", "lembar": "bukan"}, "Muat ulang halaman"),
        ({"teks": "Sah"}, "Muat ulang halaman"),
        ({"teks": "a\0b", "lembar": "a" * 32}, "Karakter"),
    ],
)
def test_what_is_refused_is_said_and_kept(client, evaluation, fields, sentence):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    answer = client.post(address(evaluation, "comment"), fields)

    page = answer.content.decode()
    assert (answer.status_code, sentence.lower() in page.lower(), Comment.objects.count()) == (422, True, 0)
    assert (fields["teks"].replace("\0", "")[:3] in page) is True


def test_nobody_withdraws_the_words_of_others(client, evaluation):
    say_many(evaluation, make_user("LEADER", region=evaluation.region), 1)
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    answer = client.post(address(evaluation, "withdraw_comment", comment_pk=Comment.objects.get().pk))

    assert (answer.status_code, Comment.objects.get().withdrawn_at) == (403, None)


def test_withdrawn_words_are_gone_from_the_page(client, evaluation):
    operator = make_user("OPERATOR", region=evaluation.region)
    say_many(evaluation, operator, 1, "Salah tulis")
    client.force_login(operator)

    client.post(address(evaluation, "withdraw_comment", comment_pk=Comment.objects.get().pk))

    page = client.get(address(evaluation)).content.decode()
    assert ("Salah tulis" in page, "ditarik oleh penulisnya" in page) == (False, True)


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {}])
@pytest.mark.parametrize(
    ("text", "names"),
    [("@lead tolong", ""), ("@lead @lain", "@lain"), ("@lain, @budi dan @siapa.", "@lain, @budi dan @siapa")],
)
def test_name_that_calls_nobody_is_told_once_to_the_speaker(client, evaluation, headers, text, names):
    operator = make_user("OPERATOR", username="operator", region=evaluation.region)
    make_user("LEADER", username="lead", region=evaluation.region)
    make_user("STAFF", username="lain", office=make_office(evaluation.region, "polres"))
    client.force_login(operator)

    said = {"teks": text, "lembar": "a" * 32}
    page = client.post(address(evaluation, "comment"), said, headers=headers, follow=True).content.decode()
    later = client.get(address(evaluation, "thread")).content.decode()

    assert (f"{names} tidak diberi tahu" in page) == ("tidak diberi tahu" in page) == bool(names)
    assert "tidak diberi tahu" not in later


def test_where_nobody_can_be_named_the_speaker_is_sent_to_no_list(client, evaluation):
    client.force_login(make_user("OPERATOR", username="operator", region=evaluation.region))

    said = {"teks": "@budi mohon dicek", "lembar": "a" * 32}
    page = client.post(address(evaluation, "comment"), said, headers={"HX-Request": "true"}).content.decode()

    assert "@budi tidak diberi tahu: belum ada orang lain yang dapat disebut pada pertanyaan ini." in page
