"""Saving one answer."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from evaluations import actions, scores
from evaluations.claims import from_points
from evaluations.models import Answer, AnswerVersion, StageResult
from evaluations.windows import WindowClosed
from jobs.models import Job
from tests.factories import NOW, answer_all, answer_question, make_evaluation, make_user, send

pytestmark = pytest.mark.django_db


def test_open_evaluation_lays_out_every_answer_and_office():
    evaluation = make_evaluation()

    rows = evaluation.responsibilities.order_by("question__position", "-is_lead")
    assert list(rows.values_list("question__code", "office__code", "is_lead")) == [
        ("1.1", "dinkes", True),
        ("1.2", "dinkes", True),
        ("2.1", "disdik", True),
        ("2.1", "dinkes", False),
        ("2.2", "disdik", True),
        ("2.2", "dinkes", False),
        ("3.1", "disdik", True),
        ("3.1", "dinkes", False),
        ("3.2", "disdik", True),
        ("3.2", "dinkes", False),
    ]
    assert evaluation.answers.filter(points=None, version=0).count() == 6


def test_save_answer_keeps_history_audit_and_one_promise():
    evaluation = make_evaluation()
    by = make_user("OPERATOR", region=evaluation.region)

    answer_question(evaluation, "1.1", 1, by=by)
    saved = answer_question(evaluation, "1.1", 2, by=by)

    assert (saved.points, saved.version) == (Decimal("400.00"), 2)
    assert list(AnswerVersion.objects.order_by("version").values_list("version", "points", "saved_by")) == [
        (1, Decimal("200.00"), by.pk),
        (2, Decimal("400.00"), by.pk),
    ]
    assert AuditEvent.objects.filter(action="answer.saved", subject=f"answer:{saved.pk}", by=by).count() == 2
    assert list(Job.objects.values_list("kind", "key", "generation")) == [("settle", f"{evaluation.pk}:EM", 2)]


def test_save_answer_of_an_older_version_is_a_conflict_and_changes_nothing():
    evaluation = make_evaluation()
    seen = Answer.objects.get(evaluation=evaluation, question__code="1.1")
    answer_question(evaluation, "1.1", 1)

    with pytest.raises(actions.Conflict) as conflict:
        actions.save_answer(answer=seen, version=0, claim=from_points(Decimal("7.00"), "Uji"), note="", by=None, at=NOW)

    assert conflict.value.current.points == Decimal("200.00")
    assert Answer.objects.get(pk=seen.pk).points == Decimal("200.00")


def test_save_answer_sent_twice_has_one_effect():
    evaluation = make_evaluation()
    answer = Answer.objects.get(evaluation=evaluation, question__code="1.1")
    claim = from_points(Decimal("7.00"), "Uji")

    for _ in range(2):
        actions.save_answer(answer=answer, version=0, claim=claim, note="x", by=None, at=NOW)

    assert AnswerVersion.objects.count() == 1
    assert Answer.objects.get(pk=answer.pk).version == 1


@pytest.mark.parametrize(("late", "refused"), [(timedelta(seconds=-1), False), (timedelta(0), True)])
def test_save_answer_is_refused_from_the_second_the_window_closes(late, refused):
    evaluation = make_evaluation()
    closes = evaluation.cycle.windows.get(stage="EM").closes_at

    try:
        answer_question(evaluation, "1.1", 1, at=closes + late)
        was_refused = False
    except WindowClosed:
        was_refused = True

    assert was_refused == refused
    assert evaluation.answers.filter(version=1).count() == (0 if refused else 1)


def test_save_answer_after_sending_is_refused():
    evaluation = make_evaluation()
    send(evaluation)

    with pytest.raises(actions.AlreadySubmitted):
        answer_question(evaluation, "1.1", 1)

    assert evaluation.answers.filter(version__gt=0).count() == 0


def test_submit_locks_settles_and_moves_to_the_next_stage():
    evaluation = make_evaluation()
    answer_all(evaluation)

    sent = send(evaluation)

    result = StageResult.objects.get(evaluation=evaluation, stage="EM")
    assert (sent.stage, sent.is_submitted) == ("VA", True)
    assert (result.total, result.tier, result.answered, result.frozen_at) == (Decimal("1000.00"), "KLA", 6, NOW)
    assert list(result.indicators.order_by("indicator__position").values_list("points", "surplus")) == [
        (Decimal("600.00"), Decimal("0.00")),
        (Decimal("200.00"), Decimal("0.00")),
        (Decimal("200.00"), Decimal("50.00")),
    ]


def test_submit_twice_is_refused():
    evaluation = make_evaluation()
    by = make_user("OPERATOR", region=evaluation.region)
    actions.submit(evaluation=evaluation, by=by, at=NOW)

    with pytest.raises(actions.AlreadySubmitted):
        actions.submit(evaluation=evaluation, by=by, at=NOW)


def test_settle_of_a_frozen_stage_changes_nothing():
    evaluation = make_evaluation()
    sent = send(evaluation)
    Answer.objects.filter(evaluation=evaluation, question__code="1.1").update(
        kind="FREE", points=Decimal("9.00"), reason="x"
    )

    again = scores.settle(sent, "EM", at=NOW + timedelta(days=1))

    assert (again.total, again.settled_at) == (Decimal("0.00"), NOW)
