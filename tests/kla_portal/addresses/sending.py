"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from tests.factories import NOW
from tests.kla_portal.rows import Row, case, who

ASK = {"request": "1"}
GET: dict[str, Row] = {
    "evaluations:approval": case(who(200, STAFF=403, VERIFIER=403)),
    "verification:reopen": case(who(403, ADMIN=200)),
}
POST: dict[str, Row] = {
    "evaluations:approve": case(who(403, LEADER=302), **ASK),
    "evaluations:decline": case(who(403, LEADER=302), **ASK),
    "evaluations:withdraw": case(who(403, OPERATOR=302), **ASK),
    "evaluations:switch_approval": case(who(403, OPERATOR=302, ADMIN=302)),
    "verification:reopen": case(who(403, ADMIN=409)),  # already judged, and no reason
}
VALUES: dict[str, dict[str, str]] = {}  # address -> variable of its route -> key of the world's names, or "=literal"


def furnish(case, draft, people) -> dict[str, object]:
    """A request that was withdrawn, so that the draft has a history to show."""
    draft.sendings.create(
        outcome="WITHDRAWN", note="Contoh catatan.", weak={}, asked_at=NOW, asked_by=people["OPERATOR"], decided_at=NOW,
        decided_by=people["OPERATOR"],
    )  # fmt: skip
    return {}
