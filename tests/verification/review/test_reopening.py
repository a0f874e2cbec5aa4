"""Giving a sent evaluation back: when, what is kept, who is told, once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from clusters.models import StageWindow
from evaluations import scores, tasks, windows
from evaluations.models import Evaluation, Sending, StageResult
from jobs.models import Job
from notices.models import Notice
from tests.factories import NOW, answer_question, make_region, make_user, send
from tests.verification.factories import close, judge, make_judge
from tests.verification.review.cases import make_open_case, review
from verification import actions

pytestmark = pytest.mark.django_db


def make_sent(**options):
    """Reviewed, sent and settled: claim 1000, expectation 900."""
    evaluation = make_open_case(**options)
    review(evaluation, "1.2", 1, reason="INCOMPLETE")
    evaluation = send(evaluation)
    if "TI" in evaluation.cycle.stages:
        scores.settle(evaluation, "TI", at=NOW, freeze=True)
    return evaluation


def reopen(evaluation, *, by=None, reason="Surat 400/12.", at=NOW):
    return actions.reopen(evaluation=evaluation, reason=reason, by=by or make_user("ADMIN"), at=at)


def results(evaluation):
    """Stage -> total, frozen."""
    rows = StageResult.objects.filter(evaluation=evaluation)
    return {each.stage: (str(each.total), each.frozen_at is not None) for each in rows}


def state_of(evaluation):
    evaluation = Evaluation.objects.get(pk=evaluation.pk)
    return evaluation.stage, evaluation.is_submitted


def test_a_reopened_evaluation_is_worked_on_sent_and_settled_again():
    evaluation = make_sent()
    scores.settle(evaluation, "VA", at=NOW)
    admin = make_user("ADMIN")
    sending = reopen(evaluation, by=admin)
    opened = state_of(evaluation), results(evaluation)
    answer_question(evaluation, "1.1", 0)
    send(evaluation)
    scores.settle(evaluation, "TI", at=NOW, freeze=True)

    assert opened == (("EM", False), {"EM": ("1000.00", False), "TI": ("900.00", False)})
    assert (state_of(evaluation), results(evaluation)) == (
        ("VA", True), {"EM": ("600.00", True), "TI": ("500.00", True)}
    )  # fmt: skip
    told = sending.reopened_by, sending.reopen_reason, sending.total, sending.expected
    assert told == (admin, "Surat 400/12.", Decimal("1000.00"), Decimal("900.00"))
    assert [each.outcome for each in Sending.objects.order_by("pk")] == ["SENT", "SENT"]
    assert AuditEvent.objects.get(action="evaluation.reopened").details == {
        "reason": "Surat 400/12.", "total": "1000.00", "expected": "900.00"
    }  # fmt: skip


def test_a_promise_to_freeze_that_comes_late_does_not_freeze_what_was_reopened():
    evaluation = make_open_case()
    review(evaluation, "1.2", 1, reason="INCOMPLETE")
    send(evaluation)
    StageResult.objects.all().delete()
    reopen(evaluation)

    for job in Job.objects.filter(kind="freeze"):
        tasks.freeze(**job.arguments)

    assert results(evaluation) == {"EM": ("1000.00", False), "TI": ("900.00", False)}


def test_everybody_of_the_region_and_its_verifiers_are_told():
    evaluation = make_sent()
    verifier = make_judge(evaluation)
    people = [make_user(role, region=evaluation.region) for role in ("STAFF", "LEADER", "REVIEWER")]
    make_user("OPERATOR", region=make_region("63.05", "Kabupaten Tapin"))
    reopen(evaluation)

    told = dict(Notice.objects.filter(key__startswith="reopened").values_list("user", "link"))
    own = set(evaluation.region.user_set.values_list("pk", flat=True))
    assert set(told) == own | {verifier.pk}
    assert {each.pk for each in people} <= own
    assert (told[verifier.pk], told[people[0].pk]) == ("", f"/evaluasi/{evaluation.pk}/")


@pytest.mark.parametrize("judged", [False, True])
@pytest.mark.parametrize("closed", [False, True])
def test_what_the_province_has_begun_stays(judged, closed):
    evaluation = make_sent()
    verifier = make_judge(evaluation)
    if judged:
        judge(evaluation, "1.1", by=verifier)
    if closed:
        close(evaluation, by=verifier, confirmed=5 if judged else 6)
    stage = state_of(evaluation)
    if judged or closed:
        with pytest.raises(actions.AlreadyJudged):
            reopen(evaluation)
    else:
        reopen(evaluation)
        stage = ("EM", False)
    assert state_of(evaluation) == stage


def test_a_verdict_after_reopening_is_refused():
    evaluation = make_sent()
    verifier = make_judge(evaluation)
    reopen(evaluation)
    with pytest.raises(actions.StageClosed):
        judge(evaluation, "1.1", by=verifier)


def test_reopening_happens_once():
    evaluation = make_sent()
    reopen(evaluation)
    with pytest.raises(actions.NotSent):
        reopen(evaluation)
    assert AuditEvent.objects.filter(action="evaluation.reopened").count() == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_reopening_needs_a_reason(reason):
    evaluation = make_sent()
    with pytest.raises(actions.WhyMissing):
        reopen(evaluation, reason=reason)
    assert state_of(evaluation) == ("VA", True)


@pytest.mark.parametrize(("seconds", "opens"), [(-1, True), (0, False)])
def test_reopening_keeps_to_the_window_of_the_self_evaluation(seconds, opens):
    evaluation = make_sent()
    at = StageWindow.objects.get(stage="EM").closes_at + timedelta(seconds=seconds)
    if opens:
        reopen(evaluation, at=at)
    else:
        with pytest.raises(windows.WindowClosed):
            reopen(evaluation, at=at)
    assert state_of(evaluation) == (("EM", False) if opens else ("VA", True))


def test_a_sending_from_before_there_was_a_history_can_be_reopened():
    evaluation = make_sent()
    Sending.objects.all().delete()
    sending = reopen(evaluation)
    assert (sending.outcome, sending.asked_at, sending.asked_by) == ("SENT", NOW, evaluation.submitted_by)


@pytest.mark.parametrize(
    ("role", "status"),
    [("ADMIN", 302), ("OPERATOR", 403), ("LEADER", 403), ("STAFF", 403), ("REVIEWER", 403), ("VERIFIER", 403)],
)
def test_only_the_administrator_reopens(client, monkeypatch, role, status):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    evaluation = make_sent()
    client.force_login(make_user(role, region=evaluation.region))

    response = client.post(reverse("verification:reopen", args=[evaluation.pk]), {"reason": "Surat 400/12."})

    assert (response.status_code, state_of(evaluation)[0]) == (status, "EM" if status == 302 else "VA")


@pytest.mark.parametrize("judged", [False, True])
def test_the_overview_offers_reopening_until_the_province_has_begun(client, monkeypatch, judged):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    evaluation = make_sent()
    if judged:
        judge(evaluation, "1.1", by=make_judge(evaluation))
        scores.settle(evaluation, "VA", at=NOW)
    client.force_login(make_user("ADMIN"))

    page = client.get(reverse("evaluations:overview", args=[evaluation.pk])).content.decode()

    assert ("/buka-kembali/" in page) is not judged
