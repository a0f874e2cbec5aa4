"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from tests.kla_portal.rows import Row, case, who

GET: dict[str, Row] = {}
POST: dict[str, Row] = {
    "verification:undo": case(who(404, VERIFIER=422, ADMIN=403)),
}
VALUES: dict[str, dict[str, str]] = {}


def furnish(case, draft, people) -> dict[str, object]:
    """Nothing more than everybody's world."""
    return {}
