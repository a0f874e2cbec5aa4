"""A store of its own for every test, and the people of one region."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    """Files of one test never meet those of another."""
    options = {"location": str(tmp_path / "files"), "file_permissions_mode": 0o640}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}


@pytest.fixture
def evaluation(db):
    """An open evaluation."""
    return factories.make_evaluation()


@pytest.fixture
def operator(evaluation):
    """The region's secretary."""
    return factories.make_user("OPERATOR", region=evaluation.region)


@pytest.fixture
def open_now(evaluation):
    """The evaluation while its window is open by the clock on the wall, which pages go by."""
    now = timezone.now()
    evaluation.cycle.windows.update(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    return evaluation
