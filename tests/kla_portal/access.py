"""The table of who may open what: a row per address and method. An address without a row fails the suite.

A row holds the status for own people by role, for people of another region and province, and for nobody. `who(404,
ADMIN=200)` reads: 404 for every role but the administrator. No row for a method means that it is refused with 405.
"""

import re

from tests.kla_portal.addresses import TOPICS
from tests.kla_portal.rows import (
    ABSENT,
    ADMIN_ACT,
    ADMIN_OBJECT,
    ADMIN_PAGE,
    ANSWERING,
    CASE,
    DESK,
    EVERYBODY,
    LETTERHEAD,
    ONWARD,
    OPEN,
    PAPER,
    SENDING,
    TRAIL,
    Row,
    case,
    same,
    who,
)

GET: dict[str, Row] = {
    "home": ONWARD,
    "health": OPEN,
    "account_login": same(who(302), nobody=200),
    "account_logout": EVERYBODY,
    "account_inactive": OPEN,
    "account_reauthenticate": EVERYBODY,
    "account_change_password": EVERYBODY,
    "mfa_index": EVERYBODY,
    "mfa_authenticate": ONWARD,  # nobody is in the middle of a log-in
    "mfa_reauthenticate": ONWARD,
    "mfa_activate_totp": ONWARD,  # to the password first
    "mfa_deactivate_totp": ABSENT,  # nobody has a second factor
    "mfa_view_recovery_codes": ABSENT,
    "mfa_generate_recovery_codes": ONWARD,
    "mfa_download_recovery_codes": ABSENT,
    "accounts:profile": EVERYBODY,
    "accounts:here": same(who(204)),
    "accounts:first_login": same(who(410), nobody=410),  # a link that is none
    "accounts:users": TRAIL,
    "accounts:user_new": TRAIL,
    "accounts:user": case(who(404, OPERATOR=200, ADMIN=200)),
    "accounts:audit": TRAIL,
    "clusters:index": EVERYBODY,
    "clusters:instrument": EVERYBODY,
    "clusters:cluster": EVERYBODY,
    "clusters:question": EVERYBODY,
    "jobs:index": ADMIN_OBJECT,
    "jobs:status": ADMIN_OBJECT,
    "evaluations:index": Row(who(200), who(302, OPERATOR=200, VERIFIER=200)),  # elsewhere there is a single case
    "evaluations:overview": CASE,
    "evaluations:cluster": CASE,
    "evaluations:question": CASE,
    "evaluations:send": SENDING,
    "evaluations:evidence_uses": case(who(302)),  # a fragment leads to its page
    "evaluations:library": CASE,
    "evaluations:evidence": CASE,
    "evaluations:evidence_page": CASE,
    "evaluations:evidence_thumbnail": CASE,
    "evaluations:evidence_sheet": case(who(302)),
    "evaluations:download": CASE,
    "evaluations:leave": CASE,
    "verification:awards": EVERYBODY,
    "verification:award": ADMIN_PAGE,
    "verification:desk": DESK,
    "verification:question": DESK,
    "verification:close": case(who(404, VERIFIER=200, ADMIN=403)),
    "verification:recap": CASE,
    "verification:assign": case(who(403, ADMIN=200)),
    "reports:index": case(who(200, STAFF=403)),
    "reports:letterhead": LETTERHEAD,
    "reports:document": PAPER,
    "reports:download": PAPER,
}

POST: dict[str, Row] = {
    "account_login": same(who(302), nobody=200),
    "account_logout": ONWARD,
    "account_reauthenticate": EVERYBODY,
    "account_change_password": EVERYBODY,
    "mfa_authenticate": ONWARD,
    "mfa_reauthenticate": ONWARD,
    "mfa_activate_totp": ONWARD,
    "mfa_deactivate_totp": ABSENT,
    "mfa_generate_recovery_codes": ONWARD,
    "mfa_download_recovery_codes": ABSENT,
    "accounts:end_other_sessions": ONWARD,
    "accounts:first_login": same(who(410), nobody=410),
    "accounts:user_new": TRAIL,
    "accounts:user_link": case(who(404, OPERATOR=200, ADMIN=200)),
    "accounts:user_switch": case(who(404, OPERATOR=302, ADMIN=302)),
    "jobs:retry": ADMIN_ACT,
    "evaluations:open": same(who(403, OPERATOR=302)),
    "evaluations:save": case(who(403, STAFF=422, OPERATOR=422, VERIFIER=404)),
    "evaluations:send": SENDING,
    "evaluations:attach": ANSWERING,
    "evaluations:attach_link": case(who(403, STAFF=422, OPERATOR=422, VERIFIER=404)),
    "evaluations:attach_existing": ANSWERING,
    "evaluations:detach": ANSWERING,
    "evaluations:prepare_pages": case(who(302)),
    "evaluations:replace_evidence": ANSWERING,
    "verification:award": ADMIN_PAGE,
    "verification:judge": case(who(404, VERIFIER=422, ADMIN=403)),
    "verification:close": case(who(404, VERIFIER=200, ADMIN=403)),
    "verification:assign": case(who(403, ADMIN=200)),
    "reports:request": case(who(302, STAFF=403), kind="LHV", format="csv"),
    "reports:letterhead": case(who(403, OPERATOR=422, ADMIN=422)),
    "reports:preview": LETTERHEAD,
    "reports:retry": case(who(302, STAFF=404)),
}

VALUES: dict[str, dict[str, str]] = {}
for topic in TOPICS:
    GET |= topic.GET
    POST |= topic.POST
    VALUES |= topic.VALUES

WRITES_ANSWERS = {
    name
    for name, row in POST.items()
    if row is ANSWERING or name in ("evaluations:save", "evaluations:send", "evaluations:attach_link")
}
ANYTHING = {"cluster_code": "K", "question_code": "1.1", "number": "1", "first": "1", "secret": "bukan-rahasia"}


def filled(name: str, route: str, names: dict[str, object], **instead: object) -> str:
    """The address with an example of everything its route names."""
    room = name.partition(":")[0]
    pk = {"jobs": "job", "accounts": "user"}.get(room, "draft" if name in WRITES_ANSWERS else "pk")
    if name in ("reports:document", "reports:retry", "reports:download"):
        pk = "document"
    evidence = "link" if name == "evaluations:leave" else "loose" if name in WRITES_ANSWERS else "file"
    code = {"clusters": names["instrument"]}.get(room, "1.1")
    code = {"evaluations:cluster": "K", "evaluations:open": names["open_cycle"]}.get(name, code)
    given = {
        variable: value[1:] if value.startswith("=") else names[value]
        for variable, value in VALUES.get(name, {}).items()
    }
    values = {**ANYTHING, "pk": names[pk], "evidence_pk": names[evidence], "code": code, **given, **instead}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), route)
