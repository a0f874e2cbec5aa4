"""Ticks: for a question that is counted place by place, whether one kecamatan or desa meets it."""

from django.db import models
from django.db.models import Q

from accounts.models import District, User, Village
from evaluations.models.answers import Answer


class PlaceTick(models.Model):
    """One place's yes or no; no row: nobody has said yet. Every change leaves an event in the trail."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="ticks")
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, related_name="+")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, null=True, related_name="+")
    is_met = models.BooleanField("memenuhi")
    ticked_at = models.DateTimeField()
    ticked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "district"], name="tick_once_per_district"),
            models.UniqueConstraint(fields=["answer", "village"], name="tick_once_per_village"),
            models.CheckConstraint(
                name="tick_of_a_district_or_a_village",
                condition=Q(district__isnull=False, village__isnull=True)
                | Q(district__isnull=True, village__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.district_id or self.village_id}"
