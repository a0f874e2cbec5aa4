"""Two people at the same moment: one effect, and nothing slips in behind a sending."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import AuditEvent
from evaluations.actions import AlreadySubmitted
from evaluations.models import Answer, Sending
from evaluations.sending.checklist import checklist_of
from evaluations.windows import WindowClosed
from tests.evaluations.sending.cases import hand_in, make_draft, make_operator, state_of
from tests.factories import NOW, answer_question, make_user
from tests.verification.factories import answer_of, judge, make_judge
from verification import actions as judging
from verification.models import Verdict

pytestmark = pytest.mark.django_db(transaction=True)
REFUSALS = (AlreadySubmitted, WindowClosed, judging.Refusal)


def at_once(*acts):
    """Each in a thread of its own, all let go together; what each came to."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(10)
            act()
        except REFUSALS as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_two_senders_at_once_send_once():
    evaluation = make_draft()
    seal, people = checklist_of(evaluation).seal, [make_operator(evaluation) for _ in range(2)]

    came = at_once(*(lambda by=by: hand_in(evaluation, by=by, seal=seal) for by in people))

    assert (came, state_of(evaluation)) == (["AlreadySubmitted", "done"], ("VA", True, False))
    assert (Sending.objects.count(), AuditEvent.objects.filter(action="evaluation.submitted").count()) == (1, 1)


def test_a_save_comes_before_a_sending_or_not_at_all():
    evaluation = make_draft()
    seal, operator = checklist_of(evaluation).seal, make_operator(evaluation)

    came = at_once(
        lambda: hand_in(evaluation, by=operator, seal=seal), lambda: answer_question(evaluation, "1.1", 1, by=operator)
    )

    answer, sent = answer_of(evaluation, "1.1"), state_of(evaluation)
    saved = AuditEvent.objects.filter(action__in=["answer.saved", "evaluation.submitted"]).order_by("-pk")
    assert (sent, came.count("done") >= 1) == (("VA", True, False), True)
    assert (saved[0].action, answer.version) == ("evaluation.submitted", 2 if came == ["done", "done"] else 1)


def test_a_verdict_and_a_reopening_exclude_each_other():
    evaluation = make_draft()
    hand_in(evaluation)
    verifier, admin = make_judge(evaluation), make_user("ADMIN")

    came = at_once(
        lambda: judge(evaluation, "1.1", by=verifier),
        lambda: judging.reopen(evaluation=evaluation, reason="Surat 400/12.", by=admin, at=NOW),
    )

    was_judged = Verdict.objects.exists()
    assert state_of(evaluation) == (("VA", True, False) if was_judged else ("EM", False, False))
    assert came == (["AlreadyJudged", "done"] if was_judged else ["StageClosed", "done"])
    assert Answer.objects.filter(evaluation=evaluation).count() == 6
