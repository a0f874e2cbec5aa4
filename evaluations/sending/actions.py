"""Handing in: the operator sends or asks the leader, the leader says yes or no, the operator may take it back."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import User
from clusters.stages import Stage
from evaluations import windows
from evaluations.actions.sending import AlreadySubmitted, submit
from evaluations.models import Evaluation, Sending
from evaluations.sending import rules
from evaluations.sending.checklist import checklist_of
from notices import actions as news
from notices.models import Notice


class Refusal(Exception):
    """An expected "no", with the sentence a person reads."""

    sentence = ""

    def __str__(self) -> str:
        return self.sentence


class Changed(Refusal):
    """The numbers the sender has seen are no longer true."""

    sentence = (
        "Jumlah yang masih lemah berubah sejak halaman ini dibuka. "
        "Baca daftar yang terbaru, lalu centang dan kirim lagi."
    )


class NoteNeeded(Refusal):
    """Sending with weaknesses needs a word about them."""

    sentence = "Masih ada yang lemah. Tulis catatan mengapa evaluasi tetap dikirim; catatan ini tersimpan pada riwayat."


class NoLeader(Refusal):
    """Nobody could say yes."""

    sentence = (
        "Daerah ini belum mempunyai akun pimpinan yang aktif. Minta administrator membuatnya, "
        "atau matikan persetujuan pimpinan."
    )


class Answered(Refusal):
    """The request was withdrawn or answered meanwhile, or never existed."""

    sentence = "Permintaan ini sudah ditarik atau sudah dijawab. Lihat keadaan terakhir di halaman ini."


class StillWaiting(Refusal):
    """The switch cannot be moved under a request that waits."""

    sentence = "Permintaan persetujuan sedang menunggu jawaban. Tarik permintaan itu lebih dahulu."


class ReasonNeeded(Refusal):
    """A no without a word helps nobody."""

    sentence = "Tulis alasannya, agar operator tahu apa yang harus dibenahi sebelum dikirim."


@transaction.atomic
def hand_in(*, evaluation: Evaluation, seal: str, note: str, by: User, at: datetime) -> Sending:
    """Send, or where the region wants it ask the leader; `seal` are the numbers that the sender has confirmed.

    The list is read again under the lock. Raises a `Refusal`, `AlreadySubmitted` or `windows.WindowClosed` (which a
    request that waits already is).
    """
    evaluation = _locked(evaluation)
    if evaluation.is_submitted:
        raise AlreadySubmitted
    windows.require_open(evaluation, Stage.EM, at)
    found = checklist_of(evaluation)
    if found.seal != seal:
        raise Changed
    if found.lines and not note.strip():
        raise NoteNeeded
    if not evaluation.needs_approval:
        submit(evaluation=evaluation, by=by, at=at, note=note.strip(), weak=found.numbers)
        return Sending.objects.standing().get(evaluation=evaluation)
    return _ask(evaluation, found.numbers, note.strip(), by, at)


def _ask(evaluation: Evaluation, weak: dict[str, int], note: str, by: User, at: datetime) -> Sending:
    leaders = rules.leaders_of(evaluation.region_id)
    if not leaders:
        raise NoLeader
    sending = Sending.objects.create(
        evaluation=evaluation, outcome=Sending.Outcome.WAITING, note=note, weak=weak, asked_at=at, asked_by=by
    )
    evaluation.asked_at = at
    evaluation.save(update_fields=["asked_at"])
    _record("sending.asked", sending, evaluation, by, at, weak=weak, note=note)
    text = "Operator meminta persetujuan Anda untuk mengirim evaluasi mandiri."
    _tell(leaders, "asked", sending, text, at)
    return sending


@transaction.atomic
def approve(*, evaluation: Evaluation, request: int, by: User, at: datetime) -> Sending:
    """Say yes to `request`: the evaluation is sent, if its window is still open. The same yes twice is one.

    Raises `Answered` or `windows.WindowClosed`.
    """
    evaluation = _locked(evaluation)
    sending = Sending.objects.select_for_update().filter(evaluation=evaluation, pk=request).first()
    if sending is not None and sending.outcome == Sending.Outcome.SENT and sending.decided_by_id == by.pk:
        return sending
    sending = _waiting(evaluation, sending)
    _settle_question(sending, at)
    submit(evaluation=evaluation, by=by, at=at, approved=sending)
    return sending


@transaction.atomic
def decline(*, evaluation: Evaluation, request: int, reason: str, by: User, at: datetime) -> Sending:
    """Say no to `request`: the operator learns why, answers are open again. Raises `Answered`, `ReasonNeeded`."""
    if not reason.strip():
        raise ReasonNeeded
    sending = _end(evaluation, request, Sending.Outcome.DECLINED, reason.strip(), by, at)
    text = "Pengiriman belum disetujui pimpinan. Jawaban terbuka lagi; alasannya ada pada halaman persetujuan."
    workers = rules.workers_of(sending.evaluation.region_id)
    _tell(workers, "declined", sending, text, at)
    return sending


@transaction.atomic
def withdraw(*, evaluation: Evaluation, request: int, by: User, at: datetime) -> Sending:
    """Take `request` back before it is answered; answers are open again. Raises `Answered`."""
    sending = _end(evaluation, request, Sending.Outcome.WITHDRAWN, "", by, at)
    _tell(
        rules.leaders_of(sending.evaluation.region_id), "withdrawn", sending,
        "Operator menarik permintaan persetujuan pengiriman.", at,
    )  # fmt: skip
    return sending


@transaction.atomic
def switch_approval(*, evaluation: Evaluation, wanted: bool, by: User, at: datetime) -> Evaluation:
    """Whether the leader must say yes; the next cycle's evaluation begins with the same. Raises `AlreadySubmitted`,
    `StillWaiting`.
    """
    evaluation = _locked(evaluation)
    if evaluation.is_submitted:
        raise AlreadySubmitted
    if evaluation.is_waiting:
        raise StillWaiting
    if evaluation.needs_approval == wanted:
        return evaluation
    evaluation.needs_approval = wanted
    evaluation.save(update_fields=["needs_approval"])
    audit.record(
        action="sending.switched", subject=f"evaluation:{evaluation.pk}", by=by, at=at,
        region_id=evaluation.region_id, details={"needs_approval": wanted},
    )  # fmt: skip
    return evaluation


def _locked(evaluation: Evaluation) -> Evaluation:
    return Evaluation.objects.locked().select_related("cycle__instrument", "region").get(pk=evaluation.pk)


def _waiting(evaluation: Evaluation, sending: Sending | None) -> Sending:
    if sending is None or sending.outcome != Sending.Outcome.WAITING or not evaluation.is_waiting:
        raise Answered
    return sending


def _end(
    evaluation: Evaluation, request: int, outcome: Sending.Outcome, reason: str, by: User, at: datetime
) -> Sending:
    """A request that ends without sending; the same click twice is one."""
    evaluation = _locked(evaluation)
    sending = Sending.objects.select_for_update().filter(evaluation=evaluation, pk=request).first()
    if sending is not None and sending.outcome == outcome and sending.decided_by_id == by.pk:
        return sending
    sending = _waiting(evaluation, sending)
    sending.outcome, sending.decision_note, sending.decided_at, sending.decided_by = outcome, reason, at, by
    sending.save(update_fields=["outcome", "decision_note", "decided_at", "decided_by"])
    _settle_question(sending, at)
    evaluation.asked_at = None
    evaluation.save(update_fields=["asked_at"])
    action = "sending.declined" if outcome == Sending.Outcome.DECLINED else "sending.withdrawn"
    _record(action, sending, evaluation, by, at, reason=reason)
    sending.evaluation = evaluation
    return sending


def _settle_question(sending: Sending, at: datetime) -> None:
    """What was answered or withdrawn is asked of no leader any more."""
    leaders = rules.leaders_of(sending.evaluation.region_id)
    news.settle(users=leaders, key=f"asked:{sending.pk}", at=at)


def _record(action: str, sending: Sending, evaluation: Evaluation, by: User, at: datetime, **details: object) -> None:
    audit.record(
        action=action, subject=f"evaluation:{evaluation.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={"sending": sending.pk, **details},
    )  # fmt: skip


def _tell(users: list[int], occasion: str, sending: Sending, text: str, at: datetime) -> None:
    news.tell(
        users=users, kind=Notice.Kind.SENDING, key=f"{occasion}:{sending.pk}", text=text,
        link=reverse("evaluations:approval", args=[sending.evaluation_id]), at=at,
    )  # fmt: skip
