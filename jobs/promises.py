"""How work is promised: one row, in the caller's transaction, never a word to the queue."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F

from jobs.models import Job


def promise(*, kind: str, key: str, queue: Job.Queue, at: datetime, **arguments: Any) -> Job:
    """Promise `kind` for `key`; a promise that is still open is renewed instead of doubled (400 saves, one settlement).

    `kind` must be registered in `jobs.kinds`; `arguments` are ids and plain values only. Needs the caller's transaction,
    so that the promise exists exactly when what it is about exists.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A job is promised in the transaction that needs it.")
    open_jobs = Job.objects.filter(kind=kind, key=key, state__in=[Job.State.WAITING, Job.State.RUNNING])
    if open_jobs.update(generation=F("generation") + 1, arguments=arguments):
        return open_jobs.get()
    job, fresh = Job.objects.get_or_create(
        kind=kind,
        key=key,
        state=Job.State.WAITING,
        defaults={"queue": queue, "arguments": arguments, "promised_at": at, "due_at": at},
    )
    if not fresh:
        Job.objects.filter(pk=job.pk).update(generation=F("generation") + 1, arguments=arguments)
    return job
