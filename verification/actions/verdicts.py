"""A reviewer's finding on one answer."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Option
from clusters.scoring import ZERO, hundredths
from clusters.stages import Stage, before, carried, lowers
from evaluations import tasks, windows
from evaluations.models import Answer, Evaluation
from kla_portal.prepared import KEY, Insert, PreparedObjects, Update
from verification.actions.state import Refusal, StageClosed, locked_with_window
from verification.models import Verdict
from verification.progress import judged_now
from verification.review import returning

GIVEN = Insert(Verdict, *(field.attname for field in Verdict._meta.concrete_fields if not field.primary_key))
REPLACED = Update(Verdict, "is_current", where="id = %s")


class Conflict(Refusal):
    """Somebody else has judged the answer since the caller read it; `current` is what stands now."""

    sentence = "Pertanyaan ini baru saja dinilai orang lain. Bandingkan kedua penilaian, lalu pilih yang berlaku."

    def __init__(self, current: Verdict | None, version: int = 0) -> None:
        super().__init__(current)
        self.current = current  # None after somebody has taken back a first verdict
        self.version = version  # the last one there is


class ReasonNeeded(Refusal):
    """Points are lowered, or an answer is sent back, without saying why."""

    def __init__(self, *, is_return: bool = False) -> None:
        super().__init__()
        self.sentence = (
            "Jawaban dikembalikan. Pilih satu alasan agar perangkat daerah tahu apa yang harus diperbaiki."
            if is_return
            else "Nilai turun dari nilai sebelumnya. Pilih satu alasan agar daerah tahu apa yang harus diperbaiki."
        )


class ForeignOption(Refusal):
    """The option belongs to another question, or none was named."""

    sentence = "Opsi ini bukan milik pertanyaan yang dinilai. Pilih opsi dari daftar pertanyaan ini."


class PointsOutOfRange(Refusal):
    """Free points below zero, above the question's maximum, missing, or finer than a hundredth."""

    sentence = "Nilai harus antara 0 dan nilai maksimal pertanyaan, paling banyak dua angka di belakang koma."


class Changed(Refusal):
    """The answer or its evidence is not what the reviewer has read."""

    sentence = "Jawaban atau buktinya baru saja diubah. Baca lagi yang terbaru di halaman ini, lalu simpan."


class NoteNeeded(Refusal):
    """An answer is sent back without saying what to mend."""

    sentence = "Tulis apa yang harus diperbaiki, agar perangkat daerah tahu apa yang diharapkan."


class NotReturnable(Refusal):
    """The ministry's word is entered, not negotiated: at its stage nothing is sent back."""

    sentence = "Pada verifikasi final jawaban tidak dapat dikembalikan. Catat nilai yang ditetapkan kementerian."


@transaction.atomic
def record_verdict(
    *,
    answer: Answer,
    stage: str,
    version: int,
    decision: str,
    option: Option | None,
    points: Decimal | None,
    reason: str,
    note: str,
    by: User,
    at: datetime,
    is_return: bool = False,
    seen: str | None = None,
) -> Verdict:
    """Judge `answer` at `stage`; `version` is that of the verdict the judge has seen, 0 for none.

    Older verdicts stay, no longer current. Sending the same judgement twice has one effect. A reason is kept only where
    points are lowered or the answer is sent back. Where the answer may move (see `returning.moves`), `seen` is the mark
    of what the reviewer has read. Raises a `Refusal` or `windows.WindowClosed`.
    """
    evaluation = locked_with_window(answer.evaluation_id, stage)
    if judged_now(evaluation) != stage or not stage:
        raise StageClosed(stage, evaluation.stage)
    if answer.open_until is None:  # what was opened again is judged until the stage is closed, also after its window
        windows.require_open(evaluation, Stage(stage), at, windows.window_beside(evaluation))
    moves, mark = returning.moves(answer, stage, is_return=is_return), ""
    if moves:
        answer, mark = returning.as_it_stands(answer)
    earlier = before(Stage(stage), evaluation.cycle.stages)
    given_so_far = _verdicts(answer, [*earlier, stage])
    before_points = _brought(answer, earlier, given_so_far)
    given, chosen = judged(answer, decision, option, points, before_points)
    lowered = lowers(given, before_points)
    _require_words(stage, reason, note, lowered=lowered, is_return=is_return)
    verdict = Verdict(
        answer=answer,
        stage=stage,
        decision=decision,
        option=chosen,
        points=given,
        before_points=before_points,
        reason=reason if lowered or is_return else "",
        note=note,
        is_return=is_return,
        seen=mark,
        version=version + 1,
        given_at=at,
        given_by=by,
    )
    latest = next((each for each in given_so_far if each.stage == stage), None)
    current = latest if latest and latest.is_current else None
    if current is not None and _same(current, verdict):
        return current
    last = latest.version if latest else 0
    if last != version:
        raise Conflict(current, last)
    if moves and seen is not None and seen != mark:
        raise Changed
    return put(verdict, current, evaluation)


