"""Sending what lies in the outbox: each mail handed to the server at most once, whatever dies in between.

A row is marked SENDING, with its Message-ID, and that is committed before the server hears of it; only one of any
number of senders can mark it. Then either the server answers (SENT, put off, or given up, as it says), or nobody will
ever know: the connection broke in the middle, or this process died. Such a mail is UNSURE and is not sent again: all
that it says is on the page too, and two mails a day are what people switch off.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Min, Q

from notices import refusals
from notices.mail_page import html_of
from notices.models import Mail

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]
DELAYS = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)  # the fifth try is the last
ABANDONED_AFTER = timedelta(minutes=15)  # longer than any worker lives with one mail
AT_MOST = timedelta(seconds=60)  # of one run; the job's own limit is 150 seconds

NO_SUCH_BOX = {550, 551, 553}
POLICY = "5.7."  # of the enhanced codes: not allowed, rather than not there

BROKEN = "Sambungan ke server surel terputus saat surel diserahkan; mungkin sudah terkirim, jadi tidak dikirim ulang."
DIED = "Portal berhenti saat surel diserahkan; mungkin sudah terkirim, jadi tidak dikirim ulang."
UNREACHABLE = "Server surel tidak dapat dihubungi."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one hand-over."""

    state: str  # of Mail.State; WAITING means: put off
    reason: str = ""
    address_is_bad: bool = False


def send_due(clock: Clock) -> datetime | None:
    """Hand over what is due; returns when there will be something again, or None."""
    Mail.objects.abandoned(clock() - ABANDONED_AFTER).update(state=Mail.State.UNSURE, reason=DIED)
    began, connection = clock(), None
    while clock() - began < AT_MOST and Mail.objects.due(clock()).exists():
        connection = connection or _opened()
        if connection is None:
            _put_off_all(clock())
            break
        if (mail := _claimed(clock())) is None:
            continue
        outcome = _handed_over(mail, connection)
        _note(mail, outcome, clock())
        if outcome.state != Mail.State.SENT:  # whatever the server thinks of us now, begin anew
            _close(connection)
            connection = None
    _close(connection)
    return _next_moment()


def _next_moment() -> datetime | None:
    """When a mail is due again, or one on its way counts as abandoned."""
    found = Mail.objects.aggregate(
        due=Min("due_at", filter=Q(state=Mail.State.WAITING)), begun=Min("begun_at", filter=Q(state=Mail.State.SENDING))
    )
    moments = [found["due"], found["begun"] and found["begun"] + ABANDONED_AFTER]
    return min((each for each in moments if each), default=None)


def _claimed(at: datetime) -> Mail | None:
    """The next mail, ours alone from now on; None when another sender was quicker."""
    mail = Mail.objects.due(at).select_related("user").order_by("due_at", "pk").first()
    if mail is None:
        return None
    mail.message_id = make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "localhost")
    claimed = Mail.objects.due(at).filter(pk=mail.pk).update(
        state=Mail.State.SENDING, begun_at=at, attempts=F("attempts") + 1, message_id=mail.message_id, reason=""
    )  # fmt: skip
    mail.attempts += 1
    return mail if claimed else None


def _handed_over(mail: Mail, connection: Any) -> Outcome:
    message = EmailMultiAlternatives(
        mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.address], connection=connection,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    message.attach_alternative(html_of(mail.subject, mail.body), "text/html")
    try:
        message.send()
    except SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()), (550, b""))
        return _answered(code, words, mail, speaks_of_address=True)
    except SMTPResponseException as answer:
        return _answered(answer.smtp_code, answer.smtp_error, mail, speaks_of_address=False)
    except (SMTPException, OSError):
        return Outcome(Mail.State.UNSURE, BROKEN)
    except ValueError:  # a line break in a header, an address that cannot be written
        return Outcome(Mail.State.FAILED, "Surel ini tidak dapat disusun.")
    return Outcome(Mail.State.SENT)


def _answered(code: int, words: bytes | str, mail: Mail, *, speaks_of_address: bool) -> Outcome:
    """The server said no: for good from 500 on, otherwise for now and as long as tries are left."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    reason = " ".join(f"Server surel menjawab {code} {said}".split())[:190]
    if code >= 500:
        is_policy = POLICY in said or "relay" in said.lower()  # then the fault is ours, whatever the address
        return Outcome(Mail.State.FAILED, reason, speaks_of_address and code in NO_SUCH_BOX and not is_policy)
    return Outcome(Mail.State.WAITING if mail.attempts <= len(DELAYS) else Mail.State.FAILED, reason)


def _note(mail: Mail, outcome: Outcome, at: datetime) -> None:
    """Write down what became of a mail that is ours; then tell whom it concerns."""
    values: dict[str, Any] = {"state": outcome.state, "reason": outcome.reason}
    if outcome.state == Mail.State.SENT:
        values["sent_at"] = at
    if outcome.state == Mail.State.WAITING:
        values["due_at"] = at + DELAYS[mail.attempts - 1]
    ours = Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING, message_id=mail.message_id)
    if not ours.update(**values) or outcome.state in (Mail.State.SENT, Mail.State.WAITING):
        return
    if outcome.address_is_bad:
        refusals.note(user=mail.user, address=mail.address, reason=outcome.reason, at=at)
    else:
        refusals.note_given_up(reason=outcome.reason, at=at)


def _put_off_all(at: datetime) -> None:
    """No server: every due mail has had a try; those that have had all of them are given up."""
    over = Mail.objects.due(at).filter(attempts__gte=len(DELAYS))
    if over.update(state=Mail.State.FAILED, attempts=F("attempts") + 1, reason=UNREACHABLE):
        refusals.note_given_up(reason=UNREACHABLE, at=at)
    for attempts in reversed(range(len(DELAYS))):
        Mail.objects.due(at).filter(attempts=attempts).update(
            attempts=attempts + 1, due_at=at + DELAYS[attempts], reason=UNREACHABLE
        )


def _opened() -> Any:
    """A connection that is ready, None when the server cannot be reached or does not let us in."""
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        logger.warning("the mail server does not let us in: %s", error)
        return None
    return connection


def _close(connection: Any) -> None:
    if connection is not None:
        try:
            connection.close()
        except (SMTPException, OSError):
            return
