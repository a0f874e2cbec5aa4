"""Doors for the worker: the morning's mails are written, and the outbox is emptied."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from jobs.daily import daily
from jobs.kinds import kind
from jobs.models import Job
from jobs.promises import promise
from notices import actions, digests, morning, outbox

HOUR = 5  # by the portal's clock: before work begins in all three zones, and the same date in each
NEVER_SENT = "Surel tidak terkirim. Periksa pengaturan surel; pemberitahuan tetap ada di portal."


def promise_sending(at: datetime) -> None:
    """Promise that the outbox is looked through at a moment; promises for the same minute are one."""
    minute = at.replace(second=0, microsecond=0)
    promise(kind="send_mails", key=f"outbox:{minute.isoformat()}", queue=Job.Queue.EXPORT, at=at)


@daily("morning", hour=HOUR, queue=Job.Queue.EXPORT, sentence_on_failure="Ringkasan hari ini belum dapat disusun.")
def write_morning(*, day: str) -> None:
    """Reminders of the day, then its digests, then the promise to send them; a reminder that fails stops no mail."""
    now, today = timezone.now(), date.fromisoformat(day)
    try:
        morning.remind(day=today, at=now)
    finally:
        digests.write(day=today, at=now)
        with transaction.atomic():
            promise_sending(now)
    actions.prune(at=now)


@kind("send_mails", sentence_on_failure=NEVER_SENT)
def send_mails() -> None:
    """Hand over what is due, and come back when something is due again."""
    if following := outbox.send_due(timezone.now):
        with transaction.atomic():
            promise_sending(max(following, timezone.now() + timedelta(seconds=1)))
