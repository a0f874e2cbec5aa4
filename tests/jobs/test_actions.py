"""What people and time do to closed promises."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent, User
from jobs import actions
from jobs.models import Job
from tests.jobs.factories import NOW, promise, shape

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return User.objects.create(username="admin", role=User.Role.ADMIN)


def failed(**more):
    job = promise(**more)
    Job.objects.filter(pk=job.pk).update(state="FAILED", attempts=3, reason="Gagal.", finished_at=NOW)
    return job


def test_retry_makes_a_failed_job_due_with_all_its_attempts_and_leaves_a_trail(admin):
    job = failed()

    actions.retry(job=job, by=admin, at=NOW)

    assert shape(job) == ("WAITING", 0, 0, "")
    assert Job.objects.due(NOW).get() == job
    assert list(AuditEvent.objects.values_list("action", "subject", "by")) == [
        ("job.retried", f"job:{job.pk}", admin.pk)
    ]


@pytest.mark.parametrize("state", ["WAITING", "RUNNING", "DONE"])
def test_retry_refuses_what_has_not_failed(admin, state):
    job = promise()
    Job.objects.filter(pk=job.pk).update(state=state)

    with pytest.raises(actions.NotFailed):
        actions.retry(job=job, by=admin, at=NOW)

    assert (shape(job)[0], AuditEvent.objects.count()) == (state, 0)


def test_retry_leaves_the_field_to_a_newer_promise(admin):
    old = failed(key="1")
    promise(key="1")

    with pytest.raises(actions.PromisedAgain):
        actions.retry(job=old, by=admin, at=NOW)

    assert (shape(old)[0], Job.objects.open().count(), AuditEvent.objects.count()) == ("FAILED", 1, 0)


def test_prune_clears_what_was_done_more_than_thirty_days_ago_and_nothing_else():
    ages = {"fresh": 30, "old": 31, "broken": 31, "waiting": 31}
    for key, days in ages.items():
        job = promise(key=key)
        state = {"broken": "FAILED", "waiting": "WAITING"}.get(key, "DONE")
        Job.objects.filter(pk=job.pk).update(state=state, finished_at=NOW - timedelta(days=days))

    assert actions.prune(at=NOW) == 1
    assert sorted(Job.objects.values_list("key", flat=True)) == ["broken", "fresh", "waiting"]


def test_spread_lets_a_new_promise_in_before_the_rest_of_the_queue():
    for key in ("a", "b", "c"):
        promise(key=key, queue=Job.Queue.SCAN, at=NOW - timedelta(days=1))
    elsewhere = promise(key="d", at=NOW - timedelta(days=1))

    count = actions.spread(queue=Job.Queue.SCAN, at=NOW, apart=timedelta(seconds=1))

    promise(key="new", queue=Job.Queue.SCAN, at=NOW)
    due = Job.objects.due(NOW).filter(queue=Job.Queue.SCAN).order_by("due_at", "pk")
    elsewhere.refresh_from_db()
    assert (count, list(due.values_list("key", flat=True))) == (3, ["a", "new"])
    assert elsewhere.due_at == NOW - timedelta(days=1)
