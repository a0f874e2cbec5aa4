"""CASE FILE, stored."""

from evaluations.models.answers import (
    Answer,
    AnswerVersion,
    Evaluation,
    EvaluationQuerySet,
    Responsibility,
    window_from,
)
from evaluations.models.arrivals import Archive, ArchiveMember, Upload, UploadQuerySet
from evaluations.models.deadlines import DeadlineMove
from evaluations.models.discussion import Comment
from evaluations.models.duties import DutyChange
from evaluations.models.evidence import Evidence, EvidencePage, EvidenceQuerySet, EvidenceUse, EvidenceUseQuerySet
from evaluations.models.findings import EvidenceText, EvidenceWarning
from evaluations.models.matrices import MatrixQuerySet, MatrixVersion
from evaluations.models.places import PlaceTick
from evaluations.models.results import ClusterResult, IndicatorResult, StageFigure, StageResult
from evaluations.models.sending import Sending
from evaluations.models.workbooks import Import, ImportQuerySet

__all__ = [
    "Answer",
    "AnswerVersion",
    "Archive",
    "ArchiveMember",
    "ClusterResult",
    "Comment",
    "DeadlineMove",
    "DutyChange",
    "Evaluation",
    "EvaluationQuerySet",
    "Evidence",
    "EvidencePage",
    "EvidenceQuerySet",
    "EvidenceText",
    "EvidenceUse",
    "EvidenceUseQuerySet",
    "EvidenceWarning",
    "Import",
    "ImportQuerySet",
    "IndicatorResult",
    "PlaceTick",
    "MatrixQuerySet",
    "MatrixVersion",
    "Responsibility",
    "Sending",
    "StageFigure",
    "StageResult",
    "Upload",
    "UploadQuerySet",
    "window_from",
]
