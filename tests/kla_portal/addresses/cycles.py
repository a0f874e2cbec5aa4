"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from tests.kla_portal.rows import ADMIN_PAGE, Row, same, who

GET: dict[str, Row] = {"evaluations:cycle_new": ADMIN_PAGE, "evaluations:cycle_settings": ADMIN_PAGE}
POST: dict[str, Row] = {
    "evaluations:cycle_new": same(who(403, ADMIN=200)),  # an empty body is a form not sent
    "evaluations:cycle_settings": same(who(403, ADMIN=200)),
}
VALUES: dict[str, dict[str, str]] = {"evaluations:cycle_settings": {"code": "cycle"}}


def furnish(case, draft, people) -> dict[str, object]:
    """The cycle by its code."""
    return {"cycle": case.cycle.code}
