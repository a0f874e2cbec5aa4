"""An evaluation, who answers which question, and the answers with all their versions."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import Office, Region, User
from clusters.models import STAGE_CHOICES, Cycle, Option, Question
from clusters.stages import Stage


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Adjectives of evaluations."""

    def locked(self) -> "EvaluationQuerySet":
        """Held until the transaction ends, without holding the cycle or the region with it."""
        return self.select_for_update(of=("self",))

    def with_window(self, stage: str) -> "EvaluationQuerySet":
        """With `opens_at`, `closes_at` and `time_zone` of one stage; None where the cycle has set no window."""
        return self.annotate(**window_from("cycle", stage))

    def for_page(self) -> "EvaluationQuerySet":
        """With everything a page's head shows: region, province, cycle, instrument."""
        return self.select_related("region__province", "cycle__instrument")


def window_from(cycle: str, stage: str) -> dict[str, Any]:
    """Annotations with `opens_at`, `closes_at` and `time_zone` of a stage; `cycle` is the way to the cycle."""
    windows = f"{cycle}__windows"
    beside = models.FilteredRelation(windows, condition=Q((f"{windows}__stage", stage)))
    named = {name: models.F(f"of_stage__{name}") for name in ("opens_at", "closes_at", "time_zone")}
    return {"of_stage": beside, **named}


class Evaluation(models.Model):
    """One region in one cycle. `stage` is the stage that is being worked on; empty when the last one is closed."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="evaluations")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="evaluations")
    stage = models.CharField("tahap", max_length=2, choices=STAGE_CHOICES, blank=True, default=Stage.EM.value)
    opened_at = models.DateTimeField("dibuka")
    submitted_at = models.DateTimeField("dikirim", null=True)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    needs_approval = models.BooleanField("perlu persetujuan pimpinan", default=False)  # before it is sent
    asked_at = models.DateTimeField("persetujuan diminta", null=True)  # and not answered: everything is locked
    repair_until = models.DateTimeField("perbaikan sampai", null=True)  # the last of its answers' `open_until`
    is_demo = models.BooleanField("contoh", default=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "cycle"], name="evaluation_once_per_cycle"),
            models.CheckConstraint(
                name="submitted_by_someone_at_some_time",
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="approval_is_asked_before_sending",
                condition=Q(asked_at__isnull=True) | Q(submitted_at__isnull=True, needs_approval=True),
            ),
            models.CheckConstraint(
                name="self_assessment_until_submitted",
                condition=Q(stage="EM", submitted_at__isnull=True) | (~Q(stage="EM") & Q(submitted_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.cycle_id}"

    @property
    def is_submitted(self) -> bool:
        """Whether the region has sent its self-evaluation; its answers are locked from then on."""
        return self.submitted_at is not None

    @property
    def is_waiting(self) -> bool:
        """Whether the leader has been asked and has not answered; nothing changes until then."""
        return self.asked_at is not None

    def mending_until(self, at: datetime) -> datetime | None:
        """Until when some of its answers are open again; None once that is over."""
        return self.repair_until if self.repair_until is not None and at < self.repair_until else None


class Responsibility(models.Model):
    """An office that answers a question: one leads, others support."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="responsibilities")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="responsibilities")
    is_lead = models.BooleanField("penanggung jawab")
    due_on = models.DateField("batas waktu", null=True)  # the region's own date, earlier than the stage's window

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "question", "office"], name="office_once_per_answer"),
            models.UniqueConstraint(
                fields=["evaluation", "question"], condition=Q(is_lead=True), name="one_lead_per_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.office_id}"

    @classmethod
    def lead_of_answer(cls) -> models.Subquery:
        """The key of the office in charge of the answer of the outer query."""
        same = cls.objects.filter(evaluation=models.OuterRef("evaluation"), question=models.OuterRef("question"))
        return models.Subquery(same.filter(is_lead=True).values("office")[:1])


class Answer(models.Model):
    """What a region claims for one question. All rows exist from the start; `points` None means: not answered yet.

    `version` counts the saves; a save must name the version it has seen, so the second of two editors is told.
    """

    class Kind(models.TextChoices):
        EMPTY = "", "Belum diisi"
        OPTION = "OPTION", "Opsi"
        MEASURE = "MEASURE", "Angka"
        FREE = "FREE", "Nilai bebas"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=8, choices=Kind, blank=True, default=Kind.EMPTY)
    option = models.ForeignKey(Option, on_delete=models.PROTECT, null=True, related_name="+")
    measure = models.DecimalField("angka", max_digits=14, decimal_places=2, null=True)
    measure_before = models.DecimalField("angka tahun sebelumnya", max_digits=14, decimal_places=2, null=True)
    points = models.DecimalField("nilai", max_digits=6, decimal_places=2, null=True)
    reason = models.CharField("alasan nilai bebas", max_length=300, blank=True)
    note = models.TextField("catatan", blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("dikonfirmasi", null=True)  # by the lead, of a shared question; a save ends it
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    needs_check = models.BooleanField("perlu diperiksa", default=False)  # copied from another cycle, not yet looked at
    open_until = models.DateTimeField("terbuka sampai", null=True)  # after sending: evidence may be added until then

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "question"], name="answer_once_per_question"),
            models.CheckConstraint(
                name="confirmed_by_someone_at_some_time",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, points__isnull=False),
            ),
            models.CheckConstraint(name="answer_points_not_negative", condition=Q(points__gte=0)),
            models.CheckConstraint(
                name="answer_kind_says_what_it_holds",
                condition=Q(kind="", option__isnull=True, points__isnull=True)
                | Q(kind__in=["OPTION", "MEASURE"], option__isnull=False, points__isnull=False)
                | (Q(kind="FREE", option__isnull=True, points__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="saved_by_someone_at_some_time",
                condition=Q(saved_at__isnull=True, version=0) | Q(saved_at__isnull=False, version__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.question_id}"

    @property
    def is_answered(self) -> bool:
        """Whether there is a claim, be it one of 0 points."""
        return self.points is not None


class AnswerVersion(models.Model):
    """One save of an answer as it was, never changed afterwards."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, blank=True)
    option = models.ForeignKey(Option, on_delete=models.PROTECT, null=True, related_name="+")
    measure = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    measure_before = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    reason = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "version"], name="version_once_per_answer")]

    def __str__(self) -> str:
        return f"{self.answer_id} v{self.version}"
