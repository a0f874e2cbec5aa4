"""What the portal has found in a document: its text and facts, read by the worker, and warnings that people answer."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from evaluations.models.evidence import Evidence


class EvidenceText(models.Model):
    """What a file says, for the search, with numbers that look like a NIK covered; and what was measured in it.

    On PostgreSQL the table has a generated column `words` (`tsvector`, Indonesian), see the migration.
    """

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, primary_key=True, related_name="reading")
    text = models.TextField(blank=True)
    facts = models.JSONField(default=dict)  # plain numbers: `evaluations.evidence.facts.Facts`
    suggestions = models.JSONField(default=dict)  # details guessed from name and text, for people to confirm
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.evidence_id}"


class EvidenceWarningQuerySet(models.QuerySet["EvidenceWarning"]):
    """Adjectives of warnings."""

    def unanswered(self) -> "EvidenceWarningQuerySet":
        """Nobody of the region has said anything about it yet."""
        return self.filter(answered_at__isnull=True)


class EvidenceWarning(models.Model):
    """Something a verifier may stumble over; it blocks nothing. One row per document and kind of doubt."""

    class Code(models.TextChoices):
        COVER_ONLY = "COVER_ONLY", "Mungkin hanya halaman sampul"
        UNDATED = "UNDATED", "Tanpa teks dan tanpa tanggal"
        WRONG_YEAR = "WRONG_YEAR", "Di luar tahun data"
        LATE_REGULATION = "LATE_REGULATION", "Peraturan melewati batas tanggal"
        EXPIRED = "EXPIRED", "Masa berlaku sudah lewat"
        BLANK_PAGES = "BLANK_PAGES", "Halaman kosong"
        SMALL_PICTURE = "SMALL_PICTURE", "Gambar terlalu kecil"
        PHOTO_UNPLACED = "PHOTO_UNPLACED", "Foto tanpa waktu atau tempat"
        CHILD_DATA = "CHILD_DATA", "Mungkin memuat data pribadi anak"

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="warnings")
    code = models.CharField(max_length=16, choices=Code)
    detail = models.CharField(max_length=200, blank=True)  # what was found, in words: "hal. 2 dan 4"
    found_at = models.DateTimeField()
    answer = models.CharField("jawaban", max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = EvidenceWarningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "code"], name="warning_once_per_evidence"),
            models.CheckConstraint(
                name="warning_answered_by_someone_at_some_time",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.code}"

    @property
    def is_answered(self) -> bool:
        """Whether somebody of the region has said why it is right as it is."""
        return self.answered_at is not None
