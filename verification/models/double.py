"""Double scoring, stored: the sample of an evaluation at a stage, and what the second reader found."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from clusters.models import STAGE_CHOICES, Option
from evaluations.models import Answer, Evaluation
from verification.models.judgement import Verdict


class DoubleSample(models.Model):
    """Drawn once per evaluation and stage; the seed and the share say for ever why these questions and no others."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="samples")
    stage = models.CharField("tahap", max_length=2, choices=STAGE_CHOICES)
    seed = models.CharField(max_length=32)
    share = models.PositiveSmallIntegerField("persen")
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evaluation", "stage"], name="sample_once_per_stage")]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.stage}"


class SecondReadingQuerySet(models.QuerySet["SecondReading"]):
    """Adjectives of second readings."""

    def owed(self) -> "SecondReadingQuerySet":
        """Not given yet, and the stage still runs: until then the reader sees nothing of the first verdict."""
        return self.filter(given_at__isnull=True, stage=F("answer__evaluation__stage"))

    def given(self) -> "SecondReadingQuerySet":
        """With a judgement."""
        return self.filter(given_at__isnull=False)

    def for_page(self) -> "SecondReadingQuerySet":
        """With everything a list shows."""
        return self.select_related(
            "answer__question__indicator__cluster", "reader", "option", "settled_by", "first__given_by", "first__option"
        )


class SecondReading(models.Model):
    """A second verifier's judgement of one answer, given without sight of the first; it never changes a score.

    Where it differs from the first, the coordinator settles it: that is a verdict of its own, `settled`; `first` is
    what it was compared with then.
    """

    class Outcome(models.TextChoices):
        FIRST = "FIRST", "Penilaian pertama dipertahankan"
        SECOND = "SECOND", "Penilaian kedua dipakai"
        OTHER = "OTHER", "Nilai lain"

    sample = models.ForeignKey(DoubleSample, on_delete=models.CASCADE, related_name="readings")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="second_readings")
    stage = models.CharField("tahap", max_length=2, choices=STAGE_CHOICES)
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="second_readings")
    decision = models.CharField("keputusan", max_length=6, choices=Verdict.Decision, blank=True)
    option = models.ForeignKey(Option, on_delete=models.PROTECT, null=True, related_name="+")
    points = models.DecimalField("nilai", max_digits=6, decimal_places=2, null=True)
    before_points = models.DecimalField("nilai sebelum tahap ini", max_digits=6, decimal_places=2, null=True)
    reason = models.CharField("alasan", max_length=20, choices=Verdict.Reason, blank=True)
    note = models.TextField("catatan", blank=True)
    given_at = models.DateTimeField(null=True)
    first = models.ForeignKey(Verdict, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField("keputusan koordinator", max_length=6, choices=Outcome, blank=True)
    why = models.CharField("pertimbangan", max_length=300, blank=True)
    settled = models.ForeignKey(Verdict, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SecondReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "stage"], name="second_reading_once_per_stage"),
            models.CheckConstraint(
                name="second_reading_is_given_whole",
                condition=Q(given_at__isnull=True, decision="", points__isnull=True, before_points__isnull=True)
                | (Q(given_at__isnull=False, points__gte=0, before_points__isnull=False) & ~Q(decision="")),
            ),
            models.CheckConstraint(
                name="second_lowering_needs_a_reason",
                condition=Q(given_at__isnull=True) | Q(points__gte=F("before_points")) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="settled_by_someone_for_a_reason",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, settled__isnull=True, outcome="", why="")
                | (
                    Q(settled_at__isnull=False, settled_by__isnull=False, settled__isnull=False, first__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(why="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.stage} {self.reader_id}"

    @property
    def is_given(self) -> bool:
        """Whether the second reader has judged."""
        return self.given_at is not None
