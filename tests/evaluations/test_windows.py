"""A stage is open from its first second to the one before its last, and only where the cycle has set a window."""

from datetime import timedelta

import pytest

from evaluations import actions, windows
from evaluations.windows import WindowClosed
from tests.factories import answer_question, make_evaluation, make_user

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def outcome(act):
    """What a person is told; nothing when the act is done."""
    try:
        act()
    except WindowClosed as refusal:
        return str(refusal)
    return ""


def test_saving_and_sending_wait_for_the_first_second():
    evaluation = make_evaluation()
    by = make_user("OPERATOR", region=evaluation.region)
    opens = evaluation.cycle.windows.get(stage="EM").opens_at
    early = "Evaluasi mandiri baru dibuka 20 April 2025, 10.00 WITA."

    assert outcome(lambda: answer_question(evaluation, "1.1", 1, at=opens - SECOND)) == early
    assert outcome(lambda: actions.submit(evaluation=evaluation, by=by, at=opens - SECOND)) == early
    assert outcome(lambda: answer_question(evaluation, "1.1", 1, at=opens)) == ""
    assert outcome(lambda: actions.submit(evaluation=evaluation, by=by, at=opens)) == ""


def test_sending_is_refused_from_the_second_the_window_closes():
    evaluation = make_evaluation()
    by = make_user("OPERATOR", region=evaluation.region)
    closes = evaluation.cycle.windows.get(stage="EM").closes_at
    late = "Evaluasi mandiri sudah ditutup 19 Juni 2025, 10.00 WITA. Perubahan ini tidak disimpan."

    assert outcome(lambda: actions.submit(evaluation=evaluation, by=by, at=closes)) == late
    evaluation.refresh_from_db()
    assert (evaluation.stage, evaluation.submitted_at) == ("EM", None)
    assert outcome(lambda: actions.submit(evaluation=evaluation, by=by, at=closes - SECOND)) == ""


def test_stage_without_a_window_is_not_open():
    evaluation = make_evaluation()
    opens = evaluation.cycle.windows.get(stage="EM").opens_at
    evaluation.cycle.windows.filter(stage="EM").delete()
    unset = "Jadwal Evaluasi mandiri belum ditetapkan. Hubungi administrator."

    assert outcome(lambda: windows.require_open(evaluation, "EM", opens)) == unset
    assert outcome(lambda: answer_question(evaluation, "1.1", 1, at=opens)) == unset
