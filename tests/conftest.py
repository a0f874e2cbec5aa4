"""What every test stands on. The quick suite is everything without the markers below."""

import os

import pytest
from django.core.cache import cache
from django.db import connection

NOT_QUICK = ("services", "browser", "bench", *(() if os.environ.get("KLA_THOROUGH") else ("thorough",)))


def pytest_collection_modifyitems(config, items):
    """Without `-m`, leave out what needs services, a browser or patience."""
    if config.getoption("markexpr"):
        return
    slow = [test for test in items if any(test.get_closest_marker(mark) for mark in NOT_QUICK)]
    items[:] = [test for test in items if test not in slow]
    config.hook.pytest_deselected(items=slow)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """On PostgreSQL the trail refuses TRUNCATE, which is how a transactional test tidies up: lifted here only."""
    with django_db_blocker.unblock():
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal AND (tgtype & 32) <> 0"
            )
            for trigger, table in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{trigger}" ON {table}')


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits and cached pages of one test never reach the next."""
    cache.clear()
