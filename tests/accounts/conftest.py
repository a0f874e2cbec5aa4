"""The clock of tests about the door."""

import time
from datetime import UTC, datetime

import pytest

from tests.accounts.doors import Clock


@pytest.fixture
def clock(monkeypatch):
    """Seconds that only pass when a test says so."""
    clock = Clock(float(int(time.time())))
    monkeypatch.setattr("time.time", clock)
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime.fromtimestamp(clock(), UTC))
    return clock
