"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from datetime import timedelta

from tests.factories import NOW
from tests.kla_portal.rows import CASE, DESK, Row, case, who

GET: dict[str, Row] = {
    "verification:repairs": DESK,
    "verification:clarifications": CASE,
}
POST: dict[str, Row] = {
    "verification:open_repairs": case(who(404, VERIFIER=409, ADMIN=409), stage="VF"),
    "verification:extend_repairs": case(who(404, VERIFIER=403, ADMIN=422)),
    "verification:clarify": case(who(403, VERIFIER=422)),
    "verification:answer_clarification": case(who(403, STAFF=422, OPERATOR=422)),
    "verification:settle_clarification": case(who(403, VERIFIER=302)),
    "evaluations:mend_note": case(who(403, STAFF=302, OPERATOR=302, VERIFIER=403)),
}
VALUES: dict[str, dict[str, str]] = {  # address -> variable of its route -> key of the world's names, or "=literal"
    "verification:extend_repairs": {"window_pk": "window"},
    "verification:answer_clarification": {"thread_pk": "thread"},
    "verification:settle_clarification": {"thread_pk": "thread"},
}


def furnish(case, draft, people) -> dict[str, object]:
    """A window that is over and a question that was asked, both at the running stage."""
    verifier = people["VERIFIER"]
    window = case.repairs.create(
        stage=case.stage, opens_at=NOW - timedelta(days=3), closes_at=NOW - timedelta(days=1), opened_by=verifier
    )
    answer = case.answers.get(question__code="1.1")
    thread = answer.clarifications.create(
        stage=case.stage, asked_at=NOW - timedelta(days=2), due_at=NOW + timedelta(days=1), asked_by=verifier
    )
    thread.messages.create(of_region=False, text="Tahun berapa SK ini?", written_at=NOW, written_by=verifier)
    return {"window": window.pk, "thread": thread.pk}
