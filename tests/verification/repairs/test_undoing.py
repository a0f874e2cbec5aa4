"""Taking a verdict back where the answer may move: what was opened stays open, what has come stays to be judged."""

from datetime import timedelta
from decimal import Decimal

import pytest

from clusters.models import StageWindow
from evaluations import windows
from evaluations.evidence import actions as proving
from tests.factories import NOW, make_user
from tests.verification.factories import answer_of, close, judge, make_case, make_judge
from tests.verification.repairs.test_returns import send_back, words
from verification import actions, rules
from verification.clarifications import actions as clarifying
from verification.models import Verdict
from verification.repairs import actions as repairs
from verification.repairs.reading import mending, unopened

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def case():
    """Nothing judged yet, a verifier and an operator."""
    evaluation = make_case()
    return evaluation, make_judge(evaluation), make_user("OPERATOR", region=evaluation.region)


def undo(evaluation, version, by, at=NOW, stage="VA"):
    """Take back the last verdict on 1.1."""
    return actions.undo_verdict(answer=answer_of(evaluation, "1.1"), stage=stage, version=version, by=by, at=at)


def prove(evaluation, by):
    """Something new comes for 1.1."""
    proving.attach_link(answer=answer_of(evaluation, "1.1"), url="https://a.example.id", title="SK", by=by, at=NOW)


def test_a_verdict_put_back_beside_an_open_answer_waits_when_evidence_comes(case):
    evaluation, verifier, operator = case
    judge(evaluation, "1.1", by=verifier)
    judge(evaluation, "1.1", Decimal("1.00"), reason="INCOMPLETE", by=verifier, version=1)
    clarifying.ask(answer=answer_of(evaluation, "1.1"), stage="VA", text="SK mana?", by=verifier, at=NOW)
    undone = [undo(evaluation, 2, verifier).version for _ in range(2)]

    seen = [words(evaluation, verifier)]
    prove(evaluation, operator)

    assert (undone, [*seen, words(evaluation, verifier)]) == ([3, 3], [{"1.1": "Diterima"}, {"1.1": "Menunggu"}])


def test_an_acceptance_put_back_accepts_what_the_question_brings_now(case):
    evaluation, verifier, _ = case
    close(evaluation, by=verifier, confirmed=6)
    make_judge(evaluation, "VL")
    judge(evaluation, "1.1", by=verifier, stage="VL")
    judge(evaluation, "1.1", Decimal("1.00"), reason="INCOMPLETE", by=verifier, stage="VL", version=1)
    Verdict.objects.create(  # as a correction of the closed stage leaves it
        answer=answer_of(evaluation, "1.1"), stage="VA", decision="POINTS", points=Decimal("350.00"), version=1,
        before_points=Decimal("400.00"), reason="INCOMPLETE", given_at=NOW, given_by=verifier,
    )  # fmt: skip

    again = undo(evaluation, 2, verifier, stage="VL")

    assert (again.decision, again.points, again.before_points) == ("ACCEPT", Decimal("350.00"), Decimal("350.00"))


def test_a_return_put_back_keeps_the_hours_it_was_given(case):
    evaluation, verifier, operator = case
    send_back(evaluation, "1.1", by=verifier)
    window = repairs.open_window(evaluation=evaluation, stage="VA", by=verifier, at=NOW)
    judge(evaluation, "1.1", by=verifier, version=1, at=NOW + HOUR)

    undo(evaluation, 2, verifier, NOW + 2 * HOUR)

    evaluation.refresh_from_db()
    line = mending(evaluation, NOW + 2 * HOUR)[answer_of(evaluation, "1.1").question_id]
    assert (line.note, line.until, unopened(evaluation).count()) == ("Lampirkan SK.", window.closes_at, 0)
    assert rules.visible_verdicts(operator).current().get().note == "Lampirkan SK."


def test_what_is_judged_after_the_stages_window_is_undone_after_it_too(case):
    evaluation, verifier, _ = case
    judge(evaluation, "1.2", by=verifier)
    send_back(evaluation, "1.1", by=verifier)
    repairs.open_window(evaluation=evaluation, stage="VA", by=verifier, at=NOW)
    StageWindow.objects.filter(stage="VA").update(opens_at=NOW - HOUR, closes_at=NOW)
    judge(evaluation, "1.1", by=verifier, version=1, at=NOW + HOUR)

    undo(evaluation, 2, verifier, NOW + HOUR)

    assert Verdict.objects.current().get(answer=answer_of(evaluation, "1.1")).is_return
    with pytest.raises(windows.WindowClosed):
        actions.undo_verdict(answer=answer_of(evaluation, "1.2"), stage="VA", version=1, by=verifier, at=NOW + HOUR)
