"""The repair window: who may mend what until when, who is told, what a region sees, what closing waits for."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from clusters.models import StageWindow
from evaluations import actions as answering
from evaluations import claims, windows
from evaluations.evidence import actions as proving
from evaluations.models import Answer, Evaluation
from evaluations.worklist.standing import open_tasks, states_of
from notices.models import Notice
from tests.factories import NOW, make_office, make_user
from tests.verification.factories import answer_of, close, judge, make_case, make_judge
from tests.verification.repairs.test_returns import send_back, words
from verification import actions, rules
from verification.repairs import actions as repairs
from verification.repairs.reading import OpenRepairs, open_repairs

pytestmark = pytest.mark.django_db

END = NOW + timedelta(hours=48)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The server's clock; tests move it."""
    moment = {"now": NOW}
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment["now"])
    return moment


@pytest.fixture
def case():
    """1.1 and 3.2 are returned, 1.2 is accepted; the window is open. With the verifier and the operator."""
    evaluation = make_case()
    verifier, operator = make_judge(evaluation), make_user("OPERATOR", region=evaluation.region)
    for code in ("1.1", "3.2"):
        send_back(evaluation, code, by=verifier, note=f"Lampirkan SK {code}.")
    judge(evaluation, "1.2", by=verifier)
    repairs.open_window(evaluation=evaluation, stage="VA", by=verifier, at=NOW)
    return fresh(evaluation), verifier, operator


def fresh(evaluation):
    """As a page reads it."""
    return Evaluation.objects.for_page().get(pk=evaluation.pk)


def prove(evaluation, code, by, *, at=NOW, url="https://jdih.example.id/sk"):
    """A link proves the answer."""
    return proving.attach_link(answer=answer_of(evaluation, code), url=url, title="SK", by=by, at=at)


def states(evaluation):
    """State of every question that is not locked."""
    lines = states_of(evaluation).values()
    return {line.entry.question.code: line.state.value for line in lines if line.state != "LOCKED"}


def test_only_what_was_returned_is_open_and_only_until_the_second(case):
    evaluation, _, operator = case

    prove(evaluation, "1.1", operator, at=END - SECOND)
    with pytest.raises(answering.AlreadySubmitted):
        prove(evaluation, "1.2", operator)
    with pytest.raises(windows.RepairOver) as late:
        prove(evaluation, "1.1", operator, at=END, url="https://jdih.example.id/telat")

    used = list(answer_of(evaluation, "1.1").uses.values_list("evidence__url", flat=True))
    assert used == ["https://jdih.example.id/sk"]
    assert str(late.value).startswith("Masa perbaikan pertanyaan ini berakhir 22 Mei 2025")


def test_the_claim_stays_and_the_note_moves(case):
    evaluation, _, operator = case
    answer = answer_of(evaluation, "1.1")
    said = {"answer": answer, "version": answer.version, "note": "SK ada di hal. 3.", "by": operator, "at": NOW}

    with pytest.raises(windows.ClaimStays):
        answering.save_answer(claim=claims.EMPTY, **said)
    answering.save_answer(claim=claims.standing(answer), **said)

    after = answer_of(evaluation, "1.1")
    assert (after.note, after.points) == ("SK ada di hal. 3.", answer.points)


def test_a_list_of_tasks_begins_with_what_came_back_and_ends_with_the_window(case, clock):
    evaluation, verifier, operator = case
    seen = [(states(evaluation), open_tasks(states_of(evaluation, user=operator).values()))]
    prove(evaluation, "1.1", operator)
    seen.append((states(evaluation), words(evaluation, verifier)["1.1"]))
    clock["now"] = END

    assert [*seen, states(evaluation)] == [
        ({"1.1": "RETURNED", "3.2": "RETURNED"}, 2),
        ({"1.1": "READY", "3.2": "RETURNED"}, "Menunggu"),
        {},
    ]


