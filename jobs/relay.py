"""The relay: the one loop that turns promises into work, repeats what is overdue, begins the day, clears up."""

import logging
import threading
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from jobs import actions, attempts, daily, leases, running
from jobs.carriers import Carrier, CeleryCarrier, ChildCarrier
from jobs.models import Job

logger = logging.getLogger(__name__)
IDLE_SECONDS = 0.25
PRUNE_EVERY = timedelta(hours=1)
DAILY_EVERY = timedelta(minutes=1)  # how often the relay looks whether a day's work is due
ALIVE = "relay.alive"  # under var/: touched with every round, read by the health check


def carrier() -> Carrier:
    """Celery when Redis is configured, else children of this process."""
    return CeleryCarrier() if settings.REDIS_URL else ChildCarrier()


def work(*, clock: running.Clock, stop: threading.Event) -> None:
    """Go round until `stop`; a database that is away is waited for."""
    carried_by = carrier()
    alive = Path(settings.VAR_DIR) / ALIVE
    alive.parent.mkdir(parents=True, exist_ok=True)
    pruned_at = clock() - PRUNE_EVERY
    looked_at = clock() - DAILY_EVERY
    while not stop.is_set():
        try:
            pruned_at = _prune(pruned_at, clock())
            looked_at = _begin_day(looked_at, clock())
            if Job.objects.overdue(clock()).exists():
                attempts.sweep(at=clock())
            moved = carried_by.step(clock)
            alive.touch()
        except DatabaseError as error:
            logger.warning("the database does not answer: %s", error)
            connection.close()
            moved = False
        if not moved:
            stop.wait(IDLE_SECONDS)
    carried_by.stop(clock)


def run_due(*, clock: running.Clock, heartbeat: bool = False, at_most: int = 10_000) -> int:
    """Run everything that is due, here and now, one after the other; returns how many attempts were made.

    For `relay --once` and for tests: no child, no Celery.
    """
    count = 0
    attempts.sweep(at=clock())
    while count < at_most:
        taken = leases.take(queues=Job.Queue.values, limit=1, at=clock())
        if not taken:
            return count
        running.run(job_id=taken[0].job_id, token=taken[0].token, clock=clock, heartbeat=heartbeat)
        count += 1
    return count


def _prune(before: datetime, at: datetime) -> datetime:
    if at - before < PRUNE_EVERY:
        return before
    actions.prune(at=at)
    return at


def _begin_day(before: datetime, at: datetime) -> datetime:
    if at - before < DAILY_EVERY:
        return before
    daily.promise_due(at)
    return at
