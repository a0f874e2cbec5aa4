"""Rows of the table of addresses for what is taken over; the world's regions have no earlier cycle."""

from tests.kla_portal.rows import Row, case, who

ABSENT = case(who(403, STAFF=404, OPERATOR=404, VERIFIER=404))
GET: dict[str, Row] = {"evaluations:last_cycle": case(who(200, VERIFIER=404))}
POST: dict[str, Row] = {
    "evaluations:take_answer": ABSENT,
    "evaluations:take_documents": ABSENT,
    "evaluations:check_answer": case(who(403, STAFF=302, OPERATOR=302, VERIFIER=404)),
    "evaluations:take_answers": case(who(403, STAFF=302, OPERATOR=302, VERIFIER=404)),
}
VALUES: dict[str, dict[str, str]] = {name: {"pk": "draft"} for name in POST}


def furnish(case, draft, people) -> dict[str, object]:
    """Nothing beyond the world as it is."""
    return {}
