"""Rows of the table of addresses for the archive of evidence."""

from tests.kla_portal.rows import Row, case, who

GET: dict[str, Row] = {
    "reports:bundle": case(who(200, STAFF=403)),
    "reports:bundle_download": case(who(200, STAFF=403)),
}
POST: dict[str, Row] = {}
VALUES: dict[str, dict[str, str]] = {}


def furnish(case, draft, people) -> dict[str, object]:
    """Nothing of its own: the case has evidence."""
    return {}
