"""R07, R08, R12: the way to the workers breaks. The rows know what was promised; bare messages do not come back."""

import statistics
import time

import pytest
from kombu.exceptions import OperationalError
from redis import Redis

from jobs.models import Job
from scripts import with_services
from tests.faults.processes import LEASE_SECONDS, promise, send, wait_until
from tests.jobs.factories import shape

pytestmark = pytest.mark.services
ROOM = 20


def all_done():
    return Job.objects.exclude(state="DONE").count() == 0


def test_r07_flushed_redis_forgets_and_the_rows_remember(portal):
    for number in range(500):
        promise("drill.slow", f"kept{number}", seconds=0)
    for number in range(20):
        send(portal, "drill.late", name=f"lost{number}", seconds=0)
    portal.start("serve-relay")
    queue = Redis.from_url(portal.redis_url)
    wait_until(lambda: queue.llen("score") >= 40, "messages are waiting")

    queue.flushall()
    portal.worker("score", "2")
    took = wait_until(all_done, "every job is done")

    ended = {key for _, key, _ in portal.lines("end")}
    assert took < 60
    assert ended == {f"kept{number}" for number in range(500)}  # and none of the bare messages


def test_r08_without_redis_promises_are_as_quick_and_are_kept(embedded, tmp_path):
    portal, port, password = embedded, with_services.free_port(), "latihan"
    with with_services.redis(tmp_path / "redis", port, password) as portal.redis_url:
        relay = portal.start("serve-relay")
        normal = [timed_promise(f"before{number}") for number in range(40)]

    away = [timed_promise(f"during{number}") for number in range(40)]
    with pytest.raises(OperationalError):
        send(portal, "drill.late", name="lost", seconds=0)  # the control: a bare message has nowhere to go
    time.sleep(10)

    with with_services.redis(tmp_path / "empty", port, password):
        portal.worker("score", "2")
        wait_until(all_done, "every job is done")
    assert (relay.poll(), len(portal.lines("end"))) == (None, 80)
    assert statistics.median(away) <= 1.5 * statistics.median(normal) + 0.005


@pytest.mark.parametrize("moment", ["before", "after"])
def test_r12_relay_killed_around_the_message_runs_the_job_once(portal, moment):
    job = promise("drill.slow", "kept", seconds=0)
    portal.worker("score", "2")
    relay = portal.start("serve-relay", DRILL_RELAY_DIES=moment)
    relay.wait(30)

    portal.start("serve-relay")

    wait_until(lambda: shape(job)[0] == "DONE", "the job is done", LEASE_SECONDS + ROOM)
    time.sleep(LEASE_SECONDS + 2)  # long enough for a second message to do harm
    assert (relay.returncode, shape(job)[1], len(portal.lines("begin", "kept"))) == (-9, 1, 1)


def test_r12_control_a_handover_that_never_ends_loses_the_job(portal):
    job = promise("drill.slow", "lost", seconds=0)
    portal.worker("score", "2")
    forever = {"JOB_HANDOVER_SECONDS": "3600"}
    portal.start("serve-relay", DRILL_RELAY_DIES="before", **forever).wait(30)

    portal.start("serve-relay", **forever)
    time.sleep(LEASE_SECONDS + ROOM / 2)

    assert (shape(job)[0], portal.lines()) == ("WAITING", [])


def timed_promise(key):
    began = time.monotonic()
    promise("drill.slow", key, seconds=0)
    return time.monotonic() - began
