"""An evaluation at a clock that stands still."""

import pytest

from tests.factories import NOW, make_evaluation


@pytest.fixture
def evaluation(freeze):
    return make_evaluation()


@pytest.fixture
def freeze(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
