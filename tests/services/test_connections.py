"""A kept connection to PostgreSQL is not asked whether it lives, and never handed out dead."""

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from kla_portal.postgres import base

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kept():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    connection.close()
    connection.ensure_connection()
    connection._known_at = -base.ASK_AFTER
    yield connection
    connection.close()


@pytest.fixture
def asked(monkeypatch):
    """How often Django's own question was put."""
    times = []
    ours = base.base.DatabaseWrapper.is_usable
    monkeypatch.setattr(base.base.DatabaseWrapper, "is_usable", lambda self: times.append(1) or ours(self))
    return times


def end_from_elsewhere(kept):
    other = kept.copy("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [kept.connection.info.backend_pid])
    other.close()


def test_connection_known_to_work_is_not_asked_again(kept, asked):
    found = [kept.is_usable() for _ in range(3)]

    assert (found, len(asked)) == ([True, True, True], 1)


def test_connection_that_was_silent_is_asked(kept, asked):
    kept.is_usable()
    kept._known_at -= base.ASK_AFTER

    assert (kept.is_usable(), len(asked)) == (True, 2)


def test_connection_whose_server_has_left_is_seen_at_once(kept):
    kept.is_usable()
    end_from_elsewhere(kept)

    assert kept.is_usable() is False


def test_next_request_after_a_restart_gets_a_new_connection(kept):
    kept.is_usable()
    end_from_elsewhere(kept)
    kept.health_check_enabled, kept.health_check_done = True, False

    with kept.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_connection_with_an_error_is_asked(kept, asked):
    kept.is_usable()
    with pytest.raises(DatabaseError), kept.cursor() as cursor:
        cursor.execute("SELECT nothing_of_the_sort")

    assert (kept.errors_occurred, kept.is_usable(), len(asked)) == (True, True, 2)
