"""What a verdict may say, when, and what the database refuses on its own."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from clusters.models import Option
from evaluations import windows
from jobs.models import Job
from tests.factories import NOW, make_cycle, make_user
from tests.verification.factories import answer_of, close, judge, make_case, make_judge
from verification import actions
from verification.models import Verdict

pytestmark = pytest.mark.django_db


def told(verdict: Verdict) -> tuple:
    return (verdict.decision, verdict.points, verdict.before_points, verdict.reason, verdict.version)


def test_accepting_keeps_the_claim_and_drops_a_stale_reason():
    evaluation = make_case()
    verdict = judge(evaluation, "1.1", by=make_judge(evaluation), reason="INCOMPLETE")
    assert told(verdict) == ("ACCEPT", Decimal("400.00"), Decimal("400.00"), "", 1)


def test_choosing_an_option_takes_its_points():
    evaluation = make_case()
    verdict = judge(evaluation, "1.2", 1, by=make_judge(evaluation), reason="NO_MATRIX", note="Matriks kosong.")
    assert told(verdict) == ("OPTION", Decimal("100.00"), Decimal("200.00"), "NO_MATRIX", 1)
    assert (verdict.option.label, verdict.note) == ("Sebagian", "Matriks kosong.")


@pytest.mark.parametrize("points", ["0", "0.01", "199.99", "200"])
def test_free_points_reach_from_zero_to_the_maximum(points):
    evaluation = make_case()
    verdict = judge(evaluation, "1.2", Decimal(points), by=make_judge(evaluation), reason="WRONG_YEAR")
    assert verdict.points == Decimal(points)


@pytest.mark.parametrize("points", ["-0.01", "-1", "200.01", "961860", "0.001", "NaN", "Infinity", "1e3"])
def test_free_points_elsewhere_are_refused(points):
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    with pytest.raises(actions.PointsOutOfRange):
        judge(evaluation, "1.2", Decimal(points), by=judge_, reason="WRONG_YEAR")
    assert Verdict.objects.count() == 0


def test_free_points_must_be_given():
    evaluation = make_case()
    with pytest.raises(actions.PointsOutOfRange):
        actions.record_verdict(
            answer=answer_of(evaluation, "1.2"), stage="VA", version=0, decision="POINTS", option=None, points=None,
            reason="WRONG_YEAR", note="", by=make_judge(evaluation), at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("option", ["another question's", None])
def test_an_option_must_belong_to_the_question(option):
    evaluation = make_case()
    foreign = Option.objects.filter(question__code="1.1").first() if option else None
    with pytest.raises(actions.ForeignOption):
        actions.record_verdict(
            answer=answer_of(evaluation, "1.2"), stage="VA", version=0, decision="OPTION", option=foreign, points=None,
            reason="WRONG_YEAR", note="", by=make_judge(evaluation), at=NOW,
        )  # fmt: skip
    assert Verdict.objects.count() == 0


@pytest.mark.parametrize(("given", "refused"), [(0, True), (1, True), (2, False), (Decimal("199.99"), True)])
def test_lowering_needs_a_reason(given, refused):
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    if refused:
        with pytest.raises(actions.ReasonNeeded):
            judge(evaluation, "1.2", given, by=judge_)
    else:
        judge(evaluation, "1.2", given, by=judge_)
    assert Verdict.objects.count() == (0 if refused else 1)


def test_a_changed_mind_keeps_the_old_verdict():
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    judge(evaluation, "1.2", 0, by=judge_, reason="UNREADABLE")
    judge(evaluation, "1.2", 1, by=judge_, reason="INCOMPLETE", version=1)
    rows = Verdict.objects.order_by("version").values_list("version", "points", "is_current")
    assert list(rows) == [(1, Decimal("0.00"), False), (2, Decimal("100.00"), True)]


def test_the_second_of_two_judges_meets_the_first_verdict():
    evaluation = make_case()
    first, second = make_judge(evaluation), make_judge(evaluation)
    judge(evaluation, "1.2", 1, by=first, reason="INCOMPLETE")
    with pytest.raises(actions.Conflict) as met:
        judge(evaluation, "1.2", 0, by=second, reason="UNREADABLE")
    assert (met.value.current.given_by, met.value.current.points) == (first, Decimal("100.00"))
    assert Verdict.objects.current().values_list("points", flat=True).get() == Decimal("100.00")


def test_a_double_click_is_one_verdict():
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    first = judge(evaluation, "1.2", 1, by=judge_, reason="INCOMPLETE")
    events = AuditEvent.objects.count()
    again = judge(evaluation, "1.2", 1, by=judge_, reason="INCOMPLETE")
    assert (again.pk, Verdict.objects.count(), AuditEvent.objects.count()) == (first.pk, 1, events)


def test_the_same_click_of_somebody_else_is_a_conflict():
    evaluation = make_case()
    judge(evaluation, "1.2", by=make_judge(evaluation))
    with pytest.raises(actions.Conflict):
        judge(evaluation, "1.2", by=make_judge(evaluation))


@pytest.mark.parametrize("version", [1, 7])
def test_a_made_up_version_is_a_conflict_with_nobody(version):
    evaluation = make_case()
    with pytest.raises(actions.Conflict) as met:
        judge(evaluation, "1.2", by=make_judge(evaluation), version=version)
    assert met.value.current is None


@pytest.mark.parametrize(
    ("seconds", "on_time"), [(-1, True), (0, False), (1, False)], ids=["one second before", "at", "one second after"]
)
def test_the_window_ends_to_the_second(seconds, on_time):
    evaluation = make_case(cycle=make_cycle(days=1))
    at = NOW + timedelta(days=1, seconds=seconds)
    judge_ = make_judge(evaluation)
    if on_time:
        judge(evaluation, "1.1", by=judge_, at=at)
    else:
        with pytest.raises(windows.WindowClosed):
            judge(evaluation, "1.1", by=judge_, at=at)
    assert Verdict.objects.count() == on_time


@pytest.mark.parametrize("stage", ["EM", "TI", "VL", "VF"])
def test_only_the_running_stage_is_judged(stage):
    evaluation = make_case()
    with pytest.raises(actions.StageClosed):
        judge(evaluation, "1.1", by=make_judge(evaluation), stage=stage)
    assert Verdict.objects.count() == 0


def test_a_closed_stage_is_not_judged_any_more():
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    close(evaluation, by=judge_, confirmed=6)
    with pytest.raises(actions.StageClosed) as met:
        judge(evaluation, "1.1", by=judge_)
    assert str(met.value) == (
        "Tahap verifikasi administrasi tidak sedang dikerjakan. Evaluasi ini sekarang pada tahap verifikasi lapangan."
    )


def test_an_unsent_evaluation_is_not_judged():
    evaluation = make_case()
    type(evaluation).objects.update(stage="EM", submitted_at=None, submitted_by=None)
    with pytest.raises(actions.StageClosed):
        judge(evaluation, "1.1", by=make_user("VERIFIER"), stage="EM")


def test_a_stage_starts_from_the_last_stage_that_touched_the_question():
    evaluation = make_case()
    first, second = make_judge(evaluation), make_judge(evaluation, "VL")
    judge(evaluation, "1.2", 1, by=first, reason="INCOMPLETE")
    close(evaluation, by=first, confirmed=5)
    touched = judge(evaluation, "1.2", by=second, stage="VL")
    untouched = judge(evaluation, "1.1", by=second, stage="VL")
    assert (touched.before_points, untouched.before_points) == (Decimal("100.00"), Decimal("400.00"))


def test_points_may_rise_without_a_reason():
    evaluation = make_case(stages=("EM", "VA", "VL"))
    judge_ = make_judge(evaluation)
    judge(evaluation, "1.2", 0, by=judge_, reason="UNREADABLE")
    close(evaluation, by=judge_, confirmed=5)
    verdict = judge(evaluation, "1.2", Decimal("150.5"), by=make_judge(evaluation, "VL"), stage="VL")
    assert told(verdict) == ("POINTS", Decimal("150.50"), Decimal("0.00"), "", 1)


def test_many_verdicts_ask_for_one_settlement():
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    for code in ("1.1", "1.2", "2.1"):
        judge(evaluation, code, by=judge_)
    jobs = Job.objects.filter(kind="settle", key=f"{evaluation.pk}:VA")
    assert [(job.generation, job.state) for job in jobs] == [(3, "WAITING")]


def test_the_trail_tells_what_changed():
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    verdict = judge(evaluation, "1.2", 1, by=judge_, reason="INCOMPLETE")
    event = AuditEvent.objects.get(action="verdict.recorded")
    assert (event.by, event.subject, event.chain.region) == (judge_, f"answer:{verdict.answer_id}", evaluation.region)
    assert event.details == {
        "stage": "VA", "version": 1, "points": ["200.00", "100.00"], "decision": "OPTION", "reason": "INCOMPLETE",
    }  # fmt: skip


BAD_ROWS = {
    "lowered without a reason": {"decision": "POINTS", "points": Decimal("1")},
    "points below zero": {"decision": "POINTS", "points": Decimal("-1"), "reason": "INCOMPLETE"},
    "accepted, yet changed": {"decision": "ACCEPT", "points": Decimal("1"), "reason": "INCOMPLETE"},
    "an option's decision without option": {"decision": "OPTION", "points": Decimal("200")},
    "a decision nobody knows": {"decision": "MAYBE", "points": Decimal("200")},
    "a second current verdict": {"decision": "ACCEPT", "points": Decimal("200"), "version": 2},
    "the same version again": {"decision": "ACCEPT", "points": Decimal("200"), "version": 1, "is_current": False},
}


@pytest.mark.parametrize("row", BAD_ROWS.values(), ids=BAD_ROWS)
def test_the_database_itself_refuses(row):
    evaluation = make_case()
    by = make_judge(evaluation)
    good = {
        "answer": answer_of(evaluation, "1.2"), "stage": "VA", "before_points": Decimal("200"), "version": 1,
        "given_at": NOW, "given_by": by,
    }  # fmt: skip
    Verdict.objects.create(**good, decision="ACCEPT", points=Decimal("200"))
    alone = {} if {"version", "is_current"} & set(row) else {"version": 2, "is_current": False}
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.create(**{**good, **alone, **row})
    assert Verdict.objects.count() == 1
