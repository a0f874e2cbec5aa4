"""Saving one answer: the version decides, history and audit follow, the standing is promised."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import AuditChain, AuditEvent, User
from clusters.stages import Stage
from evaluations import tasks, windows
from evaluations.claims import Claim, standing
from evaluations.models import Answer, AnswerVersion, Evaluation
from evaluations.worklist.telling import tell_lead
from jobs.promises import PROMISED
from kla_portal.prepared import Insert, Together, Update, Values

# What a save ends: the lead's confirmation of what stood before, and the doubt about what was copied.
UNCHECKED: dict[str, Any] = {"confirmed_at": None, "confirmed_by": None, "needs_check": False}
SAID = ("kind", "option_id", "measure", "measure_before", "points", "reason", "note", "saved_at", "saved_by_id")
# What hardly ever is refused, prepared: a version that still stands, of a question without a tick sheet.
KEPT = Insert(AnswerVersion, "answer_id", "version", *SAID)
MOVED = Update(
    Answer, *SAID, "confirmed_at", "confirmed_by_id", "needs_check", also="version = version + 1",
    where="id = %s AND version = %s AND NOT EXISTS (SELECT 1 FROM evaluations_placetick t WHERE t.answer_id = %s)",
)  # fmt: skip
SAVED = Together(MOVED, KEPT, PROMISED, *audit.APPENDED)
MENDED = Together(MOVED, KEPT, *audit.APPENDED)  # of what was sent nothing is to be settled


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
    chain = audit.held_chain(evaluation.region_id, at)
    return _save(Act(answer, evaluation, chain, version, claim, note, by, at), from_ticks=from_ticks)


def save_held(*, answer: Answer, version: int, claim: Claim, note: str, by: User, at: datetime) -> Answer:
    """`save_answer` in the caller's transaction, for an answer that `worklist.opening` has found and holds."""
    evaluation = answer.evaluation
    windows.require_open_for(evaluation, windows.window_beside(answer), Stage.EM, at, [answer.pk])
    return _save(Act(answer, evaluation, evaluation.region.auditchain, version, claim, note, by, at), from_ticks=False)


class Act(NamedTuple):
    """One save: of which answer, on which chain, over which version, and what is said now."""

    answer: Answer
    evaluation: Evaluation
    chain: AuditChain
    version: int
    claim: Claim
    note: str
    by: User | None
    at: datetime

    @property
    def values(self) -> dict[str, Any]:
        """What the answer says from now on."""
        claim = self.claim
        return {
            "kind": claim.kind, "option_id": claim.option_id, "measure": claim.measure,
            "measure_before": claim.measure_before, "points": claim.points, "reason": claim.reason, "note": self.note,
        }  # fmt: skip

    @property
    def event(self) -> AuditEvent:
        """What the trail says of it."""
        claim, old = self.claim, self.answer.points
        details = {"version": self.version + 1, "old": old, "new": claim.points, "option": claim.option_id}
        return audit.next_event(
            self.chain, action="answer.saved", subject=f"answer:{self.answer.pk}", by=self.by, at=self.at,
            details=details,
        )  # fmt: skip


def _save(act: Act, *, from_ticks: bool) -> Answer:
    answer, evaluation, values = act.answer, act.evaluation, act.values
    if evaluation.is_submitted and act.claim != standing(answer):
        raise windows.ClaimStays
    if not _write(act, values, from_ticks=from_ticks):
        current = Answer.objects.select_related("option", "saved_by").get(pk=answer.pk)
        if all(getattr(current, name) == value for name, value in values.items()):
            return _standing_as(answer, current)  # the same request twice: one effect
        if current.version == act.version:
            raise FollowsTicks
        raise Conflict(current)
    if not evaluation.is_submitted:
        tell_lead(answer=answer, by=act.by, at=act.at)
    return _standing_as(answer, AnswerVersion(version=act.version + 1, saved_at=act.at, saved_by=act.by, **values))


def _write(act: Act, values: dict[str, Any], *, from_ticks: bool) -> bool:
    """Whether the answer was still as it had been read; then it says what is said, with history, trail and promise."""
    pk, version, claim = act.answer.pk, act.version, act.claim
    said = {**values, "saved_at": act.at, "saved_by_id": act.by.pk if act.by else None}
    ended = {"confirmed_at": None, "confirmed_by_id": None, "needs_check": False}
    kept, event = Values({"answer_id": pk, "version": version + 1, **said}), audit.said_of(act.event)
    moved = Values({**said, **ended}, (pk, version, pk))
    if act.evaluation.is_submitted:
        is_written = MENDED.run(moved, kept, *event)
    else:
        is_written = SAVED.run(moved, kept, tasks.settlement_promised(act.evaluation.pk, Stage.EM, act.at), *event)
    if is_written:
        return True
    untouched = Answer.objects.filter(pk=pk, version=version)
    if not from_ticks:
        untouched = untouched.filter(points=claim.points, measure=claim.measure, option=claim.option_id)
    if not untouched.update(**said, **ended, version=F("version") + 1):
        return False
    KEPT.run(**kept.values)
    audit.APPENDED_ALONE.run(*event)
    if not act.evaluation.is_submitted:
        tasks.promise_settlement(act.evaluation.pk, Stage.EM, act.at)
    return True


def _standing_as(answer: Answer, saved: Answer | AnswerVersion) -> Answer:
    """The caller's object, brought to what the database holds now."""
    for name in ("kind", "option_id", "measure", "measure_before", "points", "reason", "note"):
        setattr(answer, name, getattr(saved, name))
    answer.version, answer.saved_at, answer.saved_by = saved.version, saved.saved_at, saved.saved_by
    for name, value in UNCHECKED.items():
        setattr(answer, name, getattr(saved, name, value))
    return answer
