"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from datetime import timedelta

from evaluations.duties import actions
from evaluations.duties.plan import Duty, duties_of
from tests.factories import NOW
from tests.kla_portal.rows import CASE, Row, case, who

READING = case(who(200, VERIFIER=404))  # the draft is not sent yet

GET: dict[str, Row] = {
    "evaluations:duties": CASE,
    "evaluations:duty_offices": CASE,
    "evaluations:duty": READING,
    "evaluations:duties_download": CASE,
    "evaluations:duties_upload": case(who(403, OPERATOR=200, ADMIN=200, VERIFIER=404)),
}
POST: dict[str, Row] = {
    "evaluations:duties_several": case(who(403, OPERATOR=422, ADMIN=422, VERIFIER=404)),
    "evaluations:duties_undo": case(who(403, OPERATOR=302, ADMIN=302, VERIFIER=404)),
    "evaluations:duty": case(who(403, OPERATOR=422, ADMIN=422, VERIFIER=404)),
    "evaluations:duties_upload": case(who(403, OPERATOR=422, ADMIN=422, VERIFIER=404)),
    "evaluations:duties_confirm": case(who(403, OPERATOR=422, ADMIN=422, VERIFIER=404)),
}
VALUES: dict[str, dict[str, str]] = {  # address -> variable of its route -> key of the world's names, or "=literal"
    "evaluations:duty": {"pk": "draft"},
    "evaluations:duties_several": {"pk": "draft"},
    "evaluations:duties_upload": {"pk": "draft"},
    "evaluations:duties_confirm": {"pk": "draft"},
    "evaluations:duties_undo": {"pk": "draft", "event": "duty_event"},
}


def furnish(case, draft, people) -> dict[str, object]:
    """One change of a duty in the draft, to be taken back."""
    question, duty = next(iter(duties_of(draft).items()))
    wish = actions.Wish(Duty(duty.lead, duty.support, NOW.date() + timedelta(days=3)), duty)
    actions.assign(evaluation=draft, wishes={question: wish}, by=people["OPERATOR"], at=NOW)
    return {"duty_event": draft.duty_changes.get().event_id}
