"""PROMISES, stored: a Job is work that will happen because its row was written in the transaction that needs it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class JobQuerySet(models.QuerySet["Job"]):
    """Which promises are meant; what may be done with them is said in `leases` and `attempts`."""

    def open(self) -> Self:
        """Those that may still change."""
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])

    def failed(self) -> Self:
        """Given up, with a sentence; an administrator may order them again."""
        return self.filter(state=Job.State.FAILED)

    def due(self, at: datetime) -> Self:
        """Waiting, not put off, and in nobody's hands (or in hands that took them too long ago)."""
        return self.filter(state=Job.State.WAITING, due_at__lte=at).filter(
            Q(leased_until__isnull=True) | Q(leased_until__lt=at)
        )

    def overdue(self, at: datetime) -> Self:
        """Running, but nobody has renewed the lease: the process that had it is gone or stuck."""
        return self.filter(state=Job.State.RUNNING, leased_until__lt=at)

    def handed_out(self, at: datetime) -> Self:
        """Running, or given to a worker that has not begun yet."""
        return self.open().filter(leased_until__gte=at)

    def done_before(self, moment: datetime) -> Self:
        """Kept long enough."""
        return self.filter(state=Job.State.DONE, finished_at__lt=moment)


class Job(models.Model):
    """One promised piece of work; `kind` and `key` coalesce: 400 promises of the same thing make one row.

    `generation` counts the promises, `started_generation` the one a running attempt has seen: when they differ at the
    end, something changed meanwhile and the job runs once more.
    """

    class Queue(models.TextChoices):
        SCORE = "score", "penilaian"
        REPORT = "report", "dokumen"
        SCAN = "scan", "pemeriksaan berkas"
        EXPORT = "export", "ekspor"

    class State(models.TextChoices):
        WAITING = "WAITING", "Menunggu"
        RUNNING = "RUNNING", "Diproses"
        DONE = "DONE", "Selesai"
        FAILED = "FAILED", "Gagal"

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    queue = models.CharField(max_length=10, choices=Queue)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    generation = models.PositiveIntegerField(default=1)
    started_generation = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    reason = models.CharField(max_length=300, blank=True)  # why it failed, a sentence for people
    promised_at = models.DateTimeField()
    due_at = models.DateTimeField()  # not before this moment: a repeat waits longer each time
    leased_until = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)  # which attempt holds it
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(state__in=["WAITING", "RUNNING"]), name="job_once_while_open"
            ),
            models.CheckConstraint(name="job_progress_is_percent", condition=Q(progress__lte=100)),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="WAITING"), name="jobs_waiting"),
            models.Index(fields=["leased_until"], condition=Q(state="RUNNING"), name="jobs_running"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_open(self) -> bool:
        """Whether it may still change: waiting or running."""
        return self.state in (self.State.WAITING, self.State.RUNNING)
