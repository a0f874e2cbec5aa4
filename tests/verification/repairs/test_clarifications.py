"""Questions that verifiers ask: who reads them, until when they are answered, what evidence does to the verdict."""

from datetime import timedelta

import pytest
from django.urls import reverse

from evaluations.evidence import actions as proving
from evaluations.models import Evaluation
from evaluations.worklist.standing import states_of
from notices.models import Notice
from tests.factories import NOW, make_user
from tests.verification.factories import answer_of, close, judge, make_case, make_judge
from tests.verification.repairs.test_returns import words
from verification import actions
from verification.clarifications import actions as clarifying
from verification.models import Clarification, ClarificationMessage

pytestmark = pytest.mark.django_db

DUE = NOW + timedelta(hours=48)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def case():
    """1.1 is accepted, and asked about."""
    evaluation = make_case()
    verifier, operator = make_judge(evaluation), make_user("OPERATOR", region=evaluation.region)
    judge(evaluation, "1.1", by=verifier)
    ask(evaluation, verifier)
    return Evaluation.objects.for_page().get(pk=evaluation.pk), verifier, operator


def ask(evaluation, by, text="SK tahun berapa?", at=NOW):
    return clarifying.ask(answer=answer_of(evaluation, "1.1"), stage="VA", text=text, by=by, at=at)


def state(evaluation):
    return next(line.state.value for line in states_of(evaluation).values() if line.entry.question.code == "1.1")


def test_an_answer_with_evidence_brings_the_verdict_back(case):
    evaluation, verifier, operator = case
    ask(evaluation, verifier)  # the same click again
    seen = [(state(evaluation), words(evaluation, verifier))]

    proving.attach_link(
        answer=answer_of(evaluation, "1.1"), url="https://a.example.id", title="SK", by=operator, at=DUE - NOW + NOW
        - timedelta(seconds=1),
    )  # fmt: skip
    thread = clarifying.reply(clarification=Clarification.objects.get(), text="SK 2024.", by=operator, at=NOW)

    seen.append((state(evaluation), words(evaluation, verifier)))
    assert seen == [("RETURNED", {"1.1": "Diterima"}), ("LOCKED", {"1.1": "Menunggu"})]
    assert [each.text for each in thread.messages.order_by("pk")] == ["SK tahun berapa?", "SK 2024."]
    told = dict(Notice.objects.filter(kind="CLARIFY").values_list("user__role", "text"))
    assert told == {
        "OPERATOR": "Verifikator meminta klarifikasi pertanyaan 1.1. Jawab sampai 22 Mei 2025, 10.00 WITA.",
        "VERIFIER": f"{evaluation.region.name} menjawab klarifikasi pertanyaan 1.1.",
    }


@pytest.mark.parametrize("ended", ["time", "verifier"])
def test_what_is_over_is_not_answered(case, ended):
    evaluation, verifier, operator = case
    thread, at = Clarification.objects.get(), DUE
    if ended == "verifier":
        at = NOW + timedelta(hours=1)
        clarifying.settle(clarification=thread, by=verifier, at=at)

    with pytest.raises(clarifying.Over):
        clarifying.reply(clarification=thread, text="Terlambat.", by=operator, at=at)
    assert (ClarificationMessage.objects.count(), answer_of(evaluation, "1.1").open_until) == (1, at)


def test_a_stage_waits_for_what_was_asked(case):
    evaluation, verifier, _ = case
    with pytest.raises(actions.RepairsOpen):
        close(evaluation, by=verifier, confirmed=5)
    close(evaluation, by=verifier, confirmed=5, at=DUE)

    assert Clarification.objects.get().closed_at == DUE


def test_only_both_sides_read_a_thread(case, client):
    evaluation, verifier, operator = case
    other = make_user("VERIFIER", region=evaluation.region)  # without a mandate
    page = reverse("verification:clarifications", args=[evaluation.pk, "1.1"])
    read = {}
    for name, user in {"verifier": verifier, "operator": operator, "other": other}.items():
        client.force_login(user)
        read[name] = "SK tahun berapa?" in client.get(page).content.decode()
    client.force_login(operator)
    own = client.get(reverse("evaluations:question", args=[evaluation.pk, "1.1"])).content.decode()

    assert read == {"verifier": True, "operator": True, "other": False}
    assert ("SK tahun berapa?" in own, str(verifier) in own) == (True, False)


def test_bad_messages_get_a_sentence(case, client):
    evaluation, verifier, _ = case
    client.force_login(verifier)
    address = reverse("verification:clarify", args=[evaluation.pk, "1.1"])
    sent = [{"text": " ", "stage": "VA"}, {"text": "a\0", "stage": "VA"}, {"text": "x" * 5000, "stage": "VA"}]

    statuses = [client.post(address, each).status_code for each in [*sent, {"text": "Apa?", "stage": "VL"}]]

    assert (statuses, ClarificationMessage.objects.count()) == ([422, 422, 422, 409], 1)
