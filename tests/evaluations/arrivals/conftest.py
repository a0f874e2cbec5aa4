"""A store of its own for every test, an evaluation that is open now, and its operator at a browser."""

import pytest
from django.utils import timezone

from tests import factories
from tests.evaluations.evidence.conftest import _own_store  # noqa: F401


@pytest.fixture
def evaluation(db):
    """Open at the moment the test runs: views ask the clock."""
    return factories.make_evaluation(cycle=factories.make_cycle(open_at=timezone.now()))


@pytest.fixture
def operator(evaluation):
    """The region's secretary."""
    return factories.make_user("OPERATOR", region=evaluation.region)


@pytest.fixture
def signed_in(client, operator):
    """The operator's browser."""
    client.force_login(operator)
    return client
