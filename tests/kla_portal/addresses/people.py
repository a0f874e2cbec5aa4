"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from tests.factories import make_office
from tests.kla_portal.rows import ONWARD, Row, case, same, who

LOOKING_AFTER = same(who(403, OPERATOR=200, ADMIN=200))
OFFICES = case(who(404, OPERATOR=200, ADMIN=200))
REGION = {"region": "=63.10", "pk": "office"}

GET: dict[str, Row] = {
    "accounts:own_email": ONWARD,  # to the password first
    "accounts:user_email": ONWARD,
    "accounts:links": LOOKING_AFTER,
    "accounts:roster": LOOKING_AFTER,
    "accounts:roster_example": LOOKING_AFTER,
    "accounts:offices": same(who(403, OPERATOR=302, ADMIN=200)),
    "accounts:offices_of": OFFICES,
    "accounts:office_new": OFFICES,
    "accounts:office": OFFICES,
}
POST: dict[str, Row] = {
    "accounts:own_email": ONWARD,
    "accounts:user_email": ONWARD,
    "accounts:links": same(who(403, OPERATOR=422, ADMIN=422)),
    "accounts:roster": same(who(403, OPERATOR=422, ADMIN=422)),
    "accounts:roster_confirm": same(who(403, OPERATOR=422, ADMIN=422)),
    "accounts:office_new": case(who(404, OPERATOR=422, ADMIN=422)),
    "accounts:office": case(who(404, OPERATOR=422, ADMIN=422)),
    "accounts:office_retire": case(who(404, OPERATOR=302, ADMIN=302)),
}
VALUES: dict[str, dict[str, str]] = {  # address -> variable of its route -> key of the world's names, or "=literal"
    name: REGION for name in [*GET, *POST] if name.startswith("accounts:office")
}


def furnish(case, draft, people) -> dict[str, object]:
    """An office that nothing hangs on."""
    return {"office": make_office(case.region, "tanpa-tugas").pk}
