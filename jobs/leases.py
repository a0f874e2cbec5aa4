"""Leases: who may begin a promised piece of work, and until when. A token that was replaced is worth nothing."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from jobs.models import Job


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to run one attempt of one job."""

    job_id: int
    queue: str
    token: str


def take(*, queues: Collection[str], limit: int, at: datetime) -> list[Lease]:
    """Lease up to `limit` due jobs, oldest first; two relays at once never get the same one.

    The job stays WAITING until its work begins: one that was handed over and never begun is due again by itself.
    """
    due = Job.objects.due(at).filter(queue__in=queues).order_by("due_at", "pk")
    if limit < 1 or not due.exists():  # an idle relay takes no write lock
        return []
    taken = []
    with transaction.atomic():
        locked = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        for job in locked[:limit]:
            lease = Lease(job.pk, job.queue, secrets.token_hex(16))
            until = at + timedelta(seconds=settings.JOB_HANDOVER_SECONDS)
            if Job.objects.due(at).filter(pk=job.pk).update(lease=lease.token, leased_until=until):
                taken.append(lease)
    return taken


def give_back(*, lease: Lease, at: datetime, delay: timedelta = timedelta(0)) -> None:
    """The work was not begun and will not be by this holder; no attempt is counted."""
    Job.objects.filter(pk=lease.job_id, lease=lease.token, state=Job.State.WAITING).update(
        lease="", leased_until=None, due_at=at + delay
    )
