"""WHAT NOW, stored: the rows of the coordination meeting's working paper that people have written themselves."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from clusters.models import Indicator
from evaluations.models import Evaluation


class PaperRowQuerySet(models.QuerySet["PaperRow"]):
    """Adjectives of rows."""

    def current(self) -> "PaperRowQuerySet":
        """The last word on each indicator."""
        return self.filter(is_current=True)


class PaperRow(models.Model):
    """One indicator of the working paper as somebody wrote it; earlier versions stay, not current.

    A row that is not edited holds no words: it says whatever the verdicts say.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="paper_rows")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    is_edited = models.BooleanField()
    done = models.TextField("telah dilaksanakan", blank=True)
    undone = models.TextField("belum dilaksanakan", blank=True)
    needed = models.TextField("data yang dibutuhkan", blank=True)
    responsible = models.TextField("penanggung jawab", blank=True)
    due_on = models.DateField("batas waktu", null=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PaperRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "indicator", "version"], name="paper_row_version_once"),
            models.UniqueConstraint(
                fields=["evaluation", "indicator"],
                condition=Q(is_current=True),
                name="one_current_paper_row_per_indicator",
            ),
            models.CheckConstraint(name="paper_row_version_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="row_that_follows_verdicts_holds_no_words",
                condition=Q(is_edited=True)
                | Q(is_edited=False, done="", undone="", needed="", responsible="", due_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.indicator_id} v{self.version}"
