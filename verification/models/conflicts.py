"""Who must not judge which region, and why."""

from django.db import models
from django.db.models import Q

from accounts.models import Region, User


class ConflictQuerySet(models.QuerySet["ConflictOfInterest"]):
    """Adjectives of conflicts of interest."""

    def standing(self) -> "ConflictQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class ConflictOfInterest(models.Model):
    """A verifier who is too near to a region to judge it; one standing row per pair, withdrawn ones are kept."""

    class Kind(models.TextChoices):
        HOME = "HOME", "Daerah asal atau tempat tinggal"
        POST = "POST", "Bekerja atau pernah bekerja di sana"
        KIN = "KIN", "Hubungan keluarga dengan yang dinilai"
        ADVICE = "ADVICE", "Mendampingi daerah menyusun jawaban"
        OTHER = "OTHER", "Lainnya"

    verifier = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflicts")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("jenis", max_length=6, choices=Kind)
    reason = models.CharField("keterangan", max_length=300, blank=True)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["verifier", "region"], condition=Q(withdrawn_at__isnull=True), name="conflict_once_per_region"
            ),
            models.CheckConstraint(name="other_conflict_is_explained", condition=~Q(kind="OTHER") | ~Q(reason="")),
            models.CheckConstraint(
                name="conflict_withdrawn_by_someone_at_some_time",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verifier_id} {self.region_id}"
