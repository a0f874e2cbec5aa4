"""What people and time do to promises that are closed: order again, clear away."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from jobs.models import Job

KEPT = timedelta(days=30)


class NotFailed(Exception):
    """Only a job that was given up is ordered again."""


class PromisedAgain(Exception):
    """The same work has been promised anew meanwhile; that promise is the one that counts."""


@transaction.atomic
def retry(*, job: Job, by: Any, at: datetime) -> Job:
    """Order a job again that was given up: due at once, with all its attempts."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != Job.State.FAILED:
        raise NotFailed
    record = import_string(settings.JOB_AUDIT)
    record(
        action="job.retried",
        subject=f"job:{job.pk}",
        by=by,
        at=at,
        details={"kind": job.kind, "key": job.key, "reason": job.reason, "attempts": job.attempts},
    )
    job.state, job.due_at, job.attempts, job.progress = Job.State.WAITING, at, 0, 0
    job.reason, job.finished_at = "", None
    try:
        with transaction.atomic():
            job.save(update_fields=["state", "due_at", "attempts", "progress", "reason", "finished_at"])
    except IntegrityError:
        raise PromisedAgain from None
    return job


@transaction.atomic
def spread(*, queue: str, at: datetime, apart: timedelta) -> int:
    """Make what waits in a queue due one after the other, so that later promises do not wait behind all of it."""
    waiting = list(Job.objects.filter(queue=queue, state=Job.State.WAITING).order_by("due_at", "pk"))
    for place, job in enumerate(waiting):
        job.due_at = at + place * apart
    Job.objects.bulk_update(waiting, ["due_at"])
    return len(waiting)


@transaction.atomic
def prune(*, at: datetime) -> int:
    """Clear away what was done more than thirty days ago; what failed stays until someone has seen to it."""
    _, per_model = Job.objects.done_before(at - KEPT).delete()
    return per_model.get("jobs.Job", 0)
