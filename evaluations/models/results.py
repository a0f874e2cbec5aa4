"""What a stage came to: total, tier and two levels below, moving while the stage is open, frozen when it closes."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from clusters.models import STAGE_CHOICES, Cluster, Indicator
from evaluations.models.answers import Evaluation


class StageResult(models.Model):
    """The standing of one evaluation at one stage; `frozen_at` set: the stage is closed and this is its result."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="results")
    stage = models.CharField(max_length=2, choices=STAGE_CHOICES)
    total = models.DecimalField(max_digits=7, decimal_places=2)
    maximum = models.DecimalField(max_digits=7, decimal_places=2)
    tier = models.CharField(max_length=20, blank=True)  # code of the band; empty: below the first
    answered = models.PositiveSmallIntegerField(default=0)  # claims in EM, verdicts in the stages after it
    settled_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "stage"], name="result_once_per_stage"),
            models.CheckConstraint(name="total_not_negative", condition=Q(total__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.stage} {self.total}"


class ClusterResult(models.Model):
    """A stage's points of one cluster."""

    # No index beside the one of the constraint: half of the time of a settlement of everybody went into them.
    result = models.ForeignKey(StageResult, on_delete=models.CASCADE, related_name="clusters", db_index=False)
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+", db_index=False)
    points = models.DecimalField(max_digits=7, decimal_places=2)
    answered = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "cluster"], name="cluster_once_per_result")]

    def __str__(self) -> str:
        return f"{self.result_id} {self.cluster_id}"


class IndicatorResult(models.Model):
    """A stage's points of one indicator, its ceiling applied."""

    result = models.ForeignKey(StageResult, on_delete=models.CASCADE, related_name="indicators", db_index=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", db_index=False)
    points = models.DecimalField(max_digits=7, decimal_places=2)
    surplus = models.DecimalField(max_digits=7, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "indicator"], name="indicator_once_per_result")]

    def __str__(self) -> str:
        return f"{self.result_id} {self.indicator_id}"


class StageFigure(models.Model):
    """A figure of a stage that comes from outside, such as the ministry's: of one indicator, or the total itself.

    It stands where the portal's own sum would stand; `source` says whose it is. Single questions are judged instead.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="figures")
    stage = models.CharField(max_length=2, choices=STAGE_CHOICES)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, related_name="+")  # None: the total
    points = models.DecimalField("nilai", max_digits=7, decimal_places=2)
    source = models.CharField("sumber", max_length=200)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "stage", "indicator"], name="figure_once_per_indicator"),
            models.UniqueConstraint(
                fields=["evaluation", "stage"], condition=Q(indicator__isnull=True), name="total_figure_once_per_stage"
            ),
            models.CheckConstraint(name="figure_not_negative_and_sourced", condition=Q(points__gte=0) & ~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.stage} {self.points}"
