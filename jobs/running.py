"""Running one attempt: the same function whether the relay's child or a Celery worker calls it."""

import inspect
import logging
import threading
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import DatabaseError, connection

from jobs import attempts, kinds
from jobs.models import Job

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def run(*, job_id: int, token: str, clock: Clock, heartbeat: bool = True) -> bool:
    """Begin, work, end; False when there was nothing to do for this token.

    With `heartbeat` the lease is renewed from a thread with a database connection of its own; without it (tests inside
    a transaction) nothing renews the lease but progress, which is written directly.
    """
    job = attempts.begin(job_id=job_id, token=token, at=clock())
    if job is None:
        return False
    try:
        if heartbeat:
            with Heartbeat(job_id, token, clock) as pulse:
                _work(job, pulse.progress)
        else:
            _work(job, lambda percent: _note(job_id, token, clock, percent))
    except kinds.Refused as refusal:
        attempts.refuse(job_id=job_id, token=token, at=clock(), sentence=str(refusal))
    except kinds.NotYet as wait:
        attempts.postpone(job_id=job_id, token=token, at=clock(), delay=wait.delay)
    except Exception:
        logger.exception("job %s (%s) failed in attempt %s", job_id, job, job.attempts)
        attempts.fail(job_id=job_id, token=token, at=clock())
    else:
        attempts.succeed(job_id=job_id, token=token, at=clock())
    return True


class Heartbeat:
    """Renews a lease every few seconds and carries the progress to the row, while the work has its own transaction."""

    def __init__(self, job_id: int, token: str, clock: Clock) -> None:
        self._job_id, self._token, self._clock = job_id, token, clock
        self._percent: int | None = None
        self._news = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def progress(self, percent: int) -> None:
        """Remember the percentage; it is written within half a second."""
        self._percent = percent
        self._news.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._news.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._stopped.is_set():
                self._news.wait(settings.JOB_LEASE_SECONDS / 4)
                self._news.clear()
                if self._stopped.is_set() or not self._renew():
                    return
                self._stopped.wait(0.5)
        finally:
            connection.close()

    def _renew(self) -> bool:
        try:
            return _note(self._job_id, self._token, self._clock, self._percent)
        except DatabaseError as error:  # busy or restarting: the next beat tries again, the lease has room for it
            logger.warning("job %s: lease not renewed: %s", self._job_id, error)
            connection.close()
            return True


def _note(job_id: int, token: str, clock: Clock, percent: int | None) -> bool:
    return attempts.renew(job_id=job_id, token=token, at=clock(), progress=percent)


def _work(job: Job, progress: Callable[[int], object]) -> None:
    kind = kinds.find(job.kind)
    wants_progress = "progress" in inspect.signature(kind.work).parameters
    extra = {"progress": progress} if wants_progress else {}
    kind.work(**job.arguments, **extra)
