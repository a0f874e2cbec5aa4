"""Counting what a page asks of the database."""

from django.db import connection

# PostgreSQL does an update and the insert that tells of it in one statement (`kla_portal.prepared.UpdateAndInsert`).
JOINED = int(connection.vendor == "postgresql")


def statements(connection):
    """What was asked of the database, transaction control left out."""
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")
    return [query["sql"] for query in connection.captured_queries if not query["sql"].startswith(control)]
