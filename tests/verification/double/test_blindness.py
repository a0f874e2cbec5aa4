"""What nobody sees before their own word: pages are the same, to the byte, whatever the other has found."""

import re
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

from evaluations import scores
from tests.factories import NOW
from tests.verification.double.cases import give, reading_of, twice
from tests.verification.factories import judge
from verification.notes import actions as noting

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"')


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def pages(case):
    """Everything a verifier can open about a case and a question of it."""
    of_case = ("verification:desk", "verification:close", "verification:recap", "verification:double",
               "verification:repairs", "evaluations:overview", "evaluations:library", "reports:index")  # fmt: skip
    of_question = ("verification:question", "verification:story", "verification:double_read", "evaluations:question",
                   "verification:double_settle")  # fmt: skip
    evidence = reading_of(case, "1.1").answer.uses.get().evidence_id
    return [
        *(reverse(each, args=[case.pk]) for each in of_case),
        *(reverse(each, args=[case.pk, "1.1"]) for each in of_question),
        reverse("verification:desk", args=[case.pk]) + "?klaster=&keadaan=turun",
        reverse("verification:desk", args=[case.pk]) + "?klaster=&keadaan=kembali",
        reverse("evaluations:cluster", args=[case.pk, "K"]),
        reverse("evaluations:evidence", args=[case.pk, evidence]),
        *(reverse(f"verification:{each}") for each in ("board", "losses", "board_csv", "agreement")),
        reverse("evaluations:index"), reverse("notices:index"), reverse("home"),
    ]  # fmt: skip


def seen(client, user, case):
    client.force_login(user)
    found = {}
    for address in pages(case):
        answer = client.get(address)
        found[address] = (answer.status_code, TOKEN.sub("", answer.content.decode()))
    return found


def first_says(two, points, note, *, is_return=False):
    """The first verdict, a mark on the evidence, the moving total settled anew."""
    judge(two.case, "1.1", Decimal(points), by=two.first, reason="INCOMPLETE", note=note, is_return=is_return)
    answer = reading_of(two.case, "1.1").answer
    noting.write(answer=answer, evidence=answer.uses.get().evidence, page=None, text=note, by=two.first, at=NOW)
    scores.settle(two.case, "VA", at=NOW)


def after(two, client, user, act):
    """What a person sees after something that is undone again."""
    with transaction.atomic():
        act()
        found = seen(client, user, two.case)
        transaction.set_rollback(True)
    return found


def test_the_second_reader_sees_nothing_of_the_first_verdict(client):
    two = twice()
    scores.settle(two.case, "VA", at=NOW)

    before = seen(client, two.second, two.case)
    low = after(two, client, two.second, lambda: first_says(two, "123.45", "Rahasia pertama"))
    back = after(two, client, two.second, lambda: first_says(two, "77.77", "Rahasia lain", is_return=True))

    assert [address for address in before if before[address] != low[address]] == []
    assert [address for address in before if before[address] != back[address]] == []
    assert sum(status == 200 for status, _ in before.values()) >= 14


def test_the_first_judge_sees_nothing_of_the_second_before_their_own(client):
    two = twice()

    before = seen(client, two.first, two.case)
    given = after(two, client, two.first, lambda: give(two.case, "1.1", Decimal("123.45"), by=two.second, note="Diam"))

    assert [address for address in before if before[address] != given[address]] == []


def test_nobody_is_told_which_question_is_being_read_twice(client):
    two = twice()
    client.force_login(two.second)
    client.get(reverse("verification:double_read", args=[two.case.pk, "1.2"]))
    client.get(reverse("verification:presence", args=[two.case.pk, "1.2"]), headers={"HX-Request": "true"})
    client.force_login(two.first)

    page = client.get(reverse("verification:question", args=[two.case.pk, "1.1"])).content.decode()

    assert str(two.second) + " di" not in page


def test_nor_does_a_coordinator_who_will_be_the_first(client):
    two = twice()

    before = seen(client, two.coordinator, two.case)
    given = after(two, client, two.coordinator, lambda: give(two.case, "3.1", Decimal("12.34"), by=two.second))

    changed = [address for address in before if before[address] != given[address]]
    assert changed == [reverse("verification:double", args=[two.case.pk])]  # the count of the given alone
    assert "12,34" not in given[changed[0]][1]


def test_afterwards_each_sees_the_other(client):
    two = twice()
    first_says(two, "123.45", "Kata pertama")
    give(two.case, "1.1", Decimal("98.76"), by=two.second, note="Kata kedua")

    found = {}
    for user in (two.first, two.second, two.coordinator):
        client.force_login(user)
        page = client.get(reverse("verification:double_settle", args=[two.case.pk, "1.1"])).content.decode()
        found[user] = ("123,45" in page, "98,76" in page, "Kata pertama" in page)

    assert set(found.values()) == {(True, True, True)}


def test_a_blind_save_is_refused_without_a_word_about_what_stands(client):
    two = twice()
    first_says(two, "123.45", "Rahasia pertama")
    client.force_login(two.second)

    response = client.post(
        reverse("verification:judge", args=[two.case.pk, "1.1"]), {"stage": "VA", "version": 0, "choice": "terima"}
    )

    page = response.content.decode()
    assert (response.status_code, "123,45" in page, "Rahasia" in page) == (403, False, False)
