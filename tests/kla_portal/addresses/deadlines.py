"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from tests.kla_portal.rows import ADMIN_PAGE, Row

GET: dict[str, Row] = {
    "evaluations:cycles": ADMIN_PAGE,
    "evaluations:cycle": ADMIN_PAGE,
    "evaluations:move_deadline": ADMIN_PAGE,
}
POST: dict[str, Row] = {"evaluations:move_deadline": ADMIN_PAGE}
VALUES: dict[str, dict[str, str]] = {  # address -> variable of its route -> key of the world's names, or "=literal"
    "evaluations:cycle": {"code": "open_cycle"},
    "evaluations:move_deadline": {"code": "open_cycle", "stage": "=EM"},
}


def furnish(case, draft, people) -> dict[str, object]:
    """Rows that the addresses name, as further names of the world; `people` by role, of the own region."""
    return {}
