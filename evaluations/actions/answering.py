"""Saving one answer: the version decides, history and audit follow, the standing is promised."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from clusters.stages import Stage
from evaluations import tasks, windows
from evaluations.claims import Claim, standing
from evaluations.models import Answer, AnswerVersion
from evaluations.worklist.telling import tell_lead
from kla_portal.prepared import Insert, Update, UpdateAndInsert

# What a save ends: the lead's confirmation of what stood before, and the doubt about what was copied.
UNCHECKED: dict[str, Any] = {"confirmed_at": None, "confirmed_by": None, "needs_check": False}
SAID = ("kind", "option_id", "measure", "measure_before", "points", "reason", "note", "saved_at", "saved_by_id")
# What hardly ever is refused, prepared: a version that still stands, of a question without a tick sheet.
KEPT = Insert(AnswerVersion, "answer_id", "version", *SAID)
SAVED = UpdateAndInsert(
    Update(
        Answer, *SAID, "confirmed_at", "confirmed_by_id", "needs_check", also="version = version + 1",
        where="id = %s AND version = %s AND NOT EXISTS (SELECT 1 FROM evaluations_placetick t WHERE t.answer_id = %s)",
    ),
    KEPT,
)  # fmt: skip


class FollowsTicks(Exception):
    """The figure comes from a tick sheet, of which the first tick may be a moment old."""

    def __init__(self) -> None:
        super().__init__(
            "Persentase pertanyaan ini mengikuti lembar centang. Ubah centangnya, atau kosongkan lembarnya lebih dulu."
        )


class Conflict(Exception):
    """Somebody else saved the answer meanwhile; `current` is what stands in the database now."""

    def __init__(self, current: Answer) -> None:
        super().__init__("Jawaban ini baru saja diubah orang lain.")
        self.current = current


@transaction.atomic
def save_answer(
    *, answer: Answer, version: int, claim: Claim, note: str, by: User | None, at: datetime, from_ticks: bool = False
) -> Answer:
    """Store a claim if `version` is still the one that stands; a repeat of what already stands changes nothing.

    Raises `AlreadySubmitted`, `windows.WindowClosed`, `Conflict` or `FollowsTicks`: what a tick sheet decides is
    changed by it alone (`from_ticks`), and whether it does is asked under the lock, in the statement that writes.
    The evaluation's row is held for update while we write, so that a submission cannot slip in between. Of an answer
    that was opened again only the note moves.
    """
    evaluation = windows.locked_if_open(answer.evaluation_id, Stage.EM, at, answers=[answer.pk])
    if evaluation.is_submitted and claim != standing(answer):
        raise windows.ClaimStays
    values = {
        "kind": claim.kind,
        "option_id": claim.option_id,
        "measure": claim.measure,
        "measure_before": claim.measure_before,
        "points": claim.points,
        "reason": claim.reason,
        "note": note,
    }
    said = {**values, "saved_at": at, "saved_by_id": by.pk if by else None}
    if not _write(answer.pk, version, claim, said, from_ticks=from_ticks):
        current = Answer.objects.select_related("option", "saved_by").get(pk=answer.pk)
        if all(getattr(current, name) == value for name, value in values.items()):
            return _standing_as(answer, current)  # the same request twice: one effect
        if current.version == version:
            raise FollowsTicks
        raise Conflict(current)
    audit.record(
        action="answer.saved", subject=f"answer:{answer.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={"version": version + 1, "old": answer.points, "new": claim.points, "option": claim.option_id},
    )  # fmt: skip
    if not evaluation.is_submitted:
        tell_lead(answer=answer, by=by, at=at)
        tasks.promise_settlement(evaluation.pk, Stage.EM, at)
    return _standing_as(answer, AnswerVersion(version=version + 1, saved_at=at, saved_by=by, **values))


def _write(pk: int, version: int, claim: Claim, said: dict[str, Any], *, from_ticks: bool) -> bool:
    """Whether the answer was still as it had been read; then it says what is said, and its history too."""
    ended = {"confirmed_at": None, "confirmed_by_id": None, "needs_check": False}
    kept = {"answer_id": pk, "version": version + 1, **said}
    if SAVED.run(pk, version, pk, update={**said, **ended}, insert=kept):
        return True
    untouched = Answer.objects.filter(pk=pk, version=version)
    if not from_ticks:
        untouched = untouched.filter(points=claim.points, measure=claim.measure, option=claim.option_id)
    saved = untouched.update(**said, **ended, version=F("version") + 1)
    if saved:
        KEPT.run(**kept)
    return bool(saved)


def _standing_as(answer: Answer, saved: Answer | AnswerVersion) -> Answer:
    """The caller's object, brought to what the database holds now."""
    for name in ("kind", "option_id", "measure", "measure_before", "points", "reason", "note"):
        setattr(answer, name, getattr(saved, name))
    answer.version, answer.saved_at, answer.saved_by = saved.version, saved.saved_at, saved.saved_by
    for name, value in UNCHECKED.items():
        setattr(answer, name, getattr(saved, name, value))
    return answer
