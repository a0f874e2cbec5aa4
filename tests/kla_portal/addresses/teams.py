"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from accounts.models import User
from tests.factories import NOW, make_region
from tests.kla_portal.rows import ADMIN_PAGE, Row, same, who
from verification.models import ConflictOfInterest

GET: dict[str, Row] = {
    "verification:conflicts": same(who(403, VERIFIER=200, ADMIN=200)),
    "verification:share_out": ADMIN_PAGE,
}
POST: dict[str, Row] = {
    "verification:share_out": same(who(403, ADMIN=422)),
    "verification:conflicts": same(who(403, VERIFIER=422, ADMIN=422)),
    "verification:withdraw_conflict": Row(who(404, VERIFIER=403, ADMIN=302), who(404, ADMIN=302)),
}
VALUES: dict[str, dict[str, str]] = {"verification:withdraw_conflict": {"conflict_pk": "conflict"}}


def furnish(case, draft, people) -> dict[str, object]:
    """The verifier of the own province is too near to a region that the world does not judge."""
    verifier = User.objects.get(username="own.verifier")
    conflict = ConflictOfInterest.objects.create(
        verifier=verifier, region=make_region("63.71", "Kota Banjarmasin"), kind="HOME", declared_at=NOW,
        declared_by=verifier,
    )  # fmt: skip
    return {"conflict": conflict.pk}
