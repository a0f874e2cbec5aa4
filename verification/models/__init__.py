"""JUDGEMENT, stored."""

from verification.models.conflicts import ConflictOfInterest, ConflictQuerySet
from verification.models.judgement import Assignment, Award, Verdict, VerdictQuerySet
from verification.models.repairs import (
    Clarification,
    ClarificationMessage,
    ClarificationQuerySet,
    Correction,
    RepairWindow,
    RepairWindowQuerySet,
)

__all__ = [
    "Assignment",
    "Award",
    "Clarification",
    "ClarificationMessage",
    "ClarificationQuerySet",
    "ConflictOfInterest",
    "ConflictQuerySet",
    "Correction",
    "RepairWindow",
    "RepairWindowQuerySet",
    "Verdict",
    "VerdictQuerySet",
]
