"""JUDGEMENT, stored."""

from verification.models.conflicts import ConflictOfInterest, ConflictQuerySet
from verification.models.judgement import Assignment, Award, Verdict, VerdictQuerySet

__all__ = ["Assignment", "Award", "ConflictOfInterest", "ConflictQuerySet", "Verdict", "VerdictQuerySet"]
