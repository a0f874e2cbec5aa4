"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from accounts.models import User
from tests.factories import NOW
from tests.kla_portal.rows import Row, case, same, who
from verification.models import Phrase

BULK = case(who(404, VERIFIER=200, ADMIN=403))
GET: dict[str, Row] = {
    "verification:presence": case(who(404, VERIFIER=302, ADMIN=302)),
    "verification:accept_indicator": BULK,
    "verification:phrases": same(who(200, STAFF=403, LEADER=403)),
    "verification:phrase": Row(who(404, VERIFIER=200), who(404)),
}
POST: dict[str, Row] = {
    "verification:accept_indicator": case(who(404, VERIFIER=422, ADMIN=403)),
    "verification:phrases": same(who(422, STAFF=403, LEADER=403)),
    "verification:keep_phrase": same(who(302, STAFF=403, LEADER=403)),
    "verification:phrase": Row(who(404, VERIFIER=422), who(404)),
    "verification:drop_phrase": Row(who(404, VERIFIER=302), who(404)),
    "verification:use_phrase": Row(who(404, VERIFIER=204), who(404)),
    "verification:undo": case(who(404, VERIFIER=422, ADMIN=403)),
}
VALUES: dict[str, dict[str, str]] = {
    "verification:accept_indicator": {"cluster_code": "=K", "code": "=1"},
    "verification:phrase": {"pk": "phrase"},
    "verification:drop_phrase": {"pk": "phrase"},
    "verification:use_phrase": {"pk": "phrase"},
}


def furnish(case, draft, people) -> dict[str, object]:
    """A phrase that the verifier of the own province has kept."""
    verifier = User.objects.get(username="own.verifier")
    phrase = Phrase.objects.create(author=verifier, province_id=verifier.province_id, text="Lampirkan SK.", kept_at=NOW)
    return {"phrase": phrase.pk}
