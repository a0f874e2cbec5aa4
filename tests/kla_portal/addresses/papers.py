"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from tests.kla_portal.rows import LETTERHEAD, OPEN, Row, case, who

OF_PROVINCE = case(who(404, VERIFIER=200, ADMIN=200))
WHOLE = {"code": "=63", "cycle_code": "=2024"}
HOUSE = {"code": "=63.10"}
GET: dict[str, Row] = {
    "checking:index": OPEN,
    "checking:paper": OPEN,
    "reports:provinces": Row(who(403, VERIFIER=200, ADMIN=200), who(403, VERIFIER=200, ADMIN=200)),
    "reports:province": OF_PROVINCE,
    "reports:texts": LETTERHEAD,
    "reports:templates": LETTERHEAD,
    "reports:template_sample": LETTERHEAD,
    "reports:template_result": LETTERHEAD,
    "reports:template_result_file": LETTERHEAD,
    "reports:template_stored": case(who(403, OPERATOR=404, ADMIN=404)),  # nobody has uploaded one
}
POST: dict[str, Row] = {
    "reports:request_of_province": case(who(404, VERIFIER=403, ADMIN=403)),  # of nothing that is offered
    "reports:texts": case(who(403, OPERATOR=422, ADMIN=422)),
    "reports:texts_preview": LETTERHEAD,
    "reports:template_upload": case(who(403, OPERATOR=422, ADMIN=422)),
    "reports:template_remove": case(who(403, OPERATOR=302, ADMIN=302)),
}
VALUES: dict[str, dict[str, str]] = {
    "checking:paper": {"typed": "=7K3M-X0PQ-9RTA"},
    "reports:province": WHOLE,
    "reports:request_of_province": WHOLE,
    "reports:letterhead": HOUSE,
    "reports:preview": HOUSE,
    "reports:texts": HOUSE,
    "reports:texts_preview": HOUSE,
    "reports:templates": HOUSE,
    **{
        f"reports:template_{name}": {"code": "=63.10", "kind": "=BAV"}
        for name in ("upload", "remove", "sample", "result", "result_file", "stored")
    },
}


def furnish(case, draft, people) -> dict[str, object]:
    """Nothing more than the world has."""
    return {}
