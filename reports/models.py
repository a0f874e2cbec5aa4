"""PAPER, stored: a region's letterhead, and documents as rows with a file."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from accounts.models import Region, User
from evaluations.models import Evaluation
from jobs.models import Job


class Letterhead(models.Model):
    """How a region's papers look and who signs them; every line is a setting because every region differs."""

    region = models.OneToOneField(Region, on_delete=models.CASCADE, related_name="letterhead")
    government = models.CharField("nama pemerintah", max_length=120)
    office = models.CharField("nama perangkat daerah", max_length=160)
    address = models.CharField("alamat", max_length=250, blank=True)
    contact = models.CharField("telepon, surel, laman", max_length=250, blank=True)
    city = models.CharField("tempat penandatanganan", max_length=80)
    number_pattern = models.CharField("pola nomor surat", max_length=80, default="400.2/{urut}/KLA/{tahun}")
    signatory_position = models.CharField("jabatan penanda tangan", max_length=160, blank=True)
    signatory_name = models.CharField("nama penanda tangan", max_length=120, blank=True)
    signatory_rank = models.CharField("pangkat", max_length=80, blank=True)
    signatory_number = models.CharField("NIP", max_length=18, blank=True)

    def __str__(self) -> str:
        return self.government


class DocumentQuerySet(models.QuerySet["Document"]):
    """Adjectives of documents."""

    def for_page(self) -> "DocumentQuerySet":
        """With what a list shows of each: how far its job is, who asked."""
        return self.select_related("job", "requested_by").order_by("-requested_at", "-pk")

    def with_case(self) -> "DocumentQuerySet":
        """With the evaluation, its region and cycle: what a document is called."""
        return self.select_related("evaluation__region__province", "evaluation__cycle__instrument")

    def ready(self) -> "DocumentQuerySet":
        """Whose file can be taken."""
        return self.filter(ready_at__isnull=False)

    def for_evaluation(self, evaluation: Evaluation) -> "DocumentQuerySet":
        """Of one case."""
        return self.filter(evaluation=evaluation)

    def numbered_in(self, region: Region, year: int) -> "DocumentQuerySet":
        """That took a number of the region in a calendar year of its own zone."""
        zone = ZoneInfo(region.time_zone)
        return self.filter(
            evaluation__region=region,
            sequence__gt=0,
            issued_at__gte=datetime(year, 1, 1, tzinfo=zone),
            issued_at__lt=datetime(year + 1, 1, 1, tzinfo=zone),
        )


class Document(models.Model):
    """A paper that was asked for: its content's fingerprint, the job that makes it, then its file.

    Equal content has an equal fingerprint and returns the file that exists.
    """

    class Kind(models.TextChoices):
        VERIFICATION = "LHV", "Laporan Hasil Verifikasi"
        VISIT_BRIEF = "VLH", "Bahan Persiapan VLH"
        MATRICES = "MTX", "Lampiran Matriks"

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"

    class State(models.TextChoices):
        QUEUED = "QUEUED", "Menunggu giliran"
        RUNNING = "RUNNING", "Sedang dibuat"
        READY = "READY", "Siap diunduh"
        FAILED = "FAILED", "Gagal dibuat"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField("jenis", max_length=3, choices=Kind)
    format = models.CharField("format", max_length=4, choices=Format)
    fingerprint = models.CharField("sidik isi", max_length=64)
    number = models.CharField("nomor", max_length=80, blank=True)
    sequence = models.PositiveIntegerField("nomor urut", default=0)  # of the region and year; 0: not numbered
    issued_at = models.DateTimeField("tanggal dokumen")  # equal content in another format keeps number and date
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
                fields=["evaluation", "kind", "format", "fingerprint"], name="document_once_per_content"
            ),
            models.CheckConstraint(
                name="ready_with_its_file",
                condition=Q(ready_at__isnull=True, stored_as="") | (Q(ready_at__isnull=False) & ~Q(stored_as="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}.{self.format} {self.evaluation_id}"

    @property
    def state(self) -> "Document.State":
        """Where it stands; reads the job's row, so lists load it along (`for_page`)."""
        if self.is_ready:
            return self.State.READY
        if self.job is None or self.job.state in (Job.State.FAILED, Job.State.DONE):
            return self.State.FAILED
        return self.State.RUNNING if self.job.state == Job.State.RUNNING else self.State.QUEUED

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
