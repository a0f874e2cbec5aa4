"""JUDGEMENT, stored."""

from verification.models.conflicts import ConflictOfInterest, ConflictQuerySet
from verification.models.double import DoubleSample, SecondReading, SecondReadingQuerySet
from verification.models.judgement import Assignment, Award, Verdict, VerdictQuerySet
from verification.models.notes import EvidenceNote, EvidenceNoteQuerySet
from verification.models.phrases import Phrase
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
    "DoubleSample",
    "EvidenceNote",
    "EvidenceNoteQuerySet",
    "Phrase",
    "RepairWindow",
    "RepairWindowQuerySet",
    "SecondReading",
    "SecondReadingQuerySet",
    "Verdict",
    "VerdictQuerySet",
]
