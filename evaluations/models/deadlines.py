"""Deadlines that were moved, each by a letter: the window itself holds only what counts now."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from clusters.models import StageWindow


class DeadlineMove(models.Model):
    """One letter that set or moved the window of a stage; the last one of a window is what counts."""

    window = models.ForeignKey(StageWindow, on_delete=models.PROTECT, related_name="moves")
    opens_before = models.DateTimeField(null=True)  # None: the stage had no window yet
    closes_before = models.DateTimeField(null=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    time_zone = models.CharField(max_length=20)
    letter_number = models.CharField("nomor surat", max_length=80)
    letter_on = models.DateField("tanggal surat")
    reason = models.CharField("alasan", max_length=300, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="move_names_its_letter", condition=~Q(letter_number="")),
            models.CheckConstraint(name="moved_window_opens_first", condition=Q(opens_at__lt=F("closes_at"))),
            models.CheckConstraint(
                name="move_knows_both_moments_before",
                condition=Q(opens_before__isnull=True, closes_before__isnull=True)
                | Q(opens_before__isnull=False, closes_before__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.window_id} {self.letter_number}"
