"""What waits again after a repair is counted as waiting wherever judges are reminded and their load is shown."""

from datetime import timedelta

import pytest

from clusters.models import StageWindow
from evaluations.deadlines import reminders
from notices.models import Notice
from tests.factories import NOW, make_user
from tests.verification.double.cases import give, twice
from tests.verification.factories import judge, make_case, make_judge
from tests.verification.repairs.test_returns import change, send_back
from verification import actions
from verification.boards import load, scope
from verification.repairs import actions as repairs

pytestmark = pytest.mark.django_db


def told(user, evaluation):
    """The beginning of what somebody is reminded of three days before the stage closes."""
    at = StageWindow.objects.get(stage=evaluation.stage, cycle=evaluation.cycle).closes_at - timedelta(days=3)
    Notice.objects.all().delete()
    reminders.remind(at.date(), at)
    return [text.split(" Kab")[0] for text in Notice.objects.filter(user=user).values_list("text", flat=True)]


def test_a_mended_answer_is_left_to_judge_again():
    evaluation = make_case()
    verifier = make_judge(evaluation)
    for code in ("1.2", "2.1", "2.2", "3.1"):
        judge(evaluation, code, by=verifier)
    send_back(evaluation, "1.1", by=verifier)
    repairs.open_window(evaluation=evaluation, stage="VA", by=verifier, at=NOW)
    before = (told(verifier, evaluation), _done(verifier))

    change(evaluation, "1.1")

    assert [before, (told(verifier, evaluation), _done(verifier))] == [
        (["1 pertanyaan"], [5]), (["2 pertanyaan"], [4]),
    ]  # fmt: skip


def _done(user):
    return [row.forecast.done for row in load.build(user, scope.read(user, {}, needs_province=True), NOW).rows]


def test_a_reminder_counts_the_clusters_of_a_mandate_alone():
    evaluation = make_case()
    whole, part = make_judge(evaluation), make_user("VERIFIER", region=evaluation.region)
    actions.assign(evaluation=evaluation, stage="VA", verifier=part, clusters=["I"], by=make_user("ADMIN"), at=NOW)
    judge(evaluation, "3.1", by=part)

    assert [told(user, evaluation) for user in (whole, part)] == [["5 pertanyaan"], ["1 pertanyaan"]]


def test_a_second_reader_is_reminded_of_readings_and_learns_nothing_of_the_first():
    two = twice()
    actions.assign(evaluation=two.case, stage="VA", verifier=two.second, by=two.admin, at=NOW)
    give(two.case, "1.2", by=two.second)

    before = told(two.second, two.case)
    judge(two.case, "1.1", by=two.first)

    assert [before, told(two.second, two.case)] == [["5 pertanyaan"]] * 2
