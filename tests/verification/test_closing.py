"""The end of a stage, mandates and awards."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from clusters.models import PredicateBand, StageWindow
from evaluations import scores, windows
from evaluations.models import StageResult
from jobs.models import Job
from tests.factories import NOW, make_instrument, make_region, make_user
from tests.verification.factories import close, judge, make_case, make_judge
from verification import actions
from verification.models import Assignment, Award, Verdict

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("confirmed", [None, 0, 4, 6])
def test_closing_asks_for_exactly_the_number_unjudged(confirmed):
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    judge(evaluation, "1.1", by=judge_)
    with pytest.raises(actions.Unjudged) as met:
        actions.close_stage(evaluation=evaluation, stage="VA", confirmed_unjudged=confirmed, by=judge_, at=NOW)
    evaluation.refresh_from_db()
    assert (met.value.count, evaluation.stage, Job.objects.filter(kind="freeze", key__endswith="VA").count()) == (
        5, "VA", 0,
    )  # fmt: skip


def test_closing_freezes_and_opens_the_next_stage():
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    judge(evaluation, "1.2", 1, by=judge_, reason="INCOMPLETE")
    result = close(evaluation, by=judge_, confirmed=5)
    evaluation.refresh_from_db()
    assert (evaluation.stage, result.total, result.tier, result.answered, result.frozen_at) == (
        "VL", Decimal("900.00"), "UTAMA", 1, NOW,
    )  # fmt: skip


def test_closing_with_every_question_judged_needs_no_confirmation():
    evaluation = make_case(stages=("EM", "VA"))
    judge_ = make_judge(evaluation)
    for code in ("1.1", "1.2", "2.1", "2.2", "3.1", "3.2"):
        judge(evaluation, code, by=judge_)
    close(evaluation, by=judge_)
    evaluation.refresh_from_db()
    assert evaluation.stage == ""


def test_the_second_closing_is_told_so():
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    close(evaluation, by=judge_, confirmed=6)
    with pytest.raises(actions.AlreadyClosed):
        close(evaluation, by=judge_, confirmed=6)
    evaluation.refresh_from_db()
    assert (evaluation.stage, AuditEvent.objects.filter(action="stage.closed").count()) == ("VL", 1)


@pytest.mark.parametrize("stage", ["EM", "TI", "VL", "VF"])
def test_only_the_running_stage_is_closed(stage):
    evaluation = make_case()
    with pytest.raises((actions.StageClosed, actions.AlreadyClosed)):
        actions.close_stage(evaluation=evaluation, stage=stage, confirmed_unjudged=6, by=make_judge(evaluation), at=NOW)
    evaluation.refresh_from_db()
    assert evaluation.stage == "VA"


@pytest.mark.parametrize(("days", "closes"), [(-40, False), (0, True), (40, True)], ids=["early", "in time", "late"])
def test_a_stage_may_be_closed_from_its_opening_on(days, closes):
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    at = NOW + timedelta(days=days)
    if closes:
        close(evaluation, by=judge_, confirmed=6, at=at)
    else:
        with pytest.raises(windows.WindowClosed):
            close(evaluation, by=judge_, confirmed=6, at=at)
    assert StageResult.objects.filter(stage="VA").exists() is closes


def test_a_stage_without_window_is_not_closed():
    evaluation = make_case()
    StageWindow.objects.filter(stage="VA").delete()
    with pytest.raises(windows.WindowClosed):
        close(evaluation, by=make_judge(evaluation), confirmed=6)


def test_closing_promises_the_frozen_result():
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    actions.close_stage(evaluation=evaluation, stage="VA", confirmed_unjudged=6, by=judge_, at=NOW)
    job = Job.objects.get(kind="freeze", key=f"{evaluation.pk}:VA")
    assert (job.state, job.queue, job.arguments) == (
        "WAITING", "score", {"evaluation_id": evaluation.pk, "stage": "VA"},
    )  # fmt: skip


def test_a_frozen_result_outlives_later_changes():
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    judge(evaluation, "1.2", 1, by=judge_, reason="INCOMPLETE")
    first = close(evaluation, by=judge_, confirmed=5)
    Verdict.objects.update(points=Decimal("0"))
    again = scores.settle(evaluation, "VA", at=NOW + timedelta(days=1))
    assert (again.total, again.settled_at) == (first.total, NOW)


def test_assigning_twice_leaves_one_mandate():
    evaluation = make_case()
    verifier, admin = make_user("VERIFIER"), make_user("ADMIN")
    for _ in range(2):
        actions.assign(evaluation=evaluation, stage="VA", verifier=verifier, by=admin, at=NOW)
    assert list(Assignment.objects.values_list("stage", "verifier", "assigned_by")) == [("VA", verifier.pk, admin.pk)]
    assert AuditEvent.objects.filter(action="verifier.assigned").count() == 1


def test_unassigning_leaves_the_verdicts():
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    judge(evaluation, "1.1", by=judge_)
    for _ in range(2):
        actions.unassign(evaluation=evaluation, stage="VA", verifier=judge_, by=make_user("ADMIN"), at=NOW)
    assert (Assignment.objects.count(), Verdict.objects.count()) == (0, 1)
    assert AuditEvent.objects.filter(action="verifier.unassigned").count() == 1


@pytest.mark.parametrize("who", ["another province", "inactive", "operator"])
def test_only_active_verifiers_of_the_province_are_assigned(who):
    evaluation = make_case()
    person = {
        "another province": lambda: make_user("VERIFIER", region=make_region("62.01", "Kabupaten Lain")),
        "inactive": lambda: make_user("VERIFIER"),
        "operator": lambda: make_user("OPERATOR"),
    }[who]()
    person.is_active = who != "inactive"
    with pytest.raises(actions.NotEligible):
        actions.assign(evaluation=evaluation, stage="VA", verifier=person, by=make_user("ADMIN"), at=NOW)
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize("stage", ["EM", "TI", "VF", "XX"])
def test_mandates_exist_for_the_province_s_stages_only(stage):
    evaluation = make_case()
    with pytest.raises(actions.NotEligible):
        actions.assign(
            evaluation=evaluation, stage=stage, verifier=make_user("VERIFIER"), by=make_user("ADMIN"), at=NOW
        )


def test_a_closed_stage_keeps_its_mandates():
    evaluation = make_case()
    judge_ = make_judge(evaluation)
    close(evaluation, by=judge_, confirmed=6)
    with pytest.raises(actions.StageClosed):
        actions.unassign(evaluation=evaluation, stage="VA", verifier=judge_, by=make_user("ADMIN"), at=NOW)
    assert Assignment.objects.count() == 1


def award(region, band, number="Keputusan 12/2025", **options):
    by = options.pop("by", None) or make_user("ADMIN")
    return actions.record_award(
        region=region, year=2025, band=band, decree_number=number, decree_on=date(2025, 7, 23), by=by, at=NOW
    )


def test_an_award_is_typed_with_its_decree():
    make_instrument()
    recorded = award(make_region(), PredicateBand.objects.get(code="NINDYA"), "  Keputusan 12/2025 ")
    assert (recorded.predicate, recorded.decree_number, recorded.is_demo) == ("Nindya", "Keputusan 12/2025", False)


def test_an_award_without_decree_is_refused():
    make_instrument()
    with pytest.raises(actions.DecreeMissing):
        award(make_region(), PredicateBand.objects.get(code="NINDYA"), "  ")
    assert Award.objects.count() == 0


def test_a_corrected_award_leaves_its_old_values_in_the_trail():
    make_instrument()
    region = make_region()
    award(region, PredicateBand.objects.get(code="MADYA"))
    award(region, PredicateBand.objects.get(code="NINDYA"), "Keputusan 13/2025")
    assert list(Award.objects.values_list("predicate", "decree_number")) == [("Nindya", "Keputusan 13/2025")]
    assert AuditEvent.objects.get(action="award.corrected").details["old"] == {
        "predicate_code": "MADYA", "predicate": "Madya", "decree_number": "Keputusan 12/2025",
        "decree_on": "2025-07-23",
    }  # fmt: skip


def test_the_same_award_twice_is_one():
    make_instrument()
    region, band, admin = make_region(), PredicateBand.objects.get(code="NINDYA"), make_user("ADMIN")
    award(region, band, by=admin)
    award(region, band, by=admin)
    assert (Award.objects.count(), AuditEvent.objects.filter(action__startswith="award").count()) == (1, 1)
