"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from decimal import Decimal

from accounts.models import User
from tests.factories import NOW, make_user
from tests.kla_portal.rows import ADMIN_PAGE, DESK, Row, case, same, who
from verification.models import DoubleSample, SecondReading, Verdict

GET: dict[str, Row] = {
    "verification:agreement": same(who(403, VERIFIER=200, ADMIN=200)),
    "verification:double_share": ADMIN_PAGE,
    "verification:double": DESK,
    "verification:double_read": case(who(404, VERIFIER=200)),
    "verification:double_settle": DESK,
}
POST: dict[str, Row] = {
    "verification:double_share": same(who(403, ADMIN=422)),
    "verification:double": case(who(404, VERIFIER=403, ADMIN=409)),
    "verification:double_read": case(who(404, VERIFIER=422)),
    "verification:double_settle": case(who(404, VERIFIER=403, ADMIN=403)),
}
VALUES: dict[str, dict[str, str]] = {
    "verification:double_share": {"code": "open_cycle"},
    "verification:double_read": {"code": "=2.2"},
    "verification:double_settle": {"code": "=2.1"},
}


def furnish(case, draft, people) -> dict[str, object]:
    """At the field visit the own verifier owes a second reading of 2.2; of 2.1 both judgements are there."""
    verifier, admin = case.assignments.get(stage="VL").verifier, User.objects.get(role="ADMIN")
    sample = DoubleSample.objects.create(
        evaluation=case, stage="VL", seed="benih", share=10, drawn_at=NOW, drawn_by=admin
    )
    answers = {code: case.answers.get(question__code=code) for code in ("2.1", "2.2")}
    given = {"decision": "ACCEPT", "points": Decimal(100), "before_points": Decimal(100)}
    first = make_user("VERIFIER", region=case.region, username="penilai.pertama")
    Verdict.objects.create(answer=answers["2.1"], stage="VL", version=1, given_at=NOW, given_by=first, **given)
    SecondReading.objects.create(sample=sample, answer=answers["2.2"], stage="VL", reader=verifier)
    SecondReading.objects.create(
        sample=sample, answer=answers["2.1"], stage="VL", reader=verifier, given_at=NOW, **given
    )
    return {}
