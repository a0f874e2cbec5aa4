"""JUDGEMENT, stored."""

from verification.models.judgement import Assignment, Award, Verdict, VerdictQuerySet

__all__ = ["Assignment", "Award", "Verdict", "VerdictQuerySet"]
