"""One attempt, from its beginning to its end: each step only for the holder of the lease, under the row's lock."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from jobs import kinds
from jobs.models import Job, JobQuerySet

DELAYS = (timedelta(seconds=5), timedelta(seconds=30))  # before the second and the third attempt
NO_SENTENCE = "Pekerjaan ini gagal beberapa kali dan dihentikan. Hubungi administrator portal."


@transaction.atomic
def begin(*, job_id: int, token: str, at: datetime) -> Job | None:
    """The job, now RUNNING; None when the token is stale or its work has begun already (a message came twice)."""
    job = Job.objects.select_for_update().filter(pk=job_id, lease=token, state=Job.State.WAITING).first()
    if job is None:
        return None
    job.state, job.started_generation = Job.State.RUNNING, job.generation
    job.attempts, job.progress, job.reason = job.attempts + 1, 0, ""
    job.started_at, job.leased_until = at, at + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    job.save(
        update_fields=["state", "started_generation", "attempts", "progress", "reason", "started_at", "leased_until"]
    )
    return job


def renew(*, job_id: int, token: str, at: datetime, progress: int | None = None) -> bool:
    """Keep the lease, and note the percentage; False when the attempt is no longer the one that counts."""
    until = at + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    noted = {} if progress is None else {"progress": max(0, min(100, progress))}
    return bool(_running(job_id, token).update(leased_until=until, **noted))


@transaction.atomic
def succeed(*, job_id: int, token: str, at: datetime) -> bool:
    """DONE, or once more when something was promised meanwhile; False when the attempt no longer counts."""
    job = _running(job_id, token).select_for_update().first()
    if job is None:
        return False
    if job.generation > job.started_generation:
        _wait(job, due_at=at, attempts=0)
    else:
        _close(job, Job.State.DONE, at, progress=100)
    return True


@transaction.atomic
def refuse(*, job_id: int, token: str, at: datetime, sentence: str) -> bool:
    """FAILED at once: the work itself says that repeating is useless."""
    job = _running(job_id, token).select_for_update().first()
    if job is None:
        return False
    _give_up(job, at, sentence or _sentence(job))
    return True


@transaction.atomic
def fail(*, job_id: int, token: str, at: datetime) -> bool:
    """The work raised an error or its process died: again later, or FAILED after the last attempt."""
    job = _running(job_id, token).select_for_update().first()
    if job is None:
        return False
    _repeat_or_give_up(job, at, DELAYS[min(job.attempts, len(DELAYS)) - 1])
    return True


@transaction.atomic
def interrupt(*, job_id: int, token: str, at: datetime) -> bool:
    """The process was told to stop: the attempt is not counted and the job is due at once."""
    job = _running(job_id, token).select_for_update().first()
    if job is None:
        return False
    _wait(job, due_at=at, attempts=job.attempts - 1)
    return True


@transaction.atomic
def postpone(*, job_id: int, token: str, at: datetime, delay: timedelta) -> bool:
    """What the work needs is not there now: due again after `delay`, however often, the attempt not counted."""
    job = _running(job_id, token).select_for_update().first()
    if job is None:
        return False
    _wait(job, due_at=at + delay, attempts=job.attempts - 1)
    return True


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Repeat, or give up, everything whose lease has passed; returns how many jobs that were."""
    overdue = Job.objects.overdue(at).select_for_update(
        skip_locked=connection.features.has_select_for_update_skip_locked
    )
    lost = list(overdue.order_by("pk"))
    for job in lost:
        _repeat_or_give_up(job, at, timedelta(0))  # the lease was wait enough
    return len(lost)


def _running(job_id: int, token: str) -> JobQuerySet:
    return Job.objects.filter(pk=job_id, lease=token, state=Job.State.RUNNING)


def _repeat_or_give_up(job: Job, at: datetime, delay: timedelta) -> None:
    if job.attempts < settings.JOB_MAX_ATTEMPTS:
        _wait(job, due_at=at + delay, attempts=job.attempts)
    else:
        _give_up(job, at, _sentence(job))


def _give_up(job: Job, at: datetime, sentence: str) -> None:
    if job.generation > job.started_generation:  # what was promised meanwhile has not been tried yet
        _wait(job, due_at=at, attempts=0)
    else:
        _close(job, Job.State.FAILED, at, progress=job.progress, reason=sentence)


def _wait(job: Job, *, due_at: datetime, attempts: int) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.WAITING, due_at=due_at, attempts=attempts, progress=0, lease="", leased_until=None
    )


def _close(job: Job, state: Job.State, at: datetime, *, progress: int, reason: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, finished_at=at, progress=progress, reason=reason[:300], lease="", leased_until=None
    )


def _sentence(job: Job) -> str:
    try:
        return kinds.find(job.kind).sentence
    except kinds.UnknownKind:
        return NO_SENTENCE
