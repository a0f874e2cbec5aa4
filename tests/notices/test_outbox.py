"""Sending: at most once, again later when the server says later, never again where nobody is."""

import socket
from datetime import timedelta

import pytest
from django.db import connection

from accounts import actions as accounts
from accounts.models import User
from notices import digests, outbox
from notices.models import Mail, Notice
from tests.factories import NOW, make_user
from tests.jobs.factories import Clock
from tests.notices.factories import DAY, reader, readers, tell
from tests.notices.smtp import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    settings.SITE_URL = "https://kla.example"
    with mail_server(settings) as server:
        yield server


def write(*people):
    tell(*people)
    digests.write(day=DAY, at=NOW)


def states():
    return list(Mail.objects.order_by("pk").values_list("state", "attempts"))


def test_hundred_people_get_one_mail_each_and_nothing_the_second_time(server):
    write(*readers(100))

    for _ in range(2):
        outbox.send_due(Clock())

    assert (len(server.taken), len(set(server.recipients))) == (100, 100)
    assert set(states()) == {("SENT", 1)}


def test_mail_is_plain_with_a_page_beside_it_addressed_to_one_and_marked_as_automatic(server):
    write(reader(1), reader(2))

    outbox.send_due(Clock())

    mail = Mail.objects.first()
    heads = [[message[name] for name in ("To", "Cc", "Bcc", "Auto-Submitted")] for _, message in server.taken]
    assert heads == [[f"orang{each}@dinas.example", None, None, "auto-generated"] for each in (1, 2)]
    assert server.taken[0][1]["Message-ID"] == mail.message_id
    assert mail.message_id.endswith("@kla.example>")
    parts = [part.get_content_type() for part in server.taken[0][1].walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]


def test_refused_address_is_given_up_told_and_not_tried_again_while_others_go_on(server):
    refused, other, admin = reader(1), reader(2), make_user("ADMIN")
    server.answers["orang1@dinas.example"] = "550 5.1.1 tidak ada kotak ini"
    write(refused, other)

    outbox.send_due(Clock())
    tell(refused, other, key="b")
    digests.write(day=DAY + timedelta(days=1), at=NOW + timedelta(days=1))

    refused.refresh_from_db()
    assert states() == [("FAILED", 1), ("SENT", 1), ("WAITING", 0)]
    assert refused.mail_refusal == "Server surel menjawab 550 5.1.1 tidak ada kotak ini"
    assert set(Notice.objects.filter(kind="MAIL").values_list("user", flat=True)) == {refused.pk, other.pk, admin.pk}


def test_address_that_was_mended_is_tried_again(server):
    user = reader(1)
    server.answers[user.email] = "550 tidak ada"
    write(user)
    outbox.send_due(Clock())

    accounts.change_email(user=user, email="baru@dinas.example", by=user, at=NOW)
    tell(user, key="b")
    digests.write(day=DAY + timedelta(days=1), at=NOW)
    outbox.send_due(Clock())

    assert server.recipients == ["baru@dinas.example"]


@pytest.mark.parametrize("answer", ["550 5.7.1 relaying denied", "552 5.2.2 penuh", "554 ditolak"])
def test_refusal_that_does_not_speak_of_the_address_leaves_it_alone(server, answer):
    user, admin = reader(1), make_user("ADMIN")
    server.answers[user.email] = answer
    write(user)

    outbox.send_due(Clock())

    user.refresh_from_db()
    assert (states(), user.mail_refused_at) == ([("FAILED", 1)], None)
    assert list(Notice.objects.filter(kind="MAIL").values_list("user", flat=True)) == [admin.pk]


def test_server_that_says_later_is_asked_later_and_the_fifth_time_is_the_last(server):
    server.answers["orang1@dinas.example"] = "451 4.7.1 nanti"
    write(reader(1))
    clock, waited = Clock(), []

    while (following := outbox.send_due(clock)) is not None:
        waited.append((following - clock()).total_seconds() / 60)
        clock.at = following

    assert (waited, states()) == ([5, 30, 120, 360], [("FAILED", 5)])
    assert User.objects.filter(mail_refused_at__isnull=False).count() == 0


def test_put_off_mail_goes_out_when_the_server_takes_it(server):
    server.answers["orang1@dinas.example"] = "451 nanti"
    write(reader(1))
    clock = Clock()
    clock.at = outbox.send_due(clock)
    server.answers.clear()

    assert (outbox.send_due(clock), states(), len(server.taken)) == (None, [("SENT", 2)], 1)


def test_server_that_is_away_costs_each_mail_a_try_and_marks_no_address(settings):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.EMAIL_PORT = closed.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    write(reader(1), reader(2))
    admin, clock = make_user("ADMIN"), Clock()

    while (following := outbox.send_due(clock)) is not None:
        clock.at = following

    assert (states(), clock() - NOW) == ([("FAILED", 5)] * 2, timedelta(minutes=515))
    assert list(Notice.objects.filter(kind="MAIL").values_list("user", "text")) == [
        (admin.pk, "Ada surel hari ini yang tidak dapat dikirim. Server surel tidak dapat dihubungi.")
    ]


def test_connection_that_breaks_after_the_mail_was_taken_sends_no_second_one(server):
    server.answers["orang1@dinas.example"] = "hang up"
    write(reader(1), reader(2))
    clock = Clock()

    for _ in range(3):
        outbox.send_due(clock)
        clock.move(hours=1)

    assert server.recipients == ["orang1@dinas.example", "orang2@dinas.example"]
    assert states() == [("UNSURE", 1), ("SENT", 1)]


def test_process_that_died_between_hand_over_and_note_sends_no_second_one(server, monkeypatch):
    write(reader(1))
    monkeypatch.setattr(outbox, "_note", lambda *_: exec("raise SystemExit"))
    with pytest.raises(SystemExit):
        outbox.send_due(Clock())
    monkeypatch.undo()
    clock = Clock()

    clock.at = outbox.send_due(clock) + timedelta(seconds=1)
    again = outbox.send_due(clock)

    assert (len(server.taken), states(), again) == (1, [("UNSURE", 1)], None)
    assert Mail.objects.get().reason == outbox.DIED


def test_sender_that_comes_while_another_holds_the_mail_does_not_send_it(server, monkeypatch):
    write(reader(1))
    real, inner = outbox._handed_over, []

    def meanwhile(mail, opened):
        if not inner:
            inner.append(outbox.send_due(Clock()))
        return real(mail, opened)

    monkeypatch.setattr(outbox, "_handed_over", meanwhile)
    outbox.send_due(Clock())

    assert (len(server.taken), states()) == (1, [("SENT", 1)])


def test_one_run_ends_in_time_and_says_that_there_is_more(server, monkeypatch):
    write(reader(1), reader(2), reader(3))
    clock = Clock()
    real = outbox._handed_over

    def slowly(mail, opened):
        clock.move(seconds=31)
        return real(mail, opened)

    monkeypatch.setattr(outbox, "_handed_over", slowly)

    assert (outbox.send_due(clock), len(server.taken)) == (NOW, 2)


def test_database_takes_no_second_mail_for_a_day():
    write(reader(1))
    mail = Mail.objects.get()
    mail.pk = None

    Mail.objects.bulk_create([mail], ignore_conflicts=True)

    assert (Mail.objects.count(), connection.in_atomic_block) == (1, True)
