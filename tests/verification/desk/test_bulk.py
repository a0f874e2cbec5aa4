"""Accepting at once what an indicator still has unjudged: the list, the act, and what it refuses whole."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from evaluations.models import Answer
from tests.factories import NOW, make_user
from tests.verification.desk.test_listing import prove
from tests.verification.factories import answer_of, close, judge, make_case, make_judge
from verification.models import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def address(evaluation, indicator="1", cluster="K"):
    return reverse("verification:accept_indicator", args=[evaluation.pk, cluster, indicator])


def offered(client, evaluation):
    """What the list would send, by question, and which of it is ticked."""
    page = client.get(address(evaluation)).content.decode()
    rows = re.findall(r'name="pilih" id="pilih-(\d+)" value="([^"]+)"( checked)?', page)
    codes = dict(Answer.objects.values_list("pk", "question__code"))
    return {codes[int(pk)]: (sent, bool(ticked)) for pk, sent, ticked in rows}


def send(client, evaluation, *sent, stage="VA"):
    return client.post(address(evaluation), {"stage": stage, "pilih": sent})


def told():
    rows = Verdict.objects.current().order_by("answer__question__position")
    return list(rows.values_list("answer__question__code", "decision", "points"))


def test_the_list_names_what_speaks_against_and_leaves_it_unticked(client):
    evaluation = make_case()
    prove(evaluation, "1.1")
    client.force_login(make_judge(evaluation))

    found = offered(client, evaluation)

    assert {code: ticked for code, (_, ticked) in found.items()} == {"1.1": True, "1.2": False}
    assert "Tidak ada bukti" in client.get(address(evaluation)).content.decode()


def test_what_is_ticked_is_accepted_once_with_one_event_each(client):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))
    sent = [each for each, _ in offered(client, evaluation).values()]

    statuses = [send(client, evaluation, *sent).status_code for _ in range(2)]

    assert statuses == [302, 302]
    assert told() == [("1.1", "ACCEPT", Decimal(400)), ("1.2", "ACCEPT", Decimal(200))]
    assert AuditEvent.objects.filter(action="verdict.recorded").count() == 2


def test_a_given_verdict_stays_and_the_list_is_refused_whole(client):
    evaluation = make_case()
    verifier = make_judge(evaluation)
    client.force_login(verifier)
    sent = [each for each, _ in offered(client, evaluation).values()]
    judge(evaluation, "1.1", Decimal(5), by=verifier, reason="INCOMPLETE")

    response = send(client, evaluation, *sent)

    assert (response.status_code, "1.1 baru saja dinilai" in response.content.decode()) == (409, True)
    assert told() == [("1.1", "POINTS", Decimal(5))]


def test_what_changed_meanwhile_is_refused_by_name(client):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))
    sent = [each for each, _ in offered(client, evaluation).values()]
    prove(evaluation, "1.2")

    response = send(client, evaluation, *sent)

    assert (response.status_code, "bukti 1.2 berubah" in response.content.decode(), told()) == (409, True, [])


@pytest.mark.parametrize("sent", [[], ["x"], ["1"], ["9999999:0/0/0"], ["9" * 30 + ":1"], ["1\0:1"], ["-1:0/0/0"]])
def test_nonsense_accepts_nothing(client, sent):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))

    assert (send(client, evaluation, *sent).status_code, told()) == (422, [])


def test_answers_of_another_indicator_are_not_smuggled_in(client):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))
    foreign = answer_of(evaluation, "2.1")

    response = send(client, evaluation, f"{foreign.pk}:1/0/0")

    assert (response.status_code, told()) == (422, [])


@pytest.mark.parametrize(("role", "code", "status"), [("VERIFIER", "63.10", 403), ("VERIFIER", "16.10", 404)])
def test_only_who_judges_accepts(client, role, code, status):
    from tests.factories import make_region

    evaluation = make_case()
    client.force_login(make_user(role, region=make_region(code)))

    answer = answer_of(evaluation, "1.1")
    assert (send(client, evaluation, f"{answer.pk}:1/0/0").status_code, told()) == (status, [])


def test_a_closed_stage_accepts_nothing_and_says_so(client):
    evaluation = make_case(stages=("EM", "VA"))
    verifier = make_judge(evaluation)
    client.force_login(verifier)
    sent = [each for each, _ in offered(client, evaluation).values()]
    close(evaluation, by=verifier, confirmed=6)

    response = send(client, evaluation, *sent)

    assert (response.status_code in (403, 409), "ditutup" in response.content.decode(), told()) == (True, True, [])
