"""How work is promised: one row, in the caller's transaction, never a word to the queue."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from jobs.models import Job

RACES = 5  # how often others may open and finish the same promise while this one is written


def promise(*, kind: str, key: str, queue: Job.Queue, at: datetime, **arguments: Any) -> Job:
    """Promise `kind` for `key`; a promise that is still open is renewed instead of doubled (400 saves, one settlement).

    `kind` must be registered in `jobs.kinds`; `arguments` are ids and plain values only. Needs the caller's
    transaction, so that the promise exists exactly when what it is about exists.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A job is promised in the transaction that needs it.")
    for _ in range(RACES):
        still_open = Job.objects.open().filter(kind=kind, key=key)
        if still_open.update(generation=F("generation") + 1, arguments=arguments):
            return still_open.get()
        try:
            with transaction.atomic():
                return Job.objects.create(
                    kind=kind, key=key, queue=queue, arguments=arguments, promised_at=at, due_at=at
                )
        except IntegrityError:  # another transaction promised the same in between: renew its row
            continue
    raise RuntimeError(f"{kind} {key} could not be promised.")
