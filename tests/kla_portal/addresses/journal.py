"""Rows of the table of addresses for the trail's export."""

from tests.kla_portal.rows import TRAIL, Row

GET: dict[str, Row] = {"accounts:audit_export": TRAIL}
POST: dict[str, Row] = {}
VALUES: dict[str, dict[str, str]] = {}


def furnish(case, draft, people) -> dict[str, object]:
    """Nothing of its own: the world has left its trail."""
    return {}
