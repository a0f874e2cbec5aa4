"""Counting what a page asks of the database."""


def statements(connection):
    """What was asked of the database, transaction control left out."""
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")
    return [query["sql"] for query in connection.captured_queries if not query["sql"].startswith(control)]
