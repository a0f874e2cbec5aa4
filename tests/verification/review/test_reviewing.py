"""Verdicts before sending: what they are worth, whom they bind, when they can be given."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from clusters.models import StageWindow
from clusters.stages import Stage
from evaluations import scores, tasks, windows
from evaluations.models import StageResult
from evaluations.progress import points_sheet
from evaluations.settling_many import settle_many
from jobs.models import Job
from tests.factories import NOW, answer_question, make_user, send
from tests.verification.factories import close, judge, make_judge
from tests.verification.review.cases import make_open_case, make_reviewer, review, send_back
from verification import actions, recap
from verification.models import Verdict

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def totals(evaluation):
    """Stored results: stage -> total, tier, answered, frozen."""
    rows = StageResult.objects.filter(evaluation=evaluation)
    return {each.stage: (str(each.total), each.tier, each.answered, each.frozen_at is not None) for each in rows}


def test_a_review_is_judged_like_any_stage_and_settled_beside_the_claims():
    evaluation = make_open_case()
    reviewer = make_reviewer(evaluation)
    review(evaluation, "1.1", by=reviewer)
    verdict = review(evaluation, "1.2", 1, by=reviewer, reason="INCOMPLETE", note="Satu tahun saja.")
    for stage in ("EM", "TI"):
        scores.settle(evaluation, stage, at=NOW)

    assert (verdict.before_points, verdict.points, verdict.is_return) == (Decimal("200.00"), Decimal("100.00"), False)
    assert totals(evaluation) == {"EM": ("1000.00", "KLA", 6, False), "TI": ("900.00", "UTAMA", 2, False)}
    jobs = Job.objects.filter(key=f"{evaluation.pk}:TI").values_list("kind", "state")
    assert list(jobs) == [("settle", "WAITING")]


def test_settling_the_claims_moves_a_review_that_has_begun():
    evaluation = make_open_case()
    review(evaluation, "1.2", 1, reason="INCOMPLETE")
    tasks.settle(evaluation_id=evaluation.pk, stage="EM")
    assert "TI" not in totals(evaluation)
    tasks.settle(evaluation_id=evaluation.pk, stage="TI")

    answer_question(evaluation, "1.1", 1)
    tasks.settle(evaluation_id=evaluation.pk, stage="EM")

    assert totals(evaluation) == {"EM": ("800.00", "NINDYA", 6, False), "TI": ("700.00", "MADYA", 1, False)}


def test_many_reviews_are_settled_together():
    evaluation = make_open_case()
    review(evaluation, "1.2", 1, reason="INCOMPLETE")

    assert settle_many([evaluation.pk], Stage.TI, at=NOW) == 1
    assert totals(evaluation) == {"TI": ("900.00", "UTAMA", 1, False)}


def test_sending_leads_to_the_province_and_freezes_the_review():
    evaluation = make_open_case()
    review(evaluation, "1.2", 1, reason="INCOMPLETE")
    evaluation = send(evaluation)
    for job in Job.objects.filter(kind="freeze"):
        tasks.freeze(**job.arguments)

    assert (evaluation.stage, totals(evaluation)) == (
        "VA", {"EM": ("1000.00", "KLA", 6, True), "TI": ("900.00", "UTAMA", 1, True)}
    )  # fmt: skip
    with pytest.raises(actions.StageClosed):
        review(evaluation, "1.1")


def test_the_province_starts_from_the_claim_and_not_from_the_review():
    evaluation = make_open_case()
    review(evaluation, "1.2", 0, reason="UNREADABLE")
    evaluation = send(evaluation)
    first, second = make_judge(evaluation), make_judge(evaluation, "VL")
    accepted = judge(evaluation, "1.2", by=first)
    close(evaluation, by=first, confirmed=5)
    field = judge(evaluation, "1.1", by=second, stage="VL")
    sheet = points_sheet(type(evaluation).objects.get(pk=evaluation.pk))

    assert (accepted.before_points, field.before_points) == (Decimal("200.00"), Decimal("400.00"))
    assert [str(sheet.score_at(stage).total) for stage in Stage] == [
        "1000.00", "800.00", "1000.00", "1000.00", "1000.00"
    ]  # fmt: skip


def test_the_recap_leaves_the_review_out():
    evaluation = make_open_case()
    review(evaluation, "1.2", 0, reason="UNREADABLE")
    evaluation = send(evaluation)
    verifier = make_judge(evaluation)
    judge(evaluation, "1.1", 1, by=verifier, reason="INCOMPLETE")
    close(evaluation, by=verifier, confirmed=5)
    evaluation.refresh_from_db()

    for role in ("OPERATOR", "ADMIN"):
        found = recap.build(make_user(role, region=evaluation.region), evaluation)
        told = [(each.stage.value, each.total) for each in found.columns]
        assert told == [("EM", Decimal("1000.00")), ("VA", Decimal("800.00"))]
        assert [(part.label, part.amount) for part in found.by_reason] == [
            ("Bukti tidak lengkap", Decimal("-200.00"))
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("own_window", "moment", "open_"),
    [
        (False, timedelta(days=30, seconds=-1), True),  # without a window of its own: that of the self-evaluation
        (False, timedelta(days=30), False),
        (True, timedelta(days=1, seconds=-1), True),
        (True, timedelta(days=1), False),  # its own ends earlier
        (True, timedelta(days=-1), True),
        (True, timedelta(days=-1, seconds=-1), False),
    ],
)
def test_a_review_is_in_time_by_its_own_window_or_that_of_the_self_evaluation(own_window, moment, open_):
    evaluation = make_open_case()
    StageWindow.objects.filter(stage="TI").delete()
    if own_window:
        StageWindow.objects.create(cycle=evaluation.cycle, stage="TI", opens_at=NOW - DAY, closes_at=NOW + DAY)
    if open_:
        review(evaluation, "1.1", at=NOW + moment)
    else:
        with pytest.raises(windows.WindowClosed, match="Telaah internal"):
            review(evaluation, "1.1", at=NOW + moment)
    assert Verdict.objects.count() == open_


@pytest.mark.parametrize("stage", ["EM", "TI"])
def test_a_cycle_without_a_review_knows_no_verdict_before_sending(stage):
    evaluation = make_open_case(stages=("EM", "VA"))
    with pytest.raises(actions.StageClosed):
        judge(evaluation, "1.1", by=make_reviewer(evaluation), stage=stage)
    assert Verdict.objects.count() == 0


@pytest.mark.parametrize("stage", ["EM", "TI"])
def test_sending_ends_the_review_and_nothing_else_does(stage):
    evaluation = make_open_case()
    with pytest.raises(actions.StageClosed):
        actions.close_stage(
            evaluation=evaluation, stage=stage, confirmed_unjudged=6, by=make_reviewer(evaluation), at=NOW
        )
    evaluation.refresh_from_db()
    assert (evaluation.stage, Job.objects.filter(kind="freeze").count()) == ("EM", 0)


def test_an_answer_that_moved_since_it_was_read_is_not_judged():
    evaluation = make_open_case()
    first = review(evaluation, "1.1")
    answer_question(evaluation, "1.1", 1)

    with pytest.raises(actions.Changed):
        review(evaluation, "1.1", version=1, seen=first.seen)
    again = review(evaluation, "1.1", version=1)

    assert (again.before_points, again.points, first.seen, again.seen) == (
        Decimal("200.00"), Decimal("200.00"), "1/0/0", "2/0/0"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"reason": ""}, actions.ReasonNeeded),
        ({"note": " "}, actions.NoteNeeded),
        ({"reason": "", "note": ""}, actions.ReasonNeeded),
    ],
)
def test_sending_back_needs_a_reason_and_a_note(words, refusal):
    evaluation = make_open_case()
    with pytest.raises(refusal):
        send_back(evaluation, "1.1", **words)
    assert (Verdict.objects.count(), AuditEvent.objects.filter(action="answer.returned").count()) == (0, 0)
