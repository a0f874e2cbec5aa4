"""Opening the hours in which a region mends what was returned, and making them longer."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.stages import Stage
from evaluations import windows
from evaluations.models import Answer, Evaluation
from kla_portal.numbers import saat
from verification.actions.state import Refusal, StageClosed, locked
from verification.models import RepairWindow
from verification.repairs import reading, telling
from verification.repairs.opening import open_again, whole_minute

LONGEST = timedelta(days=60)


class NothingReturned(Refusal):
    """There is nothing to mend, or the window was opened by somebody else a moment ago."""

    sentence = (
        "Tidak ada pertanyaan yang dikembalikan dan belum dibuka untuk perbaikan. "
        "Kembalikan pertanyaan di meja verifikasi lebih dahulu."
    )


class NotLonger(Refusal):
    """The new end is not later, or is absurdly far away."""

    def __init__(self, end: datetime, zone: str) -> None:
        super().__init__(end)
        self.sentence = (
            f"Akhir yang baru harus setelah sekarang dan setelah {saat(end, zone)}, paling lama 60 hari dari sekarang."
        )


class ReasonMissing(Refusal):
    """A longer window without a reason."""

    sentence = "Tulis alasan perpanjangan, misalnya nomor surat atau gangguan jaringan."


@transaction.atomic
def open_window(*, evaluation: Evaluation, stage: str, by: User, at: datetime) -> RepairWindow:
    """Open everything that was returned and not opened yet, for the cycle's hours. The claims stay as they were sent.

    Raises `StageClosed`, `NothingReturned` or `windows.WindowClosed` (the stage has not begun).
    """
    evaluation = locked(evaluation.pk)
    if evaluation.stage != stage or stage not in (Stage.VA, Stage.VL):
        raise StageClosed(stage, evaluation.stage)
    span = windows.window_of(evaluation, stage)
    if span is None or at < span.opens_at:
        windows.require_open(evaluation, stage, at)
    answers = list(reading.unopened(evaluation).values_list("answer", flat=True))
    if not answers:
        raise NothingReturned
    closes_at = whole_minute(at + timedelta(hours=evaluation.cycle.repair_hours))
    opened = RepairWindow.objects.create(
        evaluation=evaluation, stage=stage, opens_at=at, closes_at=closes_at, opened_by=by
    )
    opened.answers.set(answers)
    open_again(evaluation, answers, closes_at)
    audit.record(
        action="repair.opened", subject=f"evaluation:{evaluation.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={"stage": stage, "answers": len(answers), "until": closes_at},
    )  # fmt: skip
    telling.opened(opened, evaluation)
    return opened


@transaction.atomic
def extend(*, window: RepairWindow, until: datetime, reason: str, by: User, at: datetime) -> RepairWindow:
    """Give more time, also when it has run out, as long as the stage is not closed. The same end twice changes nothing.

    Raises `ReasonMissing`, `StageClosed` or `NotLonger`.
    """
    if not reason.strip():
        raise ReasonMissing
    evaluation = locked(window.evaluation_id)
    window = RepairWindow.objects.get(pk=window.pk)
    if evaluation.stage != window.stage:
        raise StageClosed(window.stage, evaluation.stage)
    if until == window.closes_at and window.extend_reason == reason.strip():
        return window
    if not max(at, window.closes_at) < until <= at + LONGEST:
        raise NotLonger(window.closes_at, evaluation.region.time_zone)
    old = window.closes_at
    window.closes_at, window.extended_at, window.extended_by, window.extend_reason = until, at, by, reason.strip()
    window.save()
    open_again(evaluation, Answer.objects.filter(repairs=window).values_list("pk", flat=True), until)
    audit.record(
        action="repair.extended", subject=f"evaluation:{evaluation.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={"stage": window.stage, "old": old, "new": until, "reason": window.extend_reason},
    )  # fmt: skip
    telling.extended(window, evaluation)
    return window
