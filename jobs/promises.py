"""How work is promised: one row, in the caller's transaction, never a word to the queue."""

from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection

from jobs.models import Job
from kla_portal.prepared import Insert, Values

# One statement, on PostgreSQL and SQLite alike: there is no moment between looking and writing in which another
# transaction could promise the same, and a save pays a single round trip.
FRESH: dict[str, Any] = {
    "state": Job.State.WAITING.value, "generation": 1, "started_generation": 0, "attempts": 0, "progress": 0,
    "reason": "", "lease": "",
}  # fmt: skip
PROMISED = Insert(
    Job, "kind", "key", "queue", "arguments", "promised_at", "due_at", *FRESH,
    otherwise="ON CONFLICT (kind, key) WHERE state IN ('WAITING', 'RUNNING') "
    "DO UPDATE SET generation = jobs_job.generation + 1, arguments = excluded.arguments",
)  # fmt: skip


def promise(*, kind: str, key: str, queue: Job.Queue, at: datetime, **arguments: Any) -> Job:
    """Promise `kind` for `key`; a promise that is still open is renewed instead of doubled (400 saves, one settlement).

    `kind` must be registered in `jobs.kinds`; `arguments` are ids and plain values only. Needs the caller's
    transaction, so that the promise exists exactly when what it is about exists. One statement; what the row says
    beside its key is read when it is asked for.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A job is promised in the transaction that needs it.")
    said = promised(kind=kind, key=key, queue=queue, at=at, **arguments)
    return Job.from_db(DEFAULT_DB_ALIAS, ["id"], [PROMISED.run(**said.values)])


def promised(*, kind: str, key: str, queue: Job.Queue, at: datetime, **arguments: Any) -> Values:
    """What `PROMISED` says of a promise, for who writes it together with what it is about."""
    said = {"kind": kind, "key": key, "queue": queue.value, "arguments": arguments, "promised_at": at, "due_at": at}
    return Values({**said, **FRESH})
