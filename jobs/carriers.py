"""Carriers: how a leased job gets to a process that runs it, by Celery or by children of the relay."""

import ctypes
import logging
import multiprocessing
import os
import signal
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from typing import Protocol

from django.conf import settings
from django.db import connections
from kombu.exceptions import OperationalError
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from jobs import attempts, leases, running, tasks
from jobs.leases import Lease
from jobs.models import Job

logger = logging.getLogger(__name__)
HANDED_OUT_MAX = 50  # per queue: what a flushed Redis can delay, and what a long queue repeats
BROKER_REST = timedelta(seconds=2)
GRACE_SECONDS = 3.0  # for a child to finish when the relay is told to stop


class Carrier(Protocol):
    """What the relay needs of a way to run jobs."""

    def step(self, clock: running.Clock) -> bool:
        """Hand over what there is room for; whether anything moved."""

    def stop(self, clock: running.Clock) -> None:
        """Bring back what has not been finished."""


class CeleryCarrier:
    """Sends one message per lease; a Redis that is gone or frozen costs seconds, never a job."""

    def __init__(self) -> None:
        self._redis = Redis.from_url(
            settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0)
        )
        self._rest_until: datetime | None = None

    def step(self, clock: running.Clock) -> bool:
        """Fill each queue up to its limit; after an error leave Redis alone for a moment."""
        if self._rest_until is not None and clock() < self._rest_until:
            return False
        self._rest_until = None
        sent = 0
        try:
            for queue in Job.Queue.values:
                sent += self._fill(queue, clock)
        except (OperationalError, RedisError, OSError) as error:
            logger.warning("Redis does not answer (%s): jobs wait in the database", error)
            self._rest_until = clock() + BROKER_REST
        return sent > 0

    def stop(self, clock: running.Clock) -> None:
        """Nothing to do: the workers have their messages."""

    def _fill(self, queue: str, clock: running.Clock) -> int:
        if not Job.objects.due(clock()).filter(queue=queue).exists():
            return 0
        room = HANDED_OUT_MAX - Job.objects.handed_out(clock()).filter(queue=queue).count()
        unread = int(self._redis.llen(queue))  # without workers, messages that nobody reads must not pile up
        taken = leases.take(queues=[queue], limit=min(room, 2 * HANDED_OUT_MAX - unread), at=clock())
        for number, lease in enumerate(taken):
            try:
                tasks.run.apply_async(kwargs={"job_id": lease.job_id, "token": lease.token}, queue=queue, retry=False)
            except (OperationalError, RedisError, OSError):
                for unsent in taken[number:]:
                    leases.give_back(lease=unsent, at=clock())
                raise
        return len(taken)


@dataclass(slots=True)
class Child:
    """A process at work on one lease."""

    lease: Lease
    process: BaseProcess
    since: float


class ChildCarrier:
    """Runs each job in a child of its own: one that dies takes nothing along, and its memory goes with it.

    Three lanes, one child each, so that a report of half a minute never stands before a settlement.
    """

    LANES = ((Job.Queue.SCORE,), (Job.Queue.REPORT,), (Job.Queue.SCAN, Job.Queue.EXPORT))

    def __init__(self) -> None:
        self._lanes: dict[int, Child] = {}

    def step(self, clock: running.Clock) -> bool:
        """Bury the ended, start the next in every free lane."""
        moved = [self._has_ended(lane, clock) for lane in list(self._lanes)]
        for lane, queues in enumerate(self.LANES):
            if lane in self._lanes:
                continue
            for lease in leases.take(queues=queues, limit=1, at=clock()):
                self._lanes[lane] = _start(lease, clock)
                moved.append(True)
        return any(moved)

    def stop(self, clock: running.Clock) -> None:
        """Give each child a moment, then take its job back without counting the attempt."""
        patience = time.monotonic() + GRACE_SECONDS
        for child in self._lanes.values():
            child.process.join(max(0.0, patience - time.monotonic()))
            if child.process.is_alive():
                child.process.kill()
                attempts.interrupt(job_id=child.lease.job_id, token=child.lease.token, at=clock())
            _bury(child, clock)
        self._lanes.clear()

    def _has_ended(self, lane: int, clock: running.Clock) -> bool:
        child = self._lanes[lane]
        if child.process.is_alive() and time.monotonic() - child.since < settings.JOB_TIME_LIMIT_SECONDS:
            return False
        child.process.kill()
        _bury(child, clock)
        del self._lanes[lane]
        return True


def _bury(child: Child, clock: running.Clock) -> None:
    child.process.join()
    if child.process.exitcode:
        logger.warning("job %s: its process ended with %s", child.lease.job_id, child.process.exitcode)
        attempts.fail(job_id=child.lease.job_id, token=child.lease.token, at=clock())
        leases.give_back(lease=child.lease, at=clock())


def _start(lease: Lease, clock: running.Clock) -> Child:
    connections.close_all()  # a child must not inherit an open connection
    process = multiprocessing.get_context("fork").Process(target=_child, args=(lease, clock, os.getpid()))
    process.start()
    return Child(lease, process, time.monotonic())


def _child(lease: Lease, clock: running.Clock, relay: int) -> None:
    for sign in (signal.SIGINT, signal.SIGTERM):  # they may reach the whole group: the relay decides what ends when
        signal.signal(sign, lambda *_: None)
    die_with_parent()
    if os.getppid() == relay:
        running.run(job_id=lease.job_id, token=lease.token, clock=clock)
        connections.close_all()


def die_with_parent(sign: int = signal.SIGKILL) -> None:
    """Ask Linux to end this process when its parent is gone; elsewhere nothing happens."""
    pr_set_pdeathsig = 1
    try:
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, sign)
    except (OSError, AttributeError):
        logger.debug("no parent-death signal on this system")
