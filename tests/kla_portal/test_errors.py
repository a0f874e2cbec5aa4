"""When the database is away people are told so, by pages that ask nothing of it; what they save is tried again."""

import psycopg2
import pytest
from django.conf import settings
from django.db.utils import OperationalError
from psycopg2 import errors

pytestmark = pytest.mark.django_db


class TooLong(errors.QueryCanceled):
    """As the server says it."""

    pgcode = "57014"


class Stopping(errors.AdminShutdown):
    """As the server says it."""

    pgcode = "57P01"


@pytest.fixture
def broken(client, monkeypatch):
    """A browser with a session whose every read fails as it is told."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    client.raise_request_exception = False

    def breaks(cause):
        def first(*_):
            raise OperationalError(str(cause)) from cause

        monkeypatch.setattr("accounts.sessions.KEPT.first", first)
        return client

    return breaks


@pytest.mark.parametrize("cause", [psycopg2.OperationalError("server closed the connection"), Stopping("terminating")])
def test_a_page_waits_for_a_database_that_is_away(broken, cause):
    response = broken(cause).get("/evaluasi/")

    assert (response.status_code, response["Retry-After"], response["Refresh"]) == (503, "5", "5")
    assert "dimulai ulang" in response.content.decode()


def test_a_form_is_not_left_for_another_page(broken):
    response = broken(psycopg2.OperationalError("server closed the connection")).post("/akun/surel/")

    assert (response.status_code, response.has_header("Refresh")) == (503, False)
    assert "belum tentu" in response.content.decode()


def test_a_save_of_the_page_is_tried_again_by_it(broken):
    response = broken(psycopg2.OperationalError("gone")).post(
        "/evaluasi/1/pertanyaan/1.1/simpan/", headers={"HX-Request": "true"}
    )

    assert (response.status_code, response.content) == (503, b"")


@pytest.mark.parametrize("cause", [TooLong("canceling statement"), ValueError("a mistake of ours")])
def test_anything_else_has_a_number(broken, cause):
    response = broken(cause).get("/evaluasi/")

    assert (response.status_code, "Terjadi gangguan" in response.content.decode()) == (500, True)
