"""Real processes around one test."""

import pytest

from scripts import with_services
from tests.faults.processes import Portal


@pytest.fixture
def redis_url(tmp_path):
    """A Redis for this test alone, because drills flush it."""
    with with_services.redis(tmp_path / "redis") as url:
        yield url


@pytest.fixture
def portal(transactional_db, tmp_path, redis_url):
    """Relay and workers with Redis between them; nothing is started yet."""
    running = Portal(tmp_path, redis_url)
    yield running
    running.stop()


@pytest.fixture
def embedded(transactional_db, tmp_path):
    """The same without Redis: the relay runs the jobs in children of its own."""
    running = Portal(tmp_path)
    yield running
    running.stop()
