"""Every write of a clarification: ask, answer, end it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import User
from clusters.stages import Stage
from evaluations import windows
from evaluations.models import Answer, Evaluation
from kla_portal.numbers import saat
from notices import actions as news
from notices.models import Notice
from verification.actions.state import Refusal, StageClosed, locked
from verification.clarifications import rules
from verification.models import Clarification, ClarificationMessage
from verification.repairs import rules as repair_rules
from verification.repairs.opening import open_again, whole_minute


class Over(Refusal):
    """The time to answer has run out, or the verifier has ended it."""

    def __init__(self, found: Clarification, zone: str) -> None:
        super().__init__(found.pk)
        ended = found.closed_at or found.due_at
        how = "sudah diselesaikan verifikator" if found.closed_at else "berakhir"
        self.sentence = f"Klarifikasi ini {how} {saat(ended, zone)}. Jawaban Anda tidak disimpan."


@transaction.atomic
def ask(*, answer: Answer, stage: str, text: str, by: User, at: datetime) -> Clarification:
    """Ask about an answer, or ask on in the thread that is open; its evidence may be mended until the answer is due.

    The same question sent twice is asked once. Raises `StageClosed` or `windows.WindowClosed`.
    """
    evaluation = locked(answer.evaluation_id)
    if evaluation.stage != stage or stage not in (Stage.VA, Stage.VL):
        raise StageClosed(stage, evaluation.stage)
    due_at = _due(evaluation, stage, at)
    thread = Clarification.objects.unsettled().filter(answer=answer, stage=stage).first()
    if thread is not None and _said_already(thread, text, by):
        return thread
    if thread is None:
        thread = Clarification(answer=answer, stage=stage, due_at=due_at, asked_at=at, asked_by=by)
    thread.due_at, thread.answered_at = max(due_at, thread.due_at), None
    thread.save()
    _say(thread, text, by, at, of_region=False)
    open_again(evaluation, [answer.pk], thread.due_at)
    _record("clarification.asked", thread, evaluation, by, at)
    _tell_region(thread, evaluation, at)
    return thread


@transaction.atomic
def reply(*, clarification: Clarification, text: str, by: User, at: datetime) -> Clarification:
    """The region answers, in time by the server's clock. The same words sent twice are said once. Raises `Over`."""
    evaluation = locked(clarification.answer.evaluation_id)
    thread = Clarification.objects.select_related("answer__question").get(pk=clarification.pk)
    if thread.closed_at is not None or at >= thread.due_at:
        raise Over(thread, evaluation.region.time_zone)
    if _said_already(thread, text, by):
        return thread
    thread.answered_at = at
    thread.save(update_fields=["answered_at"])
    _say(thread, text, by, at, of_region=True)
    _record("clarification.answered", thread, evaluation, by, at)
    code = thread.answer.question.code
    news.tell(
        users=rules.verifiers_of(thread).values_list("pk", flat=True),
        kind=Notice.Kind.CLARIFY,
        key=f"clarified:{thread.pk}:{thread.messages.count()}",
        text=f"{evaluation.region.name} menjawab klarifikasi pertanyaan {code}.",
        link=reverse("verification:clarifications", args=[evaluation.pk, code]),
        at=at,
    )
    return thread


@transaction.atomic
def settle(*, clarification: Clarification, by: User, at: datetime) -> Clarification:
    """The verifier knows enough: the answer is locked again, unless it is still being mended. Twice changes nothing."""
    evaluation = locked(clarification.answer.evaluation_id)
    thread = Clarification.objects.get(pk=clarification.pk)
    if thread.closed_at is not None:
        return thread
    thread.closed_at, thread.closed_by = at, by
    thread.save(update_fields=["closed_at", "closed_by"])
    running = thread.answer.repairs.filter(stage=thread.stage, closes_at__gt=at).order_by("-closes_at").first()
    still = running.closes_at if running else at
    Answer.objects.filter(pk=thread.answer_id, open_until__gt=still).update(open_until=still)
    _record("clarification.closed", thread, evaluation, by, at)
    return thread


def _due(evaluation: Evaluation, stage: str, at: datetime) -> datetime:
    """The cycle's hours from now, but not beyond the stage's end while that is ahead."""
    span = windows.window_of(evaluation, stage)
    if span is None or at < span.opens_at:
        windows.require_open(evaluation, stage, at)
        raise StageClosed(stage, evaluation.stage)
    due_at = whole_minute(at + timedelta(hours=evaluation.cycle.repair_hours))
    return min(due_at, span.closes_at) if at < span.closes_at else due_at


def _said_already(thread: Clarification, text: str, by: User) -> bool:
    last = thread.messages.order_by("-written_at", "-pk").first()
    return last is not None and last.text == text and last.written_by_id == by.pk


def _say(thread: Clarification, text: str, by: User, at: datetime, *, of_region: bool) -> None:
    ClarificationMessage.objects.create(
        clarification=thread, of_region=of_region, text=text, written_at=at, written_by=by
    )


def _record(action: str, thread: Clarification, evaluation: Evaluation, by: User, at: datetime) -> None:
    audit.record(
        action=action, subject=f"answer:{thread.answer_id}", by=by, at=at, region_id=evaluation.region_id,
        details={"stage": thread.stage, "due": thread.due_at},
    )  # fmt: skip


def _tell_region(thread: Clarification, evaluation: Evaluation, at: datetime) -> None:
    """The offices that answer the question, and the operators; what was asked stays in the portal."""
    code = thread.answer.question.code
    people = repair_rules.operators_of(evaluation.region_id) | repair_rules.staff_of([thread.answer], evaluation)
    news.tell(
        users=people,
        kind=Notice.Kind.CLARIFY,
        key=f"clarify:{thread.pk}:{thread.messages.count()}",
        text=f"Verifikator meminta klarifikasi pertanyaan {code}. Jawab sampai "
        f"{saat(thread.due_at, evaluation.region.time_zone)}.",
        link=reverse("evaluations:question", args=[evaluation.pk, code]) + "#klarifikasi",
        at=at,
    )
