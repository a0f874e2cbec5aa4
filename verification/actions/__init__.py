"""Every write of this room. Each locks the evaluation first, so that judging, closing and assigning never mix."""

from verification.actions.awards import DecreeMissing, record_award
from verification.actions.closing import AlreadyClosed, Unjudged, close_stage
from verification.actions.mandates import NotEligible, TooNear, UnknownCluster, assign, unassign
from verification.actions.reopening import AlreadyJudged, NotSent, WhyMissing, reopen
from verification.actions.state import Refusal, StageClosed
from verification.actions.undoing import NotUndone, undo_verdict
from verification.actions.verdicts import (
    Changed,
    Conflict,
    ForeignOption,
    NoteNeeded,
    NotReturnable,
    PointsOutOfRange,
    ReasonNeeded,
    record_verdict,
)

__all__ = [
    "AlreadyClosed",
    "AlreadyJudged",
    "Changed",
    "Conflict",
    "DecreeMissing",
    "ForeignOption",
    "NotEligible",
    "NotReturnable",
    "NotSent",
    "NotUndone",
    "NoteNeeded",
    "PointsOutOfRange",
    "ReasonNeeded",
    "Refusal",
    "StageClosed",
    "TooNear",
    "Unjudged",
    "UnknownCluster",
    "WhyMissing",
    "assign",
    "close_stage",
    "record_award",
    "record_verdict",
    "reopen",
    "unassign",
    "undo_verdict",
]
