"""PAPER, stored."""

from reports.models.documents import Document, DocumentQuerySet
from reports.models.houses import Letterhead, Wording, WordTemplate

__all__ = ["Document", "DocumentQuerySet", "Letterhead", "WordTemplate", "Wording"]
