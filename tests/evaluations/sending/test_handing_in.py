"""Sending and approving: who, when, once; every state against every move."""

from contextlib import nullcontext
from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from evaluations import actions as answering
from evaluations import windows
from evaluations.actions import AlreadySubmitted
from evaluations.actions.sending import ApprovalNeeded
from evaluations.evidence import actions as proving
from evaluations.models import Evaluation, MatrixVersion, Sending
from evaluations.recap_import import import_recap
from evaluations.sending import actions
from notices.models import Notice
from tests.evaluations.sending.cases import confirm_all, hand_in, make_draft, make_leader, make_operator, state_of
from tests.factories import NOW, answer_question, make_cycle, make_user
from tests.verification.factories import answer_of, judge

pytestmark = pytest.mark.django_db
EM, VA = ("EM", False, False), ("VA", True, False)
WAITING = ("EM", False, True)


def told():
    """Who has been told what, by user."""
    return {user: text.split(".")[0] for user, text in Notice.objects.order_by("pk").values_list("user", "text")}


def test_an_operator_sends_with_a_note_that_is_kept():
    evaluation = make_draft()
    operator, leader, staff = make_operator(evaluation), make_leader(evaluation), make_user("STAFF")

    sending = hand_in(evaluation, by=operator, note="  SK menyusul. ")

    weak = {"bukti": 6, "matriks": 1, "konfirmasi": 4}
    assert state_of(evaluation) == VA
    assert (sending.outcome, sending.note, sending.weak, sending.asked_by, sending.decided_by) == (
        "SENT", "SK menyusul.", weak, operator, operator
    )  # fmt: skip
    assert AuditEvent.objects.get(action="evaluation.submitted").details == {
        "empty": 0, "weak": weak, "note": "SK menyusul.", "asked_by": operator.pk
    }  # fmt: skip
    assert (told(), staff.pk in told()) == ({leader.pk: "Evaluasi mandiri telah dikirim"}, False)


@pytest.mark.parametrize("note", ["", "  \n"])
def test_weaknesses_need_a_note(note):
    evaluation = make_draft()
    with pytest.raises(actions.NoteNeeded):
        hand_in(evaluation, note=note)
    assert (state_of(evaluation), Sending.objects.count()) == (EM, 0)


def test_without_weaknesses_no_note_is_needed():
    evaluation = make_draft()
    operator = make_operator(evaluation)
    for code in ("1.1", "1.2", "2.1", "2.2", "3.1", "3.2"):
        proving.attach_link(
            answer=answer_of(evaluation, code), url="https://jdih.example.id/sk", title="SK", by=operator, at=NOW
        )
    table = answer_of(evaluation, "3.2")
    MatrixVersion.objects.create(answer=table, version=1, rows=[{"nama": "APSAI"}], row_count=1, saved_at=NOW)
    confirm_all(evaluation)

    assert (hand_in(evaluation, note="").weak, state_of(evaluation)) == ({}, VA)


@pytest.mark.parametrize("seal", ["", "0-0-6-1-0-4-0-1", "kosong"])
def test_numbers_that_changed_in_between_are_noticed(seal):
    evaluation = make_draft()
    with pytest.raises(actions.Changed):
        hand_in(evaluation, seal=seal)
    assert (state_of(evaluation), Sending.objects.count()) == (EM, 0)


def test_the_second_of_two_senders_is_told():
    evaluation = make_draft()
    hand_in(evaluation)
    with pytest.raises(AlreadySubmitted):
        hand_in(evaluation, seal="0-0-6-1-0-4-0-0")
    assert (Sending.objects.count(), AuditEvent.objects.filter(action="evaluation.submitted").count()) == (1, 1)


def test_with_approval_the_leader_is_asked_and_nothing_is_sent():
    evaluation = make_draft(approval=True)
    operator, leader = make_operator(evaluation), make_leader(evaluation)

    sending = hand_in(evaluation, by=operator)

    assert (state_of(evaluation), sending.outcome, sending.asked_at) == (WAITING, "WAITING", NOW)
    assert told() == {leader.pk: "Operator meminta persetujuan Anda untuk mengirim evaluasi mandiri"}
    assert Notice.objects.get().link == f"/evaluasi/{evaluation.pk}/kirim/persetujuan/"
    with pytest.raises(ApprovalNeeded):
        answering.submit(evaluation=evaluation, by=operator, at=NOW)


def test_without_an_active_leader_nobody_is_asked():
    evaluation = make_draft(approval=True)
    leader = make_leader(evaluation)
    leader.is_active = False
    leader.save(update_fields=["is_active"])
    with pytest.raises(actions.NoLeader):
        hand_in(evaluation)
    assert (state_of(evaluation), Sending.objects.count()) == (EM, 0)


def asked(**options):
    """A request that waits, and its people."""
    evaluation = make_draft(approval=True, **options)
    operator, leader = make_operator(evaluation), make_leader(evaluation)
    return evaluation, hand_in(evaluation, by=operator), operator, leader


def move(name, evaluation, sending, by, at=NOW):
    """One of the three answers to a request."""
    more = {"reason": "Lengkapi klaster II."} if name == "decline" else {}
    return getattr(actions, name)(evaluation=evaluation, request=sending.pk, by=by, at=at, **more)