def _require_words(stage: str, reason: str, note: str, *, lowered: bool, is_return: bool) -> None:
    if is_return and stage not in returning.STAGES:
        raise NotReturnable
    if (lowered or is_return) and not reason:
        raise ReasonNeeded(is_return=is_return)
    if is_return and not note.strip():
        raise NoteNeeded


def put(verdict: Verdict, current: Verdict | None, evaluation: Evaluation) -> Verdict:
    """Store what was found, in place of what stood, with its trail; the caller holds the lock and has checked."""
    if current is not None:
        current.is_current = False
        REPLACED.run(current.pk, is_current=False)
    verdict.pk = GIVEN.run(**vars(verdict))
    verdict._state.adding = False
    record(verdict, current, evaluation)
    tasks.promise_settlement(evaluation.pk, verdict.stage, verdict.given_at)
    return verdict


def record(verdict: Verdict, current: Verdict | None, evaluation: Evaluation) -> None:
    """The trail of a verdict that was stored, and word to the offices whose answer the review sends back."""
    audit.record(
        action="answer.returned" if verdict.is_return else "verdict.recorded",
        subject=f"answer:{verdict.answer_id}",
        by=verdict.given_by,
        at=verdict.given_at,
        region_id=evaluation.region_id,
        details={
            "stage": verdict.stage,
            "version": verdict.version,
            "points": [current.points if current else verdict.before_points, verdict.points],
            "decision": verdict.decision,
            "reason": verdict.reason,
        },
    )
    if verdict.is_return and verdict.stage == Stage.TI:  # later the region is told when the repair window opens
        returning.tell(verdict, evaluation)


def points_before(answer: Answer, evaluation: Evaluation, stage: Stage) -> Decimal:
    """What the question brought into `stage`: the claim, or the last earlier stage that touched it."""
    earlier = before(stage, evaluation.cycle.stages)
    return _brought(answer, earlier, _verdicts(answer, earlier))


def _verdicts(answer: Answer, stages: Sequence[str]) -> list[Verdict]:
    """What has been given at these stages, the last version first; one query."""
    return _given(tuple(map(str, stages))).all(answer.pk)


@lru_cache(maxsize=16)
def _given(stages: tuple[str, ...]) -> PreparedObjects[Verdict]:
    found = Verdict.objects.for_reading().filter(stage__in=stages).order_by("-version")
    return PreparedObjects(lambda answer: found.filter(answer=answer), KEY)


def _brought(answer: Answer, earlier: Sequence[Stage], given: list[Verdict]) -> Decimal:
    judged = {each.stage: each.points for each in given if each.is_current}
    return carried([answer.points], [[judged.get(each.value)] for each in earlier])[0] or ZERO


def judged(
    answer: Answer, decision: str, option: Option | None, points: Decimal | None, before_points: Decimal
) -> tuple[Decimal, Option | None]:
    if decision == Verdict.Decision.ACCEPT:
        return before_points, None
    if decision == Verdict.Decision.OPTION:
        if option is None or option.question_id != answer.question_id:
            raise ForeignOption
        return option.points, option
    if points is None or not points.is_finite() or not ZERO <= points <= answer.question.maximum:
        raise PointsOutOfRange
    if hundredths(points) != points:
        raise PointsOutOfRange
    return hundredths(points), None


def _same(current: Verdict, again: Verdict) -> bool:
    """Whether `again` is the same click once more: same judge, same judgement, seen before or after `current`."""
    if current.version - again.version not in (0, -1) or current.given_by_id != again.given_by_id:
        return False
    told = ("decision", "option_id", "points", "reason", "note", "is_return", "seen")
    return all(getattr(current, name) == getattr(again, name) for name in told)
