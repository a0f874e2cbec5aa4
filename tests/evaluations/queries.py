"""Counting what a page asks of the database."""

from django.db import connection

# PostgreSQL writes an event and its chain's head in one statement (`kla_portal.prepared.Together`).
JOINED = int(connection.vendor == "postgresql")
# And all that a save writes: the answer, its version, the promise of a settlement, the event and the chain's head.
SAVED_TOGETHER = 4 * JOINED


def statements(connection):
    """What was asked of the database, transaction control left out."""
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")
    return [query["sql"] for query in connection.captured_queries if not query["sql"].startswith(control)]