@pytest.mark.parametrize(
    ("name", "after", "outcome", "event"),
    [
        ("approve", VA, "SENT", "evaluation.submitted"),
        ("decline", EM, "DECLINED", "sending.declined"),
        ("withdraw", EM, "WITHDRAWN", "sending.withdrawn"),
    ],
)
def test_each_answer_ends_the_request_once(name, after, outcome, event):
    evaluation, sending, operator, leader = asked()
    by = operator if name == "withdraw" else leader

    for _ in range(2):
        move(name, evaluation, sending, by)

    sending.refresh_from_db()
    assert (state_of(evaluation), sending.outcome, sending.decided_by) == (after, outcome, by)
    assert AuditEvent.objects.filter(action=event).count() == 1


@pytest.mark.parametrize("first", ["approve", "decline", "withdraw"])
@pytest.mark.parametrize("then", ["approve", "decline", "withdraw"])
def test_a_request_is_answered_by_the_first(first, then):
    evaluation, sending, operator, leader = asked()
    people = {"approve": leader, "decline": leader, "withdraw": operator}
    move(first, evaluation, sending, people[first])
    stands = state_of(evaluation)

    other = operator if then == "withdraw" else make_leader(evaluation)
    if first == then == "withdraw":
        other = make_operator(evaluation)
    with pytest.raises(actions.Answered):
        move(then, evaluation, sending, other)

    assert state_of(evaluation) == stands


def test_an_old_page_does_not_approve_a_new_request():
    evaluation, first, operator, leader = asked()
    move("withdraw", evaluation, first, operator)
    answer_question(evaluation, "1.1", 0)
    second = hand_in(evaluation, by=operator)

    with pytest.raises(actions.Answered):
        move("approve", evaluation, first, leader)

    assert (state_of(evaluation), second.outcome) == (WAITING, "WAITING")


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_no_needs_a_reason(reason):
    evaluation, sending, _, leader = asked()
    with pytest.raises(actions.ReasonNeeded):
        actions.decline(evaluation=evaluation, request=sending.pk, reason=reason, by=leader, at=NOW)
    assert state_of(evaluation) == WAITING


@pytest.mark.parametrize(("late", "after"), [(timedelta(seconds=-1), VA), (timedelta(0), WAITING)])
def test_the_window_counts_at_the_moment_of_the_yes(late, after):
    evaluation, sending, _, leader = asked()
    closes = evaluation.cycle.windows.get(stage="EM").closes_at
    with nullcontext() if late else pytest.raises(windows.WindowClosed, match="sudah ditutup"):
        move("approve", evaluation, sending, leader, at=closes + late)
    assert state_of(evaluation) == after


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=40)])
def test_after_the_window_a_request_can_still_be_declined_and_withdrawn(late):
    evaluation, sending, _, leader = asked()
    move("decline", evaluation, sending, leader, at=NOW + timedelta(days=30) + late)
    assert state_of(evaluation) == EM


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (timedelta(days=-30, seconds=-1), False),
        (timedelta(days=-30), True),
        (timedelta(days=30, seconds=-1), True),
        (timedelta(days=30), False),
    ],
)
@pytest.mark.parametrize("approval", [False, True])
def test_handing_in_keeps_to_the_window(moment, opens, approval):
    evaluation = make_draft(approval=approval)
    make_leader(evaluation)
    if opens:
        hand_in(evaluation, at=NOW + moment)
    else:
        with pytest.raises(windows.WindowClosed):
            hand_in(evaluation, at=NOW + moment)
    assert (Sending.objects.count(), state_of(evaluation) == EM) == (int(opens), not opens)


def writes(evaluation):
    """Every kind of write that must not happen while the leader decides."""
    operator = make_operator(evaluation)
    answer = answer_of(evaluation, "1.1")
    reviewer = make_user("REVIEWER", region=evaluation.region)
    return {
        "answer": lambda: answer_question(evaluation, "1.1", 0, by=operator),
        "link": lambda: proving.attach_link(
            answer=answer, url="https://jdih.example.id/sk", title="SK", by=operator, at=NOW
        ),
        "review": lambda: judge(evaluation, "1.1", by=reviewer, stage="TI"),
        "recap": lambda: import_recap(evaluation=evaluation, rows=[], source="uji", by=operator, at=NOW),
        "hand_in": lambda: hand_in(evaluation, by=operator),
    }


@pytest.mark.parametrize("what", ["answer", "link", "review", "recap", "hand_in"])
def test_nothing_changes_while_the_leader_decides(what):
    evaluation, sending, operator, _ = asked(stages=("EM", "TI", "VA"))

    with pytest.raises(windows.AwaitingApproval, match="menunggu persetujuan"):
        writes(evaluation)[what]()
    move("withdraw", evaluation, sending, operator)
    writes(evaluation)[what]()


def test_the_switch_is_moved_by_hand_and_carried_to_the_next_cycle():
    evaluation = make_draft()
    operator = make_operator(evaluation)
    for _ in range(2):
        actions.switch_approval(evaluation=evaluation, wanted=True, by=operator, at=NOW)
    following = answering.open_evaluation(
        region=evaluation.region, cycle=make_cycle(evaluation.cycle.instrument, code="2025"), by=operator,
        at=NOW + timedelta(days=300),
    )  # fmt: skip

    assert Evaluation.objects.get(pk=following.pk).needs_approval is True
    assert [each.details for each in AuditEvent.objects.filter(action="sending.switched")] == [{"needs_approval": True}]


def test_the_switch_stays_under_a_request_that_waits_and_after_sending():
    evaluation, sending, operator, leader = asked()
    with pytest.raises(actions.StillWaiting):
        actions.switch_approval(evaluation=evaluation, wanted=False, by=operator, at=NOW)
    move("approve", evaluation, sending, leader)
    with pytest.raises(AlreadySubmitted):
        actions.switch_approval(evaluation=evaluation, wanted=False, by=operator, at=NOW)
