"""PAPER, stored: documents as rows with a file."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Office, Province, Region, User
from accounts.regions import time_zone_of
from clusters.models import Cycle
from evaluations.models import Evaluation
from jobs.models import Job
from reports import codes
from verification.models import Correction


class DocumentQuerySet(models.QuerySet["Document"]):
    """Adjectives of documents."""

    def for_page(self) -> "DocumentQuerySet":
        """With what a list shows of each: how far its job is, who asked."""
        return self.select_related("job", "requested_by").order_by("-requested_at", "-pk")

    def with_case(self) -> "DocumentQuerySet":
        """With what it is about: the evaluation, its region and cycle, or the province; what a document is called."""
        return self.select_related(
            "evaluation__region__province", "evaluation__cycle__instrument", "office", "province", "cycle__instrument"
        )

    def with_fate(self) -> "DocumentQuerySet":
        """With `is_superseded`: a later paper of its kind says otherwise, or points were corrected."""
        later = Document.objects.filter(
            about=OuterRef("about"),
            kind=OuterRef("kind"),
            ready_at__isnull=False,
            current_at__gt=OuterRef("current_at"),
        )
        corrections = Correction.objects.filter(
            Q(evaluation=OuterRef("evaluation"))
            | Q(evaluation__region__province=OuterRef("province"), evaluation__cycle=OuterRef("cycle")),
            corrected_at__gt=OuterRef("current_at"),
        )
        other = later.exclude(fingerprint=OuterRef("fingerprint"))
        return self.annotate(is_superseded=Exists(other) | Exists(corrections))

    def ready(self) -> "DocumentQuerySet":
        """Whose file can be taken."""
        return self.filter(ready_at__isnull=False)

    def for_evaluation(self, evaluation: Evaluation) -> "DocumentQuerySet":
        """Of one case."""
        return self.filter(evaluation=evaluation)

    def for_province(self, province: Province, cycle: Cycle) -> "DocumentQuerySet":
        """About all regions of a province in one cycle."""
        return self.filter(province=province, cycle=cycle)

    def numbered_in(self, house: Region | Province, year: int) -> "DocumentQuerySet":
        """That took a number of the house in a calendar year of its own zone."""
        zone = ZoneInfo(house.time_zone if isinstance(house, Region) else time_zone_of(house.code))
        own = Q(evaluation__region=house) if isinstance(house, Region) else Q(province=house)
        return self.filter(
            own,
            sequence__gt=0,
            issued_at__gte=datetime(year, 1, 1, tzinfo=zone),
            issued_at__lt=datetime(year + 1, 1, 1, tzinfo=zone),
        )


class Document(models.Model):
    """A paper that was asked for: its content's fingerprint, the job that makes it, then its file.

    Equal content has an equal fingerprint and returns the file that exists. `about` says what it is about in one
    column, so that the papers of one subject are found, and told apart, without joins.
    """

    class Kind(models.TextChoices):
        VERIFICATION = "LHV", "Laporan Hasil Verifikasi"
        VISIT_BRIEF = "VLH", "Bahan Persiapan VLH"
        MATRICES = "MTX", "Lampiran Matriks"
        MINUTES = "BAV", "Berita Acara Verifikasi"
        ADVICE = "LRK", "Lembar Rekomendasi"
        WORKING_PAPER = "KKR", "Kertas Kerja Rapat Koordinasi"
        PROVINCE_RECAP = "RKP", "Rekapitulasi Provinsi"
        LETTER = "LSG", "Lampiran Surat Gubernur"

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"
        DOCX = "docx", "Word"

    class State(models.TextChoices):
        QUEUED = "QUEUED", "Menunggu giliran"
        RUNNING = "RUNNING", "Sedang dibuat"
        READY = "READY", "Siap diunduh"
        FAILED = "FAILED", "Gagal dibuat"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, null=True, related_name="documents")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="documents")
    province = models.ForeignKey(Province, on_delete=models.PROTECT, null=True, related_name="documents")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, null=True, related_name="documents")
    about = models.CharField(max_length=60, db_index=True)  # as `subjects.Subject.about` writes it
    kind = models.CharField("jenis", max_length=3, choices=Kind)
    format = models.CharField("format", max_length=4, choices=Format)
    code = models.CharField("kode", max_length=codes.LENGTH, unique=True, default=codes.new)
    fingerprint = models.CharField("sidik isi", max_length=64)
    form = models.CharField(max_length=64, blank=True, default="")  # sha256 of the Word template it was poured into
    number = models.CharField("nomor", max_length=80, blank=True)
    sequence = models.PositiveIntegerField("nomor urut", default=0)  # of the region and year; 0: not numbered
    issued_at = models.DateTimeField("tanggal dokumen")  # equal content in another format keeps number and date
    current_at = models.DateTimeField()  # when the rows last said this
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    stored_as = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    page_count = models.PositiveIntegerField(null=True)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ready_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about", "kind", "format", "fingerprint"], name="document_once_per_content"
            ),
            models.CheckConstraint(
                name="about_an_evaluation_or_a_province",
                condition=Q(evaluation__isnull=False, province__isnull=True, cycle__isnull=True)
                | Q(evaluation__isnull=True, office__isnull=True, province__isnull=False, cycle__isnull=False),
            ),
            models.CheckConstraint(
                name="ready_with_its_file",
                condition=Q(ready_at__isnull=True, stored_as="") | (Q(ready_at__isnull=False) & ~Q(stored_as="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}.{self.format} {self.about}"

    @property
    def state(self) -> "Document.State":
        """Where it stands; reads the job's row, so lists load it along (`for_page`)."""
        if self.is_ready:
            return self.State.READY
        if self.job is None or self.job.state in (Job.State.FAILED, Job.State.DONE):
            return self.State.FAILED
        return self.State.RUNNING if self.job.state == Job.State.RUNNING else self.State.QUEUED

    @property
    def shown_code(self) -> str:
        """The code in groups, as it is printed."""
        return codes.shown(self.code)

    @property
    def failure(self) -> str:
        """Why there is no file, in a sentence."""
        return (self.job.reason if self.job else "") or "Dokumen belum dapat dibuat."

    @property
    def is_moving(self) -> bool:
        """Whether looking again in two seconds makes sense."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def is_ready(self) -> bool:
        """Whether the file can be taken."""
        return self.ready_at is not None
