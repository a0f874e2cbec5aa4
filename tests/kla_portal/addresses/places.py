"""Rows of the table of addresses for tick sheets."""

from tests.kla_portal.rows import CASE, Row, case, who

GET: dict[str, Row] = {"evaluations:districts": CASE}
POST: dict[str, Row] = {
    "evaluations:tick_places": case(who(404)),  # the question of the example is not counted by places
    "evaluations:open_district_offices": case(who(403, OPERATOR=404, ADMIN=404)),  # no office stands for all kecamatan
}
VALUES: dict[str, dict[str, str]] = {"evaluations:tick_places": {"group": "=semua"}}


def furnish(case, draft, people) -> dict[str, object]:
    """Nothing beyond the world as it is."""
    return {}
