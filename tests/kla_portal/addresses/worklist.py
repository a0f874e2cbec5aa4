"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from tests.kla_portal.rows import CASE, ONWARD, Row, case, same, who

GET: dict[str, Row] = {
    "evaluations:my_tasks": ONWARD,
    "evaluations:my_count": same(who(200, VERIFIER=204, ADMIN=204)),
    "evaluations:tasks": CASE,
    "evaluations:state": case(who(302)),  # a fragment leads to its page
}
POST: dict[str, Row] = {
    "evaluations:confirm": case(who(403, STAFF=422, OPERATOR=422, VERIFIER=404)),  # without a version
    "evaluations:unconfirm": case(who(403, STAFF=422, OPERATOR=422, VERIFIER=404)),
}
VALUES: dict[str, dict[str, str]] = {  # address -> variable of its route -> key of the world's names, or "=literal"
    "evaluations:confirm": {"pk": "draft"},
    "evaluations:unconfirm": {"pk": "draft"},
}


def furnish(case, draft, people) -> dict[str, object]:
    """Rows that the addresses name, as further names of the world; `people` by role, of the own region."""
    return {}
