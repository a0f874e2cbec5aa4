"""The same real processes as in the fault drills."""

from tests.faults.conftest import portal, redis_url  # noqa: F401
