"""R07, R08, R12: the way to the workers breaks. The rows know what was promised; bare messages do not come back."""

import statistics
import time
from itertools import count

import pytest
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis import Redis

from clusters.models import Question
from evaluations.models import Answer, StageResult
from jobs.models import Job
from scripts import with_services
from tests import factories
from tests.faults.person import Person
from tests.faults.processes import LEASE_SECONDS, promise, send, wait_until
from tests.jobs.factories import shape

pytestmark = pytest.mark.services
ROOM = 20


def all_done():
    """Of the queue that the drill has a worker for; the day's own work waits on another."""
    return Job.objects.filter(queue=Job.Queue.SCORE).exclude(state="DONE").count() == 0


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


def test_r08_without_redis_saves_are_as_quick_and_their_jobs_follow(embedded, tmp_path):
    portal, port, password = embedded, with_services.free_port(), "latihan"
    save = saving(portal, f"redis://:{password}@127.0.0.1:{port}/0")
    with with_services.redis(tmp_path / "redis", port, password):
        relay = portal.start("serve-relay")
        normal = [save() for _ in range(20)]

    away = [save() for _ in range(40)]
    with pytest.raises(OperationalError):
        send(portal, "drill.late", name="lost", seconds=0)  # the control: a bare message has nowhere to go
    time.sleep(10)
    is_open = Job.objects.open().filter(kind="settle").count()

    with with_services.redis(tmp_path / "empty", port, password):
        portal.worker("score", "2")
        wait_until(all_done, "every job is done")
    answer = Answer.objects.get(question__code="1.1")
    assert (relay.poll(), is_open, answer.version) == (None, 1, 60)
    assert StageResult.objects.get(stage="EM").total == answer.points
    assert statistics.median(away) <= 1.5 * statistics.median(normal) + 0.02


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


def saving(portal, redis_url):
    """A real web server and an operator who changes one answer; each call saves once, and returns its seconds."""
    portal.redis_url = redis_url
    evaluation = factories.make_evaluation(cycle=factories.make_cycle(open_at=timezone.now()))
    question = Question.objects.get(code="1.1")
    options = list(question.options.order_by("position"))
    person = Person(portal.web()).logged_in_as(factories.make_user("OPERATOR", region=evaluation.region))
    address = reverse("evaluations:save", args=[evaluation.pk, "1.1"])
    versions = count()

    def save():
        version = next(versions)
        form = {"option": options[version % len(options)].pk, "version": version}
        began = time.monotonic()
        status, _, page = person.ask(address, form, **{"HX-Request": "true"})
        took = time.monotonic() - began
        assert status == 200, page
        return took

    return save
