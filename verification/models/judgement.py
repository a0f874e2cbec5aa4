"""JUDGEMENT, stored: who judges which evaluation, every verdict with the ones before it, the official award."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Region, User
from clusters.models import STAGE_CHOICES, Option
from clusters.stages import Stage
from evaluations.models import Answer, Evaluation


class Assignment(models.Model):
    """A verifier's mandate for one evaluation at one stage: for all of it or for some clusters of the instrument.

    One of the verifiers may be the coordinator, who settles what two of them see differently.
    """

    STAGES = (Stage.VA, Stage.VL)  # the region's own review and the ministry's word need none

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="assignments")
    stage = models.CharField("tahap", max_length=2, choices=STAGE_CHOICES)
    verifier = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    clusters = models.JSONField("klaster", default=list, blank=True)  # codes; empty: all of them
    is_coordinator = models.BooleanField("koordinator", default=False)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "stage", "verifier"], name="verifier_once_per_stage"),
            models.UniqueConstraint(
                fields=["evaluation", "stage"], condition=Q(is_coordinator=True), name="one_coordinator_per_stage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.stage} {self.verifier_id}"


class VerdictQuerySet(models.QuerySet["Verdict"]):
    """Adjectives of verdicts."""

    def current(self) -> "VerdictQuerySet":
        """The last word of each stage on each answer."""
        return self.filter(is_current=True)

    def for_reading(self) -> "VerdictQuerySet":
        """With who judged and which option was chosen."""
        return self.select_related("given_by", "option")


class Verdict(models.Model):
    """A reviewer's finding on one answer at one stage; a changed mind is a new row, the old one stays, not current.

    `before_points` are the points the question carried into the stage, so that the database itself can refuse a
    lowering without a reason.
    """

    class Decision(models.TextChoices):
        ACCEPT = "ACCEPT", "Klaim diterima"
        OPTION = "OPTION", "Opsi lain"
        POINTS = "POINTS", "Nilai lain"
        UNDONE = "UNDONE", "Penilaian dibatalkan"  # the judge took back a first verdict: no verdict stands

    class Reason(models.TextChoices):
        IRRELEVANT = "IRRELEVANT", "Tidak sesuai pertanyaan"
        INCOMPLETE = "INCOMPLETE", "Bukti tidak lengkap"
        WRONG_YEAR = "WRONG_YEAR", "Tahun di luar periode"
        NOT_VALID = "NOT_VALID", "Belum ditandatangani atau tidak sah"
        PHOTO_UNEXPLAINED = "PHOTO_UNEXPLAINED", "Foto tanpa keterangan"
        TOO_LATE = "TOO_LATE", "Peraturan terbit setelah batas tanggal"
        NO_MATRIX = "NO_MATRIX", "Matriks tidak ada"
        UNREADABLE = "UNREADABLE", "Tidak dapat dibuka atau dibaca"
        DUPLICATE = "DUPLICATE", "Sama dengan bukti pertanyaan lain"
        PERSONAL_DATA = "PERSONAL_DATA", "Memuat data pribadi yang harus ditutup"

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="verdicts")
    stage = models.CharField("tahap", max_length=2, choices=STAGE_CHOICES)
    decision = models.CharField("keputusan", max_length=6, choices=Decision)
    option = models.ForeignKey(Option, on_delete=models.PROTECT, null=True, related_name="+")
    points = models.DecimalField("nilai", max_digits=6, decimal_places=2)
    before_points = models.DecimalField("nilai sebelum tahap ini", max_digits=6, decimal_places=2)
    reason = models.CharField("alasan", max_length=20, choices=Reason, blank=True)
    note = models.TextField("catatan", blank=True)
    is_return = models.BooleanField("dikembalikan", default=False)  # the region is asked to mend it
    seen = models.CharField(max_length=80, blank=True)  # the mark of the answer as it was judged, see `review.seen`
    version = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = VerdictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "stage"], condition=Q(is_current=True), name="one_current_verdict_per_stage"
            ),
            models.UniqueConstraint(fields=["answer", "stage", "version"], name="verdict_version_once"),
            models.CheckConstraint(name="verdict_points_not_negative", condition=Q(points__gte=0)),
            models.CheckConstraint(
                name="lowering_needs_a_reason", condition=Q(points__gte=F("before_points")) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="what_is_returned_says_why",
                condition=Q(is_return=False) | (~Q(reason="") & ~Q(note="")),
            ),
            models.CheckConstraint(
                name="verdict_decision_says_what_it_holds",
                condition=Q(decision="ACCEPT", points=F("before_points"))
                | Q(decision="OPTION", option__isnull=False)
                | Q(decision="POINTS", option__isnull=True)
                | Q(decision="UNDONE", points=F("before_points"), is_current=False),
            ),
        ]
        indexes = [models.Index(fields=["stage", "answer"], condition=Q(is_current=True), name="current_verdicts")]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.stage} {self.points}"


class Award(models.Model):
    """The official predicate of a region and year: typed from a decree, never computed."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="awards")
    year = models.PositiveSmallIntegerField("tahun")
    predicate_code = models.CharField(max_length=20)
    predicate = models.CharField("predikat", max_length=60)
    decree_number = models.CharField("nomor keputusan", max_length=120)
    decree_on = models.DateField("tanggal keputusan")
    is_demo = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="award_once_per_year")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.year} {self.predicate}"
