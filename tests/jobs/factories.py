"""Promises and their workers, made to measure; and a clock that tests move by hand."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import transaction

from jobs import kinds, leases, promises
from jobs.models import Job

NOW = datetime(2025, 5, 20, 2, 0, tzinfo=UTC)


class Clock:
    """Stands still until told to move."""

    def __init__(self, at=NOW):
        self.at = at

    def __call__(self):
        return self.at

    def move(self, **span):
        self.at += timedelta(**span)


def promise(kind="try", key="1", *, queue=Job.Queue.SCORE, at=NOW, **arguments):
    """A promise in a transaction of its own."""
    with transaction.atomic():
        return promises.promise(kind=kind, key=key, queue=queue, at=at, **arguments)


def lease(at=NOW):
    """The lease of the one job that is due."""
    (taken,) = leases.take(queues=Job.Queue.values, limit=1, at=at)
    return taken


@contextmanager
def registered(work, name="try", sentence="Percobaan gagal."):
    """A kind that exists for one test."""
    kinds.kind(name, sentence_on_failure=sentence)(work)
    try:
        yield
    finally:
        del kinds._KINDS[name]


def shape(job):
    """What a test compares of a row."""
    job.refresh_from_db()
    return (job.state, job.attempts, job.progress, job.reason)
