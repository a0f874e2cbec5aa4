"""Telling people something, and noting that they have read it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction

from notices.models import Mail, Notice

MAILS_KEPT = timedelta(days=60)
READ_KEPT = timedelta(days=365)


def tell(*, users: Iterable[int], kind: Notice.Kind, key: str, text: str, link: str = "", at: datetime) -> None:
    """Tell people (by their pk) one sentence, once per `key`; belongs into the transaction of what it tells.

    One statement for any number of people; the same occasion told again changes nothing.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A notice belongs into the transaction of the act it tells.")
    Notice.objects.bulk_create(
        [
            Notice(user_id=pk, kind=kind, key=key[:120], text=text[:300], link=link[:300], told_at=at)
            for pk in sorted(set(users))
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def mark_read(*, user_id: int, notices: Iterable[int], at: datetime) -> None:
    """Note that a person has seen these; what was read before keeps its moment."""
    Notice.objects.unread().filter(user=user_id, pk__in=list(notices)).update(read_at=at)


def settle(*, users: Iterable[int], key: str, at: datetime) -> None:
    """An occasion asks nothing more of these people: whoever has not read of it need not, by mail neither."""
    Notice.objects.unread().filter(user__in=list(users), key=key).update(read_at=at)


@transaction.atomic
def mark_all_read(*, user_id: int, until: int, at: datetime) -> int:
    """Note that a person has seen everything told up to the notice `until`; returns how many that were."""
    return Notice.objects.unread().filter(user=user_id, pk__lte=until).update(read_at=at)


@transaction.atomic
def prune(*, at: datetime) -> None:
    """Clear away mails after two months and read notices after a year; what nobody has read stays."""
    Mail.objects.filter(written_at__lt=at - MAILS_KEPT).delete()
    Notice.objects.filter(read_at__lt=at - READ_KEPT).delete()