def test_offices_and_operators_are_told_once(case):
    evaluation, verifier, operator = case
    staff = make_user("STAFF", office=make_office(evaluation.region, "dinkes"))
    send_back(evaluation, "2.1", by=verifier, at=NOW + SECOND)
    with pytest.raises(repairs.NothingReturned):
        repairs.open_window(evaluation=make_case(code="63.05", cycle=evaluation.cycle), stage="VA", by=verifier, at=NOW)
    repairs.open_window(evaluation=evaluation, stage="VA", by=verifier, at=NOW + 2 * SECOND)

    told = Notice.objects.filter(kind="REPAIR").order_by("pk").values_list("user__username", "text")
    assert dict(told)[staff.username].startswith("Pertanyaan perangkat daerah Anda dikembalikan verifikator.")
    assert [text for name, text in told if name == operator.username] == [
        "Masa perbaikan dibuka: 2 pertanyaan dikembalikan, dapat dilengkapi sampai 22 Mei 2025, 10.00 WITA.",
        "Masa perbaikan dibuka: 1 pertanyaan dikembalikan, dapat dilengkapi sampai 22 Mei 2025, 10.01 WITA.",
    ]


def test_a_region_reads_its_returns_and_no_other_verdict(case):
    evaluation, verifier, operator = case
    send_back(evaluation, "2.2", by=verifier, at=NOW + SECOND)  # not opened yet

    seen = set(rules.visible_verdicts(operator).values_list("answer__question__code", flat=True))

    assert (seen, rules.counted_verdicts(operator).count()) == ({"1.1", "3.2"}, 0)


def test_a_stage_is_not_closed_over_open_repairs(case):
    evaluation, verifier, operator = case
    prove(evaluation, "1.1", operator)
    found = open_repairs(evaluation, NOW)
    with pytest.raises(actions.RepairsOpen) as refusal:
        close(evaluation, by=verifier, confirmed=4)
    later = END + timedelta(days=60)
    StageWindow.objects.filter(cycle=evaluation.cycle, stage="VA").update(closes_at=END)
    judge(evaluation, "1.1", by=verifier, version=1, at=later)  # judged again after the stage's window

    close(evaluation, by=verifier, confirmed=3, at=later)

    assert (found, refusal.value.count) == (OpenRepairs(1, 1), 2)
    assert not Answer.objects.exclude(open_until=None).exists()


def test_more_time_is_given_for_a_reason_by_the_administrator(case, client):
    evaluation, verifier, operator = case
    window, late = evaluation.repairs.get(), END + timedelta(hours=5)
    address = reverse("verification:extend_repairs", args=[evaluation.pk, window.pk])
    client.force_login(make_user("ADMIN"))

    refused = [
        client.post(address, {"until": "2025-05-22T09:00", "reason": "Listrik padam"}).status_code,
        client.post(address, {"until": "2025-05-22T15:00", "reason": " "}).status_code,
        client.post(address, {"until": "2025-13-99", "reason": "x\0"}).status_code,
    ]
    client.post(address, {"until": "2025-05-22T15:00", "reason": "Listrik padam"})
    prove(evaluation, "1.1", operator, at=late - SECOND)

    assert refused == [409, 422, 422]
    event = AuditEvent.objects.get(action="repair.extended")
    assert (event.details["reason"], evaluation.repairs.get().closes_at) == ("Listrik padam", late)


def test_doors_of_evidence_stay_shut_for_those_who_do_not_answer(case, client):
    evaluation, verifier, operator = case
    address = reverse("evaluations:attach_link", args=[evaluation.pk, "1.1"])
    given = {"tautan": "https://jdih.example.id/sk", "judul": "SK"}
    statuses = {}
    for user in (verifier, make_user("REVIEWER", region=evaluation.region), make_user("ADMIN"), operator):
        client.force_login(user)
        statuses[user.role] = client.post(address, given).status_code

    assert statuses == {"VERIFIER": 403, "REVIEWER": 403, "ADMIN": 403, "OPERATOR": 302}
    assert answer_of(evaluation, "1.1").uses.count() == 1


def test_pages_say_until_when(case, client, clock):
    evaluation, verifier, operator = case
    pages = {
        operator: ["evaluations:overview", "evaluations:tasks", "evaluations:question"],
        verifier: ["verification:repairs"],
    }
    said = {}
    for user, names in pages.items():
        client.force_login(user)
        for name in names:
            args = [evaluation.pk, "1.1"] if name.endswith("question") else [evaluation.pk]
            said[name] = "22 Mei 2025, 10.00 WITA" in client.get(reverse(name, args=args)).content.decode()
    client.force_login(operator)
    clock["now"] = END
    late = client.get(reverse("evaluations:question", args=[evaluation.pk, "1.1"])).content.decode()

    assert said == dict.fromkeys(said, True)
    assert "Lampirkan SK 1.1." not in late
