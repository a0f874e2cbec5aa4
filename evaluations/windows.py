"""Deadlines: one function reads the window, one refuses what is late, by the server's clock and to the second."""

from collections.abc import Iterable
from datetime import datetime

from clusters.models import StageWindow
from clusters.stages import Stage
from evaluations.models import Answer, Evaluation
from kla_portal.numbers import saat
from kla_portal.prepared import KEY, WORD, PreparedObjects


class WindowClosed(Exception):
    """The stage is not open at this moment; the exception's text is a sentence for people."""


class AlreadySubmitted(Exception):
    """The self-evaluation has been sent; its answers are locked."""

    def __init__(self) -> None:
        super().__init__("Evaluasi mandiri sudah dikirim, sehingga jawaban dan bukti terkunci.")


class ClaimStays(AlreadySubmitted):
    """While an answer is mended the claim itself is not touched: what is judged is what was sent."""

    def __init__(self) -> None:
        Exception.__init__(
            self,
            "Pada masa perbaikan hanya bukti, matriks, dan catatan yang dapat diubah. "
            "Nilai yang diklaim tetap seperti saat dikirim.",
        )


class SharedWithLocked(AlreadySubmitted):
    """What is said of a document is said to every answer it proves, also to those that stay locked."""

    def __init__(self) -> None:
        Exception.__init__(
            self,
            "Dokumen ini juga membuktikan pertanyaan lain yang terkunci, sehingga tidak dapat diubah. "
            "Unggah dokumen baru untuk pertanyaan yang sedang diperbaiki.",
        )


class RepairOver(WindowClosed):
    """The answer was open for mending, and that time has run out."""

    def __init__(self, until: datetime, zone: str) -> None:
        super().__init__(
            f"Masa perbaikan pertanyaan ini berakhir {saat(until, zone)}. Perubahan ini tidak disimpan. "
            "Administrator dapat memperpanjangnya."
        )


class AwaitingApproval(WindowClosed):
    """The leader has been asked: what was handed in must not change before the answer."""

    def __init__(self) -> None:
        super().__init__(
            "Evaluasi ini sedang menunggu persetujuan pimpinan, sehingga tidak dapat diubah. "
            "Operator dapat menarik permintaannya lebih dahulu."
        )


def why_closed(evaluation: Evaluation, otherwise: str) -> str:
    """The sentence for somebody who may not change something now: the leader decides, or what the page has to say."""
    return str(AwaitingApproval()) if evaluation.is_waiting else otherwise


def window_of(evaluation: Evaluation, stage: Stage | str) -> StageWindow | None:
    """The window of one stage; None when the cycle has set none, which means: not open.

    The internal review runs beside the self-evaluation: without a window of its own it has that one.
    """
    stages = [str(stage), Stage.EM.value] if stage == Stage.TI else [str(stage)]
    found = {each.stage: each for each in WINDOWS.all(evaluation.cycle_id)}
    return next((found[each] for each in stages if each in found), None)


WINDOWS = PreparedObjects[StageWindow](lambda cycle: StageWindow.objects.filter(cycle_id=cycle), KEY)


def require_open(evaluation: Evaluation, stage: Stage | str, at: datetime, window: StageWindow | None = None) -> None:
    """Raise `WindowClosed` unless a request that arrived at `at` is in time; one query if the window is not known."""
    _require_unasked(evaluation, stage)
    check(window or window_of(evaluation, stage), stage, at)


def _require_unasked(evaluation: Evaluation, stage: Stage | str) -> None:
    if evaluation.is_waiting and stage in (Stage.EM, Stage.TI):
        raise AwaitingApproval


def check(window: StageWindow | None, stage: Stage | str, at: datetime) -> None:
    """The rule itself: open from `opens_at`, closed at the very second `closes_at`. Raises `WindowClosed`."""
    name = Stage(stage).label
    if window is None:
        raise WindowClosed(f"Jadwal {name} belum ditetapkan. Hubungi administrator.")
    if at < window.opens_at:
        raise WindowClosed(f"{name} baru dibuka {saat(window.opens_at, window.time_zone)}.")
    if at >= window.closes_at:
        raise WindowClosed(
            f"{name} sudah ditutup {saat(window.closes_at, window.time_zone)}. Perubahan ini tidak disimpan."
        )


def require_reopened(evaluation: Evaluation, answers: Iterable[int], at: datetime) -> None:
    """After sending: these answers are open again and in time, every one of them. One query.

    Asked under the lock, so that nobody moves the end in between. Raises `AlreadySubmitted` or `RepairOver`.
    """
    ends = list(Answer.objects.filter(pk__in=answers).values_list("open_until", flat=True))
    found = [each for each in ends if each is not None]
    if not found:
        raise AlreadySubmitted
    if len(found) < len(ends):
        raise SharedWithLocked
    if at >= min(found):
        raise RepairOver(min(found), evaluation.region.time_zone)


def locked_if_open(
    evaluation_id: int, stage: Stage | str, at: datetime, *, answers: Iterable[int] | None = None
) -> Evaluation:
    """The evaluation, held until the transaction ends, its window checked in the same query. Raises `WindowClosed`.

    With `answers` what is done is done to these: once the evaluation is sent, `require_reopened` decides.
    """
    evaluation = HELD.first(evaluation_id, str(stage))
    if evaluation is None:
        raise Evaluation.DoesNotExist
    require_open_for(evaluation, window_beside(evaluation), stage, at, answers)
    return evaluation


def require_open_for(
    evaluation: Evaluation, window: StageWindow | None, stage: Stage | str, at: datetime, answers: Iterable[int] | None
) -> None:
    """What `locked_if_open` asks of an evaluation that is held already, with its window known."""
    if answers is not None and evaluation.is_submitted:
        require_reopened(evaluation, answers, at)
        return
    _require_unasked(evaluation, stage)
    check(window, stage, at)


HELD = PreparedObjects[Evaluation](
    lambda pk, stage: Evaluation.objects.locked().with_window(stage).filter(pk=pk), KEY, WORD
)


def window_beside(found: Evaluation | Answer) -> StageWindow | None:
    """The window that was read with an evaluation or an answer (`with_window` of their querysets)."""
    window = {name: vars(found)[name] for name in ("opens_at", "closes_at", "time_zone")}
    return StageWindow(**window) if window["opens_at"] else None
