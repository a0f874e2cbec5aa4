"""R05, R06, R10: workers that die at work, or get the same work twice. Each with its unprotected twin."""

import os
import signal
import time

import pytest

from jobs import leases, tasks
from jobs.models import Job
from tests.faults.processes import LEASE_SECONDS, kill, promise, send, wait_until
from tests.jobs.factories import shape

pytestmark = pytest.mark.services
ROOM = 20  # seconds beyond the lease: a busy machine starts processes slowly


def test_r05_killed_pool_child_only_delays_the_result(portal):
    portal.worker("score", "2")
    send(portal, "drill.early", name="lost", seconds=8)
    os.kill(portal.begun("lost"), signal.SIGKILL)

    job = promise("drill.slow", "kept", seconds=3)
    portal.start("serve-relay")
    os.kill(portal.begun("kept"), signal.SIGKILL)

    wait_until(lambda: shape(job)[0] == "DONE", "the job is done", LEASE_SECONDS + ROOM)
    assert (shape(job), len(portal.lines("end", "kept"))) == (("DONE", 2, 100, ""), 1)
    assert portal.lines("end", "lost") == []  # the control: acknowledged early, gone with its process


def test_r06_killed_worker_does_not_wait_for_the_visibility_timeout(portal):
    worker = portal.worker("score,report", "3")
    jobs = [
        promise("drill.slow", "settled", seconds=3),
        promise("drill.slow", "printed", queue=Job.Queue.REPORT, seconds=3),
    ]
    send(portal, "drill.late", name="lost", seconds=3)
    portal.start("serve-relay")
    for key in ("settled", "printed", "lost"):
        portal.begun(key)

    kill(worker)
    portal.worker("score,report", "3")

    wait_until(lambda: [shape(job)[0] for job in jobs] == ["DONE"] * 2, "both are done", LEASE_SECONDS + ROOM)
    assert [shape(job)[1] for job in jobs] == [2, 2]
    assert portal.lines("end", "lost") == []  # the control: acks_late alone leaves it invisible for an hour


def test_r06_killed_relay_takes_its_children_along_and_loses_nothing(embedded):
    relay = embedded.start("serve-relay")
    job = promise("drill.slow", "kept", seconds=3)
    child = embedded.begun("kept")

    os.kill(relay.pid, signal.SIGKILL)  # the relay alone: its children must notice by themselves
    relay.wait()
    wait_until(lambda: not os.path.exists(f"/proc/{child}"), "the child is gone", 5)
    embedded.start("serve-relay")

    wait_until(lambda: shape(job)[0] == "DONE", "the job is done", LEASE_SECONDS + ROOM)
    assert (shape(job)[1], len(embedded.lines("end", "kept"))) == (2, 1)


def test_stopped_relay_gives_its_work_back_at_once_and_uncounted(embedded):
    relay = embedded.start("serve-relay")
    job = promise("drill.slow", "kept", seconds=8)
    embedded.begun("kept")

    kill(relay, signal.SIGTERM)

    assert (relay.returncode, shape(job)) == (0, ("WAITING", 0, 0, ""))
    assert "Traceback" not in (embedded.folder / "serve-relay.log").read_text()


def test_r10_same_lease_given_to_two_workers_has_one_effect(portal):
    portal.worker("score", "4")
    job = promise("drill.slow", "kept", seconds=2)
    (held,) = leases.take(queues=["score"], limit=1, at=job.due_at)

    for _ in range(2):
        send(portal, tasks.run.name, job_id=held.job_id, token=held.token)
        send(portal, "drill.early", name="doubled", seconds=2)

    wait_until(lambda: len(portal.lines("end")) >= 3, "all work has ended")
    time.sleep(1)
    assert [len(portal.lines("begin", key)) for key in ("kept", "doubled")] == [1, 2]  # the control ran twice
    assert shape(job) == ("DONE", 1, 100, "")
