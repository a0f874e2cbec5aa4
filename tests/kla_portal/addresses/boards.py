"""Rows of the table of addresses for boards: one's own province, never another region's people."""

from tests.kla_portal.rows import Row, same, who

BOARD = same(who(404, VERIFIER=200, ADMIN=200))
GET: dict[str, Row] = {
    "verification:board": BOARD,
    "verification:loads": BOARD,
    "verification:losses": BOARD,
    "verification:board_xlsx": BOARD,
    "verification:board_csv": BOARD,
}
POST: dict[str, Row] = {}
VALUES: dict[str, dict[str, str]] = {}


def furnish(case, draft, people) -> dict[str, object]:
    """Regions are there already."""
    return {}
