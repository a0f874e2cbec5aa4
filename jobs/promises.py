"""How work is promised: one row, in the caller's transaction, never a word to the queue."""

import json
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection

from jobs.models import Job
from kla_portal.prepared import Statement

# One statement, on PostgreSQL and SQLite alike: there is no moment between looking and writing in which another
# transaction could promise the same, and a save pays a single round trip.
SAID = Statement("""
INSERT INTO jobs_job (kind, key, queue, arguments, state, generation, started_generation, attempts, progress, reason,
    promised_at, due_at, lease)
VALUES (%s, %s, %s, %s, 'WAITING', 1, 0, 0, 0, '', %s, %s, '')
ON CONFLICT (kind, key) WHERE state IN ('WAITING', 'RUNNING')
DO UPDATE SET generation = jobs_job.generation + 1, arguments = excluded.arguments
RETURNING id
""")


def promise(*, kind: str, key: str, queue: Job.Queue, at: datetime, **arguments: Any) -> Job:
    """Promise `kind` for `key`; a promise that is still open is renewed instead of doubled (400 saves, one settlement).

    `kind` must be registered in `jobs.kinds`; `arguments` are ids and plain values only. Needs the caller's
    transaction, so that the promise exists exactly when what it is about exists. One statement; what the row says
    beside its key is read when it is asked for.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A job is promised in the transaction that needs it.")
    moment = connection.ops.adapt_datetimefield_value(at)
    with SAID.run([kind, key, queue.value, json.dumps(arguments), moment, moment]) as cursor:
        return Job.from_db(DEFAULT_DB_ALIAS, ["id"], cursor.fetchone())
