"""Every write of this room. Each locks the evaluation first, so that judging, closing and assigning never mix."""

from verification.actions.awards import DecreeMissing, record_award
from verification.actions.closing import AlreadyClosed, Unjudged, close_stage
from verification.actions.mandates import NotEligible, assign, unassign
from verification.actions.state import Refusal, StageClosed
from verification.actions.verdicts import (
    Conflict,
    ForeignOption,
    PointsOutOfRange,
    ReasonNeeded,
    record_verdict,
)

__all__ = [
    "AlreadyClosed",
    "Conflict",
    "DecreeMissing",
    "ForeignOption",
    "NotEligible",
    "PointsOutOfRange",
    "ReasonNeeded",
    "Refusal",
    "StageClosed",
    "Unjudged",
    "assign",
    "close_stage",
    "record_award",
    "record_verdict",
    "unassign",
]
