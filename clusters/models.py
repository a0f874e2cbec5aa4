"""RULE BOOK, stored: the instrument as data, and the cycles that use it."""

from datetime import datetime

from django.db import models
from django.db.models import Count, F, Q

from clusters.stages import LABELS, Stage, in_order

STAGE_CHOICES = [(stage.value, label) for stage, label in LABELS.items()]


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    """Adjectives of instruments."""

    def with_counts(self) -> "InstrumentQuerySet":
        """With `cluster_count`, `indicator_count` and `question_count`."""
        return self.annotate(
            cluster_count=Count("clusters", distinct=True),
            indicator_count=Count("clusters__indicators", distinct=True),
            question_count=Count("clusters__indicators__questions", distinct=True),
        )


class ClusterQuerySet(models.QuerySet["Cluster"]):
    """Adjectives of clusters."""

    def with_counts(self) -> "ClusterQuerySet":
        """With `indicator_count` and `question_count`."""
        return self.annotate(
            indicator_count=Count("indicators", distinct=True), question_count=Count("indicators__questions")
        )


class QuestionQuerySet(models.QuerySet["Question"]):
    """Adjectives of questions."""

    def matching(self, words: str) -> "QuestionQuerySet":
        """Whose text holds the words or whose code begins with them."""
        return self.filter(Q(text__icontains=words) | Q(code__istartswith=words))

    def before(self, question: "Question") -> "QuestionQuerySet":
        """Those above a question, the nearest first."""
        return self.filter(position__lt=question.position).order_by("-position")

    def after(self, question: "Question") -> "QuestionQuerySet":
        """Those below a question, the nearest first."""
        return self.filter(position__gt=question.position).order_by("position")


class Instrument(models.Model):
    """One edition of the ministry's instrument; frozen as soon as an evaluation uses it."""

    code = models.SlugField("kode", max_length=40, unique=True)
    name = models.CharField("nama", max_length=200)
    maximum = models.DecimalField("nilai maksimal", max_digits=7, decimal_places=2)
    evidence_years = models.JSONField("tahun data", default=list)
    fraction_rule = models.CharField("aturan pecahan", max_length=10, default="floor")
    fingerprint = models.CharField("sidik berkas", max_length=64)
    forms_fingerprint = models.CharField("sidik kolom dan wilayah", max_length=64, blank=True, default="")
    remarks = models.JSONField("catatan penjumlahan", default=list)
    loaded_at = models.DateTimeField("dimuat")

    objects = InstrumentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class PredicateBand(models.Model):
    """A tier of the instrument and its lowest whole score."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="bands")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    lowest = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "code"], name="band_once_per_instrument"),
            models.UniqueConstraint(fields=["instrument", "lowest"], name="band_floor_once_per_instrument"),
        ]

    def __str__(self) -> str:
        return self.name


class InstrumentOffice(models.Model):
    """A kind of office the instrument speaks of, with the names it goes by."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="offices")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    aliases = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instrument", "code"], name="office_once_per_instrument")]

    def __str__(self) -> str:
        return self.name


