"""A day's work is promised once its hour has come, once a day, also when nothing else happens."""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from jobs import daily, kinds, relay
from jobs.models import Job
from tests.jobs.factories import Clock

pytestmark = pytest.mark.django_db
FIVE_WITA = datetime(2025, 5, 19, 21, 0, tzinfo=UTC)  # 20 May, 05.00 WITA


@contextmanager
def every_day(work, name="try-daily", hour=5):
    """The only daily kind, for one test."""
    kept = dict(daily._DAILY)
    daily._DAILY.clear()
    daily.daily(name, hour=hour, queue=Job.Queue.EXPORT, sentence_on_failure="Gagal.")(work)
    try:
        yield
    finally:
        daily._DAILY.clear()
        daily._DAILY.update(kept)
        del kinds._KINDS[name]


@pytest.mark.parametrize(("minutes", "keys"), [(-1, []), (0, ["2025-05-20"]), (18 * 60, ["2025-05-20"]), (19 * 60, [])])
def test_day_begins_at_its_hour_on_the_portals_clock(minutes, keys):
    with every_day(lambda day: None):
        daily.promise_due(FIVE_WITA + timedelta(minutes=minutes))

    assert list(Job.objects.values_list("key", flat=True)) == keys


def test_day_is_promised_once_however_often_one_looks_and_whatever_became_of_it():
    with every_day(lambda day: None):
        said = [daily.promise_due(FIVE_WITA + timedelta(minutes=each)) for each in (0, 1)]
        Job.objects.update(state=Job.State.DONE)
        said.append(daily.promise_due(FIVE_WITA + timedelta(minutes=2)))
        Job.objects.update(state=Job.State.FAILED)
        said.append(daily.promise_due(FIVE_WITA + timedelta(minutes=3)))
        said.append(daily.promise_due(FIVE_WITA + timedelta(days=1)))

    assert said == [1, 0, 0, 0, 1]


def test_work_is_handed_its_day():
    seen = []

    with every_day(lambda day: seen.append(day)):
        daily.promise_due(FIVE_WITA)
        relay.run_due(clock=Clock(FIVE_WITA))

    assert seen == ["2025-05-20"]


def test_idle_relay_begins_the_day_by_itself(monkeypatch):
    stop, seen = threading.Event(), []
    monkeypatch.setattr(relay, "carrier", lambda: Silent(stop))

    with every_day(lambda day: seen.append(day)):
        relay.work(clock=Clock(FIVE_WITA), stop=stop)

    assert list(Job.objects.values_list("kind", "key")) == [("try-daily", "2025-05-20")]


class Silent:
    """A carrier that carries nothing and ends the loop after one round."""

    def __init__(self, stop):
        self._stop = stop

    def step(self, clock):
        self._stop.set()
        return False

    def stop(self, clock):
        """Nothing to bring back."""
