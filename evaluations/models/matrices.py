"""Tables that questions ask for: every save is a whole version, never changed afterwards."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from evaluations.models.answers import Answer, Evaluation


class MatrixQuerySet(models.QuerySet["MatrixVersion"]):
    """Adjectives of tables."""

    def current(self) -> "MatrixQuerySet":
        """Those that count now, one per answer."""
        return self.filter(is_current=True)

    def for_evaluation(self, evaluation: Evaluation) -> "MatrixQuerySet":
        """Of one case."""
        return self.filter(answer__evaluation=evaluation)

    def for_list(self) -> "MatrixQuerySet":
        """Newest first, without their rows: what a history shows."""
        return self.defer("rows", "columns").select_related("saved_by").order_by("-version")


class MatrixVersion(models.Model):
    """One save of a table. `rows` are mappings of column code to a cell's stored spelling, empty cells left out.

    `columns` are those it was filled in under: the instrument may gain columns afterwards.
    """

    class Origin(models.TextChoices):
        TYPED = "TYPED", "diisi di halaman"
        PASTED = "PASTED", "ditempel"
        UPLOADED = "UPLOADED", "dari berkas Excel"
        RESTORED = "RESTORED", "dipulihkan"

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="matrix_versions")
    version = models.PositiveIntegerField()
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    row_count = models.PositiveIntegerField(default=0)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.TYPED)
    is_current = models.BooleanField(default=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = MatrixQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "version"], name="matrix_version_once_per_answer"),
            models.UniqueConstraint(
                fields=["answer"], condition=Q(is_current=True), name="one_current_matrix_per_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} v{self.version}"
