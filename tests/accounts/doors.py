"""Logging in as a browser does, for tests of the door."""

from django.urls import reverse

from tests.factories import PASSWORD


def log_in(client, username, password=PASSWORD, *, address="10.0.0.1", **more):
    """Post the log-in form from a network address."""
    values = {"login": username, "password": password, **more}
    return client.post(reverse("account_login"), values, REMOTE_ADDR=address)


def is_in(client) -> bool:
    """Whether the browser's next request still belongs to somebody."""
    return client.get(reverse("accounts:profile")).status_code == 200


class Clock:
    """The seconds of the server's clock, moved by hand."""

    def __init__(self, seconds: float):
        self.seconds = seconds

    def __call__(self) -> float:
        return self.seconds

    def move(self, seconds: float) -> None:
        """Later by so many seconds."""
        self.seconds += seconds
