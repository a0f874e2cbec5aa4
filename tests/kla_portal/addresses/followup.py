"""Rows of the table of addresses for the working paper of the coordination meeting."""

from tests.kla_portal.rows import Row, case, who

READING = who(200, STAFF=404, VERIFIER=404)
WRITING = who(404, OPERATOR=200, LEADER=200, ADMIN=200, REVIEWER=403)
GET: dict[str, Row] = {
    "followup:paper": case(READING),
    "followup:paper_download": case(READING),
    "followup:paper_refill": case(WRITING),
    "followup:paper_row": case(WRITING),
}
WRONG = who(404, OPERATOR=422, LEADER=422, ADMIN=422, REVIEWER=403)
POST: dict[str, Row] = {"followup:paper_refill": case(WRONG), "followup:paper_row": case(WRONG)}
VALUES: dict[str, dict[str, str]] = {"followup:paper_row": {"cluster": "=K", "code": "=1"}}


def furnish(case, draft, people) -> dict[str, object]:
    """Verdicts fill the paper."""
    return {}
