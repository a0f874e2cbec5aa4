"""Files on their way in: one that arrives in parts, and an archive whose members become documents one by one."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from evaluations.models.answers import Answer, Evaluation
from evaluations.models.evidence import Evidence


class Archive(models.Model):
    """A ZIP that has arrived whole; the worker takes it apart, its row and its members' rows stay as the report."""

    class State(models.TextChoices):
        UNPACKING = "UNPACKING", "Sedang dibongkar"
        DONE = "DONE", "Selesai"
        REFUSED = "REFUSED", "Ditolak"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="archives")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="archives")  # None: library
    name = models.CharField("nama arsip", max_length=200)
    size = models.PositiveBigIntegerField()
    stored_as = models.CharField(max_length=80)  # arriving/<uuid>, until it is taken apart
    covers = models.JSONField(default=list)  # places in the question's list of expected evidence, from 0
    skipped = models.PositiveIntegerField(default=0)  # folders and what operating systems leave behind
    state = models.CharField(max_length=10, choices=State, default=State.UNPACKING)
    sentence = models.CharField(max_length=300, blank=True)  # why it was refused as a whole
    address = models.CharField(max_length=64, blank=True)  # where it came from, for the trail
    sent_at = models.DateTimeField()  # its members count as handed in at this moment, however long unpacking takes
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="archive_finished_or_unpacking",
                condition=Q(state="UNPACKING", finished_at__isnull=True)
                | (~Q(state="UNPACKING") & Q(finished_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether members still wait for their turn."""
        return self.state == self.State.UNPACKING


class ArchiveMember(models.Model):
    """One file of an archive and what became of it; written once, so that a second run passes it over."""

    class State(models.TextChoices):
        WAITING = "WAITING", "Menunggu"
        TAKEN = "TAKEN", "Tersimpan"
        KNOWN = "KNOWN", "Sudah ada"
        REFUSED = "REFUSED", "Ditolak"

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="members")
    position = models.PositiveIntegerField()  # in the archive's directory
    name = models.CharField(max_length=255)  # with its folders, made harmless; only ever shown
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    sentence = models.CharField(max_length=300, blank=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["archive", "position"], name="member_once_per_archive"),
            models.CheckConstraint(
                name="member_taken_is_a_document",
                condition=Q(state__in=["TAKEN", "KNOWN"], evidence__isnull=False)
                | Q(state__in=["WAITING", "REFUSED"], evidence__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UploadQuerySet(models.QuerySet["Upload"]):
    """Adjectives of uploads."""

    def unfinished(self) -> "UploadQuerySet":
        """Still wanting parts, or wanting their end."""
        return self.filter(finished_at__isnull=True)


class Upload(models.Model):
    """A file that arrives in parts. When it has arrived, what became of it stays a day: an answer may get lost."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="uploads")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="uploads")  # None: library
    name = models.CharField(max_length=255)  # the client's word; only ever shown
    size = models.PositiveBigIntegerField()  # announced; the end checks it
    head = models.CharField(max_length=64)  # sha256 of the first MiB: with name and size it finds the upload again
    stored_as = models.CharField(max_length=80)  # arriving/<uuid>
    covers = models.JSONField(default=list)  # places in the question's list of expected evidence, from 0
    replaces = models.ForeignKey(
        Evidence, on_delete=models.CASCADE, null=True, related_name="+"
    )  # None: a new document
    reason = models.CharField(max_length=300, blank=True)  # why it takes the other's place
    received = models.PositiveBigIntegerField(default=0)  # bytes that lie safely on disk
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    updated_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    sentence = models.CharField(max_length=300, blank=True)  # what became of it
    is_refused = models.BooleanField(default=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, null=True, related_name="+")
    archive = models.ForeignKey(Archive, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="upload_within_its_size", condition=Q(received__lte=F("size"))),
            models.UniqueConstraint(
                fields=["started_by", "answer", "name", "size", "head"],
                condition=Q(finished_at__isnull=True, answer__isnull=False),
                name="upload_once_per_answer",
            ),
            models.UniqueConstraint(
                fields=["started_by", "evaluation", "name", "size", "head"],
                condition=Q(finished_at__isnull=True, answer__isnull=True, replaces__isnull=True),
                name="upload_once_per_library",
            ),
            models.UniqueConstraint(
                fields=["started_by", "replaces", "name", "size", "head"],
                condition=Q(finished_at__isnull=True, replaces__isnull=False),
                name="upload_once_per_replaced",
            ),
            models.CheckConstraint(
                name="upload_replaces_with_a_reason",
                condition=Q(replaces__isnull=True, reason="")
                | Q(replaces__isnull=False, answer__isnull=True) & ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["updated_at"], name="uploads_by_age")]

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> int:
        """How much of it is here."""
        return 100 * self.received // self.size
