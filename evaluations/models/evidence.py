"""Evidence: one immutable file or link of an evaluation, used by many answers, shown as pictures of its pages."""

from functools import cache

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from accounts.models import Office, User
from evaluations.models.answers import Answer, Evaluation


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Adjectives of evidence."""

    def readable(self) -> "EvidenceQuerySet":
        """Whose pages can be shown."""
        return self.filter(state=Evidence.State.READY)

    def with_afterlife(self) -> "EvidenceQuerySet":
        """With `is_replaced` and `was_used`: what became of documents that prove nothing any more."""
        newer = Evidence.objects.filter(replaces=models.OuterRef("pk"))
        ended = EvidenceUse.objects.filter(evidence=models.OuterRef("pk"), removed_at__isnull=False)
        return self.annotate(is_replaced=models.Exists(newer), was_used=models.Exists(ended))


class Evidence(models.Model):
    """A document as it came in, known by its sha256; a replacement is a new row that points to the one it replaces."""

    class Kind(models.TextChoices):
        FILE = "FILE", "Berkas"
        LINK = "LINK", "Tautan"

    class State(models.TextChoices):
        PENDING = "PENDING", "Sedang diperiksa"
        READY = "READY", "Siap dilihat"
        UNREADABLE = "UNREADABLE", "Tidak dapat ditampilkan"

    class Scan(models.TextChoices):
        NONE = "", "Belum dipindai"
        CLEAN = "CLEAN", "Bersih"
        INFECTED = "INFECTED", "Terinfeksi"

    class DocumentKind(models.TextChoices):
        PERDA = "PERDA", "Perda"
        PERBUP = "PERBUP", "Perbup/Perwali"
        SK = "SK", "SK/keputusan"
        CIRCULAR = "CIRCULAR", "Surat edaran/instruksi"
        DPA = "DPA", "DPA/anggaran"
        CERTIFICATE = "CERTIFICATE", "Sertifikat"
        INVITATION = "INVITATION", "Undangan"
        ATTENDANCE = "ATTENDANCE", "Daftar hadir"
        MINUTES = "MINUTES", "Notulen"
        PHOTO = "PHOTO", "Foto"
        MOU = "MOU", "MoU/perjanjian"
        DATA = "DATA", "Data/profil"
        REPORT = "REPORT", "Laporan"
        MODULE = "MODULE", "Modul/pedoman/SOP"
        OTHER = "OTHER", "Lainnya"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=4, choices=Kind)
    title = models.CharField("nama dokumen", max_length=200)
    file_name = models.CharField("nama berkas", max_length=160, blank=True)  # as shown and served, made harmless
    media_type = models.CharField(max_length=100, blank=True)  # found in the content, never the client's word
    stored_as = models.CharField(max_length=200, blank=True)  # evidence/ab/<sha256>
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    url = models.URLField("tautan", max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    page_count = models.PositiveIntegerField(null=True)
    remarks = models.JSONField(default=list)  # sentences for people: what the check has found
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # What the paper says of itself, typed by people; the file is immutable, these may be mended (version counts).
    document_kind = models.CharField("jenis dokumen", max_length=12, choices=DocumentKind, blank=True)
    number = models.CharField("nomor", max_length=120, blank=True)
    dated_on = models.DateField("tanggal dokumen", null=True)
    signatory = models.CharField("penanda tangan", max_length=120, blank=True)
    issuer = models.CharField("instansi penerbit", max_length=120, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True)
    details_version = models.PositiveIntegerField(default=0)
    replace_reason = models.CharField("alasan penggantian", max_length=300, blank=True)
    scan = models.CharField("pemindaian virus", max_length=8, choices=Scan, blank=True, default=Scan.NONE)
    scanned_at = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "sha256"], condition=Q(kind="FILE"), name="file_once_per_evaluation"
            ),
            models.CheckConstraint(
                name="evidence_is_a_file_or_a_link",
                condition=(Q(kind="FILE", url="") & ~Q(sha256="") & ~Q(stored_as="") & Q(size__gt=0))
                | (Q(kind="LINK", sha256="", stored_as="", size=0) & ~Q(url="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_file(self) -> bool:
        """Whether there is something to download; a link only leads elsewhere."""
        return self.kind == self.Kind.FILE

    @property
    def is_withheld(self) -> bool:
        """Whether nobody gets it and it proves nothing: infected, or not yet scanned where a scan is required."""
        if not self.is_file or self.scan == self.Scan.CLEAN:
            return False
        return self.scan == self.Scan.INFECTED or settings.ANTIVIRUS == "required"


class EvidenceUseQuerySet(models.QuerySet["EvidenceUse"]):
    """Adjectives of uses."""

    def current(self) -> "EvidenceUseQuerySet":
        """Not taken away."""
        return self.filter(removed_at__isnull=True)

    def counted(self) -> "EvidenceUseQuerySet":
        """Current, and not withheld by the virus scan: what may count as proof (see `Evidence.is_withheld`)."""
        if settings.ANTIVIRUS == "required":
            clean = Q(evidence__scan=Evidence.Scan.CLEAN) | Q(evidence__kind=Evidence.Kind.LINK)
            return self.current().filter(clean)
        return self.current().filter(~Q(evidence__scan=Evidence.Scan.INFECTED))


class EvidenceUse(models.Model):
    """A document proves an answer; taking it away leaves the row, with who and when."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="uses")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="uses")
    pages = models.CharField("halaman", max_length=60, blank=True)  # "12-14"
    covers = models.JSONField(default=list)  # places in the question's list of expected evidence, from 0
    placements = models.PositiveIntegerField(default=0)  # how often pages or covers were changed
    needs_check = models.BooleanField("perlu diperiksa", default=False)  # taken over from another cycle
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = EvidenceUseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "answer"], condition=Q(removed_at__isnull=True), name="evidence_once_per_answer"
            ),
            models.CheckConstraint(
                name="removed_by_someone_at_some_time",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} -> {self.answer_id}"

    @classmethod
    @cache  # put together once: every save asks for it
    def proofs_of_answer(cls) -> Coalesce:
        """How many documents prove the answer of the outer query; grouping that query by all its columns costs more."""
        uses = cls.objects.counted().filter(answer=models.OuterRef("pk")).order_by().values("answer")
        return Coalesce(models.Subquery(uses.annotate(found=models.Count("pk")).values("found")), 0)


class EvidencePage(models.Model):
    """A picture of one page, drawn by the worker: small enough for a weak network, without the original's metadata."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()  # from 1
    stored_as = models.CharField(max_length=200)
    width = models.PositiveIntegerField()  # pixels
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()  # bytes

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "number"], name="page_once_per_evidence")]

    def __str__(self) -> str:
        return f"{self.evidence_id} p{self.number}"
