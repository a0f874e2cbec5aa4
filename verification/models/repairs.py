"""Beside the verdict on a question: a window to mend what was returned, a question asked about it, a correction."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from clusters.models import STAGE_CHOICES, Indicator
from clusters.stages import Stage
from evaluations.models import Answer, Evaluation, Evidence


class RepairWindowQuerySet(models.QuerySet["RepairWindow"]):
    """Adjectives of repair windows."""

    def of_stage(self, evaluation: Evaluation) -> "RepairWindowQuerySet":
        """Those of the stage that the evaluation is at, the newest first."""
        return self.filter(evaluation=evaluation, stage=evaluation.stage).order_by("-opens_at", "-pk")


class RepairWindow(models.Model):
    """Hours in which a region mends what was returned: `answers` are open until `closes_at`, judged by server time."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="repairs")
    stage = models.CharField("tahap", max_length=2, choices=STAGE_CHOICES)
    answers = models.ManyToManyField(Answer, related_name="repairs")
    opens_at = models.DateTimeField("dibuka")
    closes_at = models.DateTimeField("ditutup")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    extended_at = models.DateTimeField("diperpanjang", null=True)  # the last time; the trail knows the others
    extended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    extend_reason = models.CharField("alasan perpanjangan", max_length=300, blank=True)

    objects = RepairWindowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="repair_opens_before_it_closes", condition=Q(opens_at__lt=F("closes_at"))),
            models.CheckConstraint(
                name="extended_by_someone_for_a_reason",
                condition=Q(extended_at__isnull=True, extended_by__isnull=True, extend_reason="")
                | (Q(extended_at__isnull=False, extended_by__isnull=False) & ~Q(extend_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.stage} {self.closes_at:%Y-%m-%d %H:%M}"


class ClarificationQuerySet(models.QuerySet["Clarification"]):
    """Adjectives of clarifications."""

    def unsettled(self) -> "ClarificationQuerySet":
        """Not ended by the verifier."""
        return self.filter(closed_at__isnull=True)


class Clarification(models.Model):
    """What verifiers ask about one answer at one stage, and what its offices say: seen by both sides.

    Not a `Comment`: those are the region's own.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="clarifications")
    stage = models.CharField("tahap", max_length=2, choices=STAGE_CHOICES)
    due_at = models.DateTimeField("tenggat")
    asked_at = models.DateTimeField("ditanyakan")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField("dijawab", null=True)  # the region's last word; a new question empties it
    closed_at = models.DateTimeField("selesai", null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "stage"], condition=Q(closed_at__isnull=True), name="one_open_clarification"
            ),
            models.CheckConstraint(name="clarification_has_time", condition=Q(asked_at__lt=F("due_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.stage}"


class ClarificationMessage(models.Model):
    """One thing said in a clarification, by the verifier or by the region; never changed."""

    clarification = models.ForeignKey(Clarification, on_delete=models.CASCADE, related_name="messages")
    of_region = models.BooleanField()
    text = models.TextField("pesan")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="message_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.clarification_id} {self.written_at:%Y-%m-%d %H:%M}"


class Correction(models.Model):
    """A verdict of a closed stage, or a figure of the ministry, put right by the administrator with its document.

    Without an answer it is about the figure of `indicator`, or without that about the total.

    The stage and the later ones that carry the question on are settled anew; `totals` keeps what they were before.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="corrections")
    stage = models.CharField("tahap", max_length=2, choices=STAGE_CHOICES)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="corrections")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, related_name="+")
    old_points = models.DecimalField("nilai lama", max_digits=6, decimal_places=2)
    new_points = models.DecimalField("nilai baru", max_digits=6, decimal_places=2)
    reason = models.TextField("alasan")
    document_number = models.CharField("nomor dokumen", max_length=120)
    document_on = models.DateField("tanggal dokumen")
    document = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    totals = models.JSONField(default=dict)  # stage -> [total before, total after], as text
    corrected_at = models.DateTimeField("dikoreksi")
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="correction_of_a_verdict_or_a_figure",
                condition=Q(answer__isnull=False, indicator__isnull=True) | Q(answer__isnull=True, stage=Stage.VF),
            ),
            models.CheckConstraint(name="correction_changes_points", condition=~Q(old_points=F("new_points"))),
            models.CheckConstraint(
                name="correction_has_reason_and_document",
                condition=~Q(reason="") & ~Q(document_number="") & Q(new_points__gte=0),
            ),
        ]
        indexes = [models.Index(fields=["evaluation", "corrected_at"], name="corrections_of_a_case")]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.stage} {self.old_points} {self.new_points}"