class Cluster(models.Model):
    """One of the seven clusters, Kelembagaan and Kecamatan/Desa included."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="clusters")
    code = models.CharField("kode", max_length=5)
    name = models.CharField("nama", max_length=120)
    maximum = models.DecimalField("nilai maksimal", max_digits=7, decimal_places=2)
    position = models.PositiveSmallIntegerField()

    objects = ClusterQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "code"], name="cluster_once_per_instrument"),
            models.CheckConstraint(name="cluster_maximum_not_negative", condition=Q(maximum__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Indicator(models.Model):
    """A heading with a ceiling of its own over a handful of questions."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField("kode", max_length=10)
    name = models.CharField("nama", max_length=250)
    maximum = models.DecimalField("nilai maksimal", max_digits=7, decimal_places=2)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "code"], name="indicator_once_per_cluster"),
            models.CheckConstraint(name="indicator_maximum_not_negative", condition=Q(maximum__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Question(models.Model):
    """One question; `position` is its place in the whole instrument, the order in which points are added."""

    class Measure(models.TextChoices):
        NONE = "", "tanpa angka"
        PERCENTAGE = "percentage", "persentase"
        COUNT = "count", "jumlah"

    class PlaceUnit(models.TextChoices):
        DISTRICT = "district", "kecamatan"
        VILLAGE = "village", "desa/kelurahan"

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="questions")
    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField("kode", max_length=12)
    text = models.TextField("pertanyaan")
    maximum = models.DecimalField("nilai maksimal", max_digits=6, decimal_places=2)
    position = models.PositiveSmallIntegerField()
    scale = models.CharField(max_length=40)
    scale_name = models.CharField(max_length=120)
    measure = models.CharField(max_length=12, choices=Measure, blank=True, default="")
    two_years = models.BooleanField(default=False)
    lower_is_better = models.BooleanField(default=False)
    evidence = models.JSONField("data dukung yang diharapkan", default=list)
    matrix = models.BooleanField("meminta matriks", default=False)
    matrix_name = models.CharField("nama matriks", max_length=120, blank=True, default="")
    matrix_columns = models.JSONField("kolom matriks", default=list)  # what `clusters.matrices` reads; empty: none set
    place_unit = models.CharField(max_length=8, choices=PlaceUnit, blank=True, default="")  # counted place by place
    offices = models.JSONField("perangkat daerah, penanggung jawab lebih dulu", default=list)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "code"], name="question_once_per_instrument"),
            models.UniqueConstraint(fields=["instrument", "position"], name="question_place_once_per_instrument"),
            models.CheckConstraint(name="question_maximum_not_negative", condition=Q(maximum__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def matrix_is_unnamed(self) -> bool:
        """Whether a matrix is wanted that the list of expected evidence does not mention."""
        return self.matrix and not any("matriks" in line.lower() for line in self.evidence)

    @property
    def option_follows_measure(self) -> bool:
        """Whether the figure decides the option (percentages, two-year comparisons) or stands beside it (counts)."""
        return self.measure == self.Measure.PERCENTAGE or self.two_years


class Option(models.Model):
    """A possible answer with its literal points; `above` and `upto` bound the percentages that earn it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=160)
    points = models.DecimalField(max_digits=6, decimal_places=2)
    above = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    upto = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="option_place_once_per_question"),
            models.CheckConstraint(name="option_points_not_negative", condition=Q(points__gte=0)),
        ]

    def __str__(self) -> str:
        return self.label


class Cycle(models.Model):
    """One round of evaluation: which instrument, whose award, which stages. Its year is not the evidence years."""

    code = models.SlugField("kode", max_length=20, unique=True)
    name = models.CharField("nama", max_length=120)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="cycles")
    award_year = models.PositiveSmallIntegerField("tahun penghargaan")
    stages = models.JSONField("tahap yang dipakai", default=list)
    regulations_until = models.DateField("batas tanggal peraturan", null=True, blank=True)
    repair_hours = models.PositiveSmallIntegerField("masa perbaikan (jam)", default=48)
    double_share = models.PositiveSmallIntegerField("penilaian ganda (persen)", default=0)  # of the questions; 0: none
    is_demo = models.BooleanField("contoh", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="repair_takes_an_hour_at_least", condition=Q(repair_hours__gte=1)),
            models.CheckConstraint(name="double_share_is_a_percentage", condition=Q(double_share__lte=100)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def used_stages(self) -> list[Stage]:
        """Stages of this cycle in their order."""
        return in_order(self.stages)


class StageWindow(models.Model):
    """When one stage of a cycle is open: from `opens_at` on, closed at the very second `closes_at`."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="windows")
    stage = models.CharField("tahap", max_length=2, choices=STAGE_CHOICES)
    opens_at = models.DateTimeField("dibuka")
    closes_at = models.DateTimeField("ditutup")
    time_zone = models.CharField("zona waktu", max_length=20, default="Asia/Makassar")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "stage"], name="window_once_per_stage"),
            models.CheckConstraint(name="window_opens_before_it_closes", condition=Q(opens_at__lt=F("closes_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.stage}"

    def is_open(self, at: datetime) -> bool:
        """Whether a request that arrived at `at` is in time."""
        return self.opens_at <= at < self.closes_at
