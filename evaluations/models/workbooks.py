"""A spreadsheet that was handed in: kept as it came, shown as a preview, written only when somebody confirms it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.models import Office, User
from evaluations.models.answers import Evaluation


class ImportQuerySet(models.QuerySet["Import"]):
    """Adjectives of imports."""

    def waiting(self) -> "ImportQuerySet":
        """That nobody has confirmed or put away."""
        return self.filter(state=Import.State.PREVIEW)

    def over(self, before: datetime) -> "ImportQuerySet":
        """Decided, or run out, before a moment, and their files still kept."""
        decided = Q(decided_at__lt=before) | Q(decided_at__isnull=True, expires_at__lt=before)
        return self.exclude(stored_as="").filter(decided)


class Import(models.Model):
    """One file with answers of one evaluation; `rows` is what it asks for, compared whenever it is shown."""

    class Kind(models.TextChoices):
        WORKBOOK = "WORKBOOK", "Buku kerja"
        RECAP = "RECAP", "Rekap nasional"

    class State(models.TextChoices):
        PREVIEW = "PREVIEW", "Menunggu konfirmasi"
        CONFIRMED = "CONFIRMED", "Diterapkan"
        DISCARDED = "DISCARDED", "Dibuang"
        EXPIRED = "EXPIRED", "Kedaluwarsa"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=9, choices=State, default=State.PREVIEW)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")  # None: all questions
    file_name = models.CharField(max_length=160)  # made harmless
    stored_as = models.CharField(max_length=200)  # imports/ab/<sha256>; empty: its time was over
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    rows = models.JSONField(default=list)  # as `workbooks.wishes` or `workbooks.recaps` pack them
    remarks = models.JSONField(default=list)  # sentences: what was left aside
    counts = models.JSONField(default=dict)  # what a confirmation did
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_decided_by_someone_at_some_time",
                condition=Q(state__in=["PREVIEW", "EXPIRED"], decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=["CONFIRMED", "DISCARDED"], decided_at__isnull=False, decided_by__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["evaluation", "-uploaded_at"], name="imports_newest_first")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be confirmed, by its state; `state_at` also looks at the clock."""
        return self.state == self.State.PREVIEW

    def state_at(self, at: datetime) -> str:
        """The state at a moment: a preview runs out by itself."""
        return self.State.EXPIRED if self.is_waiting and at >= self.expires_at else self.State(self.state)
