"""One attempt and what becomes of the row: done, once more, later, never again, or nothing at all."""

import logging
from datetime import timedelta

import pytest

from jobs import attempts, kinds, relay, running
from jobs.models import Job
from tests.jobs.factories import Clock, lease, promise, registered, shape

pytestmark = pytest.mark.django_db


def run(held, clock):
    return running.run(job_id=held.job_id, token=held.token, clock=clock, heartbeat=False)


def test_run_hands_over_the_arguments_and_is_done():
    seen = []
    job = promise(evaluation_id=7, stage="EM")

    with registered(lambda **arguments: seen.append(arguments)):
        assert run(lease(), Clock()) is True

    assert seen == [{"evaluation_id": 7, "stage": "EM"}]
    assert shape(job) == ("DONE", 1, 100, "")
    assert (job.finished_at, job.lease, job.leased_until) == (Clock().at, "", None)


def test_run_does_nothing_when_the_same_message_comes_twice():
    seen = []
    promise()
    held = lease()

    with registered(lambda: seen.append("run")):
        assert [run(held, Clock()), run(held, Clock())] == [True, False]

    assert seen == ["run"]


def test_run_refuses_the_second_holder_while_the_first_is_at_work():
    inner = []
    promise()
    held = lease()

    with registered(lambda: inner.append(run(held, Clock()))):
        run(held, Clock())

    assert inner == [False]


def test_promise_during_the_work_runs_it_once_more_with_the_new_arguments():
    seen = []
    job = promise(page=1)

    def work(page):
        seen.append(page)
        if page == 1:
            promise(page=2)

    with registered(work):
        assert relay.run_due(clock=Clock()) == 2

    assert seen == [1, 2]
    assert shape(job) == ("DONE", 1, 100, "")


def test_progress_is_a_number_on_the_row_between_0_and_100():
    seen = []
    job = promise()

    def work(progress):
        for percent in (-5, 40, 250):
            progress(percent)
            seen.append(Job.objects.get().progress)

    with registered(work):
        run(lease(), Clock())

    assert seen == [0, 40, 100]
    assert shape(job) == ("DONE", 1, 100, "")


def test_failing_work_is_repeated_later_each_time_and_given_up_with_its_sentence(caplog):
    caplog.set_level(logging.CRITICAL)
    clock, begun = Clock(), []
    job = promise()

    def work():
        begun.append(clock.at)
        raise ValueError("secret detail")

    with registered(work, sentence="Nilai tidak dapat dihitung."):
        for _ in range(120):
            relay.run_due(clock=clock)
            clock.move(seconds=1)

    waits = [later - earlier for earlier, later in zip(begun, begun[1:], strict=False)]
    assert waits == [timedelta(seconds=5), timedelta(seconds=30)]
    assert shape(job) == ("FAILED", 3, 0, "Nilai tidak dapat dihitung.")


def test_refused_work_is_given_up_at_once_with_its_own_sentence():
    job = promise()

    def work():
        raise kinds.Refused("PDF ini terkunci dengan kata sandi.")

    with registered(work):
        assert relay.run_due(clock=Clock()) == 1

    assert shape(job) == ("FAILED", 1, 0, "PDF ini terkunci dengan kata sandi.")


def test_refused_work_that_was_promised_anew_meanwhile_is_tried_again():
    job = promise(page=1)

    def work(page):
        if page == 1:
            promise(page=2)
            raise kinds.Refused("Halaman pertama rusak.")

    with registered(work):
        relay.run_due(clock=Clock())

    assert shape(job) == ("DONE", 1, 100, "")


def test_unknown_kind_fails_with_a_general_sentence(caplog):
    caplog.set_level(logging.CRITICAL)
    clock, job = Clock(), promise("nobody registers this")

    for _ in range(3):
        relay.run_due(clock=clock)
        clock.move(minutes=1)

    assert shape(job) == ("FAILED", 3, 0, attempts.NO_SENTENCE)


@pytest.mark.parametrize("end", ["succeed", "fail", "interrupt", "refuse"])
def test_attempt_whose_lease_was_replaced_marks_nothing(end):
    clock, job = Clock(), promise()
    held = lease()
    attempts.begin(job_id=job.pk, token=held.token, at=clock())
    Job.objects.update(lease="newer", progress=30)

    extra = {"sentence": "Terlambat."} if end == "refuse" else {}
    assert getattr(attempts, end)(job_id=job.pk, token=held.token, at=clock(), **extra) is False
    assert attempts.renew(job_id=job.pk, token=held.token, at=clock(), progress=90) is False
    assert shape(job) == ("RUNNING", 1, 30, "")


def test_sweep_repeats_overdue_attempts_and_gives_up_after_the_third():
    clock, job = Clock(), promise()
    states = []

    with registered(lambda: None, sentence="Prosesnya mati."):
        for _ in range(3):
            held = lease(clock())
            attempts.begin(job_id=job.pk, token=held.token, at=clock())
            clock.move(seconds=45)
            before = attempts.sweep(at=clock())
            clock.move(seconds=1)
            states.append((before, attempts.sweep(at=clock()), *shape(job)))

    assert states == [
        (0, 1, "WAITING", 1, 0, ""),
        (0, 1, "WAITING", 2, 0, ""),
        (0, 1, "FAILED", 3, 0, "Prosesnya mati."),
    ]


def test_renewed_lease_is_not_swept():
    clock, job = Clock(), promise()
    held = lease()
    attempts.begin(job_id=job.pk, token=held.token, at=clock())

    for _ in range(5):
        clock.move(seconds=40)
        assert attempts.renew(job_id=job.pk, token=held.token, at=clock()) is True
        assert attempts.sweep(at=clock()) == 0


def test_interrupted_attempt_is_not_counted():
    clock, job = Clock(), promise()
    held = lease()
    attempts.begin(job_id=job.pk, token=held.token, at=clock())

    assert attempts.interrupt(job_id=job.pk, token=held.token, at=clock()) is True

    assert shape(job) == ("WAITING", 0, 0, "")
    assert Job.objects.due(clock()).count() == 1
