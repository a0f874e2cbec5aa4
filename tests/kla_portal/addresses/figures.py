"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from tests.kla_portal.rows import Row, case, who

GET: dict[str, Row] = {"verification:figures": case(who(403, ADMIN=200))}
POST: dict[str, Row] = {"verification:figures": case(who(403, ADMIN=409), simpan="1", total="1", source="Surat")}
VALUES: dict[str, dict[str, str]] = {}  # address -> variable of its route -> key of the world's names, or "=literal"


def furnish(case, draft, people) -> dict[str, object]:
    """Rows that the addresses name, as further names of the world; `people` by role, of the own region."""
    return {}
