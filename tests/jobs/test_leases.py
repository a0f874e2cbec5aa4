"""Who may begin: the holder of the newest lease, and nobody while it holds."""

from datetime import timedelta

import pytest

from jobs import leases
from jobs.models import Job
from tests.jobs.factories import NOW, lease, promise

pytestmark = pytest.mark.django_db


def test_take_leases_each_job_once_while_the_lease_holds(settings):
    promise(key="1")
    promise(key="2")

    first = leases.take(queues=["score"], limit=5, at=NOW)
    again = leases.take(queues=["score"], limit=5, at=NOW + timedelta(seconds=settings.JOB_HANDOVER_SECONDS))

    assert [len(first), len({taken.token for taken in first}), again] == [2, 2, []]


def test_take_leases_again_what_was_handed_over_and_never_begun(settings):
    job = promise()
    lost = lease()

    later = NOW + timedelta(seconds=settings.JOB_HANDOVER_SECONDS + 1)
    (again,) = leases.take(queues=["score"], limit=5, at=later)

    job.refresh_from_db()
    assert (again.job_id, again.token == lost.token, job.lease == again.token) == (job.pk, False, True)
    assert (job.state, job.attempts) == ("WAITING", 0)


def test_take_respects_queue_limit_and_due_time():
    promise(key="late", at=NOW + timedelta(seconds=1))
    promise(key="paper", queue=Job.Queue.REPORT)
    oldest = promise(key="old", at=NOW - timedelta(hours=1))
    promise(key="new")

    taken = leases.take(queues=["score"], limit=1, at=NOW)

    assert [held.job_id for held in taken] == [oldest.pk]
    assert leases.take(queues=["score"], limit=0, at=NOW) == []


def test_take_leaves_closed_and_running_jobs_alone():
    for key, state in (("1", "RUNNING"), ("2", "DONE"), ("3", "FAILED")):
        Job.objects.filter(pk=promise(key=key).pk).update(state=state)

    assert leases.take(queues=["score"], limit=5, at=NOW) == []


def test_give_back_makes_the_job_due_again_for_the_holder_only():
    job = promise()
    held = lease()

    leases.give_back(lease=leases.Lease(job.pk, "score", "stale"), at=NOW)
    assert Job.objects.due(NOW).count() == 0

    leases.give_back(lease=held, at=NOW, delay=timedelta(seconds=2))
    assert [Job.objects.due(NOW + timedelta(seconds=span)).count() for span in (1, 2)] == [0, 1]


def test_leases_are_short_enough_for_a_result_within_a_minute(settings):
    """The drills prove with shorter leases that a dead worker costs one lease and the start of another worker."""
    assert max(settings.JOB_LEASE_SECONDS, settings.JOB_HANDOVER_SECONDS) + 15 <= 60
