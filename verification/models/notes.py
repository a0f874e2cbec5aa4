"""What verifiers mark on evidence."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from clusters.models import STAGE_CHOICES
from evaluations.models import Answer, Evidence


class EvidenceNoteQuerySet(models.QuerySet["EvidenceNote"]):
    """Adjectives of annotations."""

    def standing(self) -> "EvidenceNoteQuerySet":
        """Not taken back."""
        return self.filter(removed_at__isnull=True)


class EvidenceNote(models.Model):
    """A short note on a page of a document, as the proof of one answer; without a page it speaks of all of it."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="notes")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence_notes")
    stage = models.CharField("tahap", max_length=2, choices=STAGE_CHOICES)
    page = models.PositiveIntegerField("halaman", null=True)
    text = models.CharField("catatan", max_length=300)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    objects = EvidenceNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="note_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="note_pages_begin_at_one", condition=Q(page__isnull=True) | Q(page__gte=1)),
        ]
        indexes = [models.Index(fields=["answer", "stage"], name="notes_of_an_answer")]

    def __str__(self) -> str:
        return f"{self.evidence_id} p{self.page}"
