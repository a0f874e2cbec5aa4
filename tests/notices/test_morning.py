"""A morning as the relay lives it: promised, written, sent, and never twice, even by two at once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from jobs import daily, relay
from jobs.models import Job
from notices import actions, digests, morning, outbox, tasks
from notices.models import Mail, Notice
from tests.factories import NOW
from tests.jobs.factories import Clock
from tests.notices.factories import DAY, reader, readers, tell
from tests.notices.smtp import mail_server


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.mark.django_db
def test_idle_portal_writes_and_sends_by_itself_once_a_day(settings, clock, mailoutbox):
    tell(reader())

    for _ in range(3):
        daily.promise_due(clock())
        relay.run_due(clock=clock)
        clock.move(minutes=1)

    assert [mail.to for mail in mailoutbox] == [["orang1@dinas.example"]]
    kinds = {"morning", "purge_imports", "send_mails"}  # what an idle portal does every day
    assert set(Job.objects.values_list("kind", "state")) == {(kind, "DONE") for kind in kinds}


@pytest.mark.django_db
def test_reminder_that_fails_stops_no_mail_and_is_seen(clock, mailoutbox, monkeypatch):
    tell(reader())
    monkeypatch.setattr(morning, "_reminders", [lambda day, at: 1 / 0])

    daily.promise_due(clock())
    for _ in range(4):
        relay.run_due(clock=clock)
        clock.move(minutes=1)

    assert (len(mailoutbox), Job.objects.get(kind="morning").state) == (1, "FAILED")


@pytest.mark.django_db
def test_reminders_are_told_before_the_digests_are_written(clock, mailoutbox, monkeypatch):
    user = reader()
    monkeypatch.setattr(morning, "_reminders", [lambda day, at: tell(user, text=f"Tenggat {day}.", at=at)])

    daily.promise_due(clock())
    relay.run_due(clock=clock)

    assert "- Tenggat 2025-05-20." in mailoutbox[0].body


@pytest.mark.django_db
def test_put_off_mail_is_promised_for_its_moment(settings, clock):
    with mail_server(settings) as server:
        server.answers["orang1@dinas.example"] = "451 nanti"
        tell(reader())
        tasks.write_morning(day=DAY.isoformat())
        relay.run_due(clock=clock)

    assert list(Job.objects.filter(state="WAITING").values_list("kind", "due_at")) == [
        ("send_mails", NOW + timedelta(minutes=5))
    ]


@pytest.mark.django_db(transaction=True)
def test_r10_same_morning_run_by_two_at_once_is_one_mail_each(settings):
    tell(*readers(20))

    def run(ready):
        ready.wait()
        try:
            digests.write(day=DAY, at=NOW)
            outbox.send_due(Clock())
        finally:
            connections.close_all()

    with mail_server(settings) as server:
        ready = threading.Barrier(2)
        threads = [threading.Thread(target=run, args=(ready,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

    assert sorted(server.recipients) == sorted(f"orang{each}@dinas.example" for each in range(20))
    assert set(Mail.objects.values_list("state", "attempts")) == {("SENT", 1)}
    assert connection.vendor in ("sqlite", "postgresql")


@pytest.mark.django_db
def test_old_mails_and_read_notices_are_cleared_and_what_waits_stays():
    user = reader()
    tell(user, key="read", at=NOW - timedelta(days=400))
    Notice.objects.update(read_at=NOW - timedelta(days=370))
    tell(user, key="unread", at=NOW - timedelta(days=400))
    tell(user, key="new")
    digests.write(day=DAY, at=NOW)
    Mail.objects.update(written_at=NOW - timedelta(days=61))

    actions.prune(at=NOW)

    assert set(Notice.objects.values_list("key", "mail")) == {("unread", None), ("new", None)}
    assert Mail.objects.count() == 0
