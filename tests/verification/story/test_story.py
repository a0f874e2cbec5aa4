"""The story of a question: what each reader finds in it, in which order, and what stays hidden."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from evaluations import scores
from evaluations.discussion import actions as talking
from evaluations.evidence import actions as proving
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
from tests.verification.factories import answer_of, close, judge, make_judge
from verification.clarifications import actions as clarifying
from verification.notes import actions as noting
from verification.repairs import actions as repairs

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def case():
    """Two cycles: in the last one 1.2 was lowered in its VA; in this one it is judged at VL, after a closed VA."""
    last = make_cycle(code="2023", stages=("EM", "VA"))
    last.award_year = 2024
    last.save()
    operator, region = make_user("OPERATOR"), make_region()
    old = make_evaluation(region, last)
    answer_all(old)
    old_judge = make_judge(send(old, operator))
    judge(old, "1.2", Decimal("55"), by=old_judge, reason="IRRELEVANT", note="Siklus lalu.")
    close(old, by=old_judge, confirmed=5)
    cycle = make_cycle(last.instrument, stages=("EM", "TI", "VA", "VL"))
    return told(make_evaluation(region, cycle), operator)


def told(now, operator):
    """The way of 1.2 in this cycle, one hour after the other."""
    answer_question(now, "1.2", 1, at=NOW - 9 * HOUR)  # a draft that is never sent
    answer = Answer.objects.select_related("question", "evaluation").get(evaluation=now, question__code="1.2")
    talking.say(answer=answer, text="Hanya antara kita", token="a" * 32, by=operator, at=NOW)
    answer_all(now, at=NOW - 8 * HOUR)
    judge(now, "1.2", Decimal("77"), by=make_user("REVIEWER"), stage="TI", reason="DUPLICATE", note="Telaah kita.",
          at=NOW - 7 * HOUR)  # fmt: skip
    dropped = proving.attach_link(answer=answer, url="https://a.example.id/lama", title="Draf lama", by=operator,
                                  at=NOW - 7 * HOUR)  # fmt: skip
    proving.detach(use=dropped, by=operator, at=NOW - 7 * HOUR)
    kept = proving.attach_link(answer=answer, url="https://a.example.id/sk", title="SK yang terkirim", by=operator,
                               at=NOW - 7 * HOUR)  # fmt: skip
    send(now, operator, at=NOW - 6 * HOUR)
    first = make_judge(now)
    judge(now, "1.2", Decimal("120"), by=first, reason="INCOMPLETE", note="Pertama.", at=NOW - 5 * HOUR)
    noting.write(answer=answer, evidence=kept.evidence, page=None, text="Hanya sampul", by=first, at=NOW - 5 * HOUR)
    judge(now, "1.2", Decimal("150"), by=first, reason="INCOMPLETE", note="Kedua.", version=1, at=NOW - 4 * HOUR)
    close(now, by=first, confirmed=5, at=NOW - 3 * HOUR)
    scores.settle(now, "VA", at=NOW - 3 * HOUR, freeze=True)
    judge(now, "1.2", Decimal("180"), by=make_judge(now, "VL"), stage="VL", note="Lapangan.", at=NOW - 2 * HOUR)
    now.refresh_from_db()
    return now


TOLD = re.compile(
    r"Klaim dikirim|Draf lama|SK yang terkirim|Telaah kita\.|Pertama\.|Hanya sampul|Kedua\.|Lapangan\.|Siklus lalu\."
    r"|Hanya antara kita"
)
THIS = ["Klaim dikirim", "Pertama.", "SK yang terkirim", "Hanya sampul", "Kedua."]


@pytest.mark.parametrize(
    ("role", "found"),
    [
        ("VERIFIER", ["SK yang terkirim", *THIS, "Lapangan.", "Klaim dikirim", "Siklus lalu."]),
        ("OPERATOR", ["SK yang terkirim", "Klaim dikirim", "Telaah kita.", *THIS[1:], "Klaim dikirim", "Siklus lalu."]),
        ("ADMIN", ["SK yang terkirim", "Klaim dikirim", "Telaah kita.", *THIS[1:], "Lapangan.", "Klaim dikirim",
                   "Siklus lalu."]),
    ],
)  # fmt: skip
def test_each_reader_gets_the_story_in_order(client, case, role, found):
    client.force_login(make_user(role))

    page = client.get(reverse("verification:story", args=[case.pk, "1.2"])).content.decode()

    assert TOLD.findall(page) == found
    assert "tidak berlaku lagi" in page


def test_staff_read_the_story_of_their_own_questions_only(client, case):
    client.force_login(make_user("STAFF", office=make_office(case.region, "lain")))

    assert client.get(reverse("verification:story", args=[case.pk, "1.2"])).status_code == 404


def test_an_unsent_evaluation_tells_nothing_yet(client):
    evaluation = make_evaluation()
    answer_question(evaluation, "1.2", 2)
    client.force_login(make_user("OPERATOR"))

    page = client.get(reverse("verification:story", args=[evaluation.pk, "1.2"])).content.decode()

    assert ("Kisahnya dimulai saat dikirim" in page, "Klaim dikirim" in page) == (True, False)


def test_a_region_reads_why_it_was_returned_not_what_it_is_worth_nor_by_whom(client, case):
    verifier, answer = make_judge(case, "VL", username="hakim"), answer_of(case, "1.2")
    verifier.last_name = "Rahasia Hakim"
    verifier.save()
    judge(
        case, "1.2", Decimal("12.34"), by=verifier, stage="VL", version=answer.verdicts.filter(stage="VL").count(),
        reason="INCOMPLETE", note="Lampirkan SK.", is_return=True,
    )  # fmt: skip
    noting.write(
        answer=answer, evidence=answer.uses.get(removed_at=None).evidence, page=None, text="Cap?", by=verifier, at=NOW
    )
    repairs.open_window(evaluation=case, stage="VL", by=verifier, at=NOW)
    clarifying.ask(answer=answer, stage="VL", text="Mana SK-nya?", by=verifier, at=NOW)

    pages = {}
    for who in (verifier, make_user("OPERATOR")):
        client.force_login(who)
        page = client.get(reverse("verification:story", args=[case.pk, "1.2"])).content.decode()
        pages[who.role] = [word in page for word in ("Lampirkan SK.", "Cap?", "Mana SK-nya?", "12,34", "Rahasia Hakim")]

    assert pages == {"VERIFIER": [True] * 5, "OPERATOR": [True, True, True, False, False]}


def test_a_longer_story_costs_the_same(client, case, django_assert_num_queries):
    client.force_login(make_user("VERIFIER"))
    addresses = [reverse("verification:story", args=[case.pk, code]) for code in ("1.1", "1.2")]
    client.get(addresses[0])

    for address in addresses:
        with django_assert_num_queries(15):
            client.get(address)
