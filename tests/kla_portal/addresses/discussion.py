"""Rows of the table of addresses for threads, and a comment of every role to withdraw."""

from evaluations.discussion import actions
from evaluations.models import Answer
from tests.factories import NOW
from tests.kla_portal.rows import Row, case, who

REGIONAL = who(302, VERIFIER=404, ADMIN=403)
GET: dict[str, Row] = {"evaluations:thread": case(who(200, VERIFIER=404))}
POST: dict[str, Row] = {
    "evaluations:comment": case(REGIONAL, teks="Sudah diunggah.", lembar="a" * 32),
    "evaluations:withdraw_comment": case(who(403, OPERATOR=302, VERIFIER=404)),
}
VALUES: dict[str, dict[str, str]] = {"evaluations:withdraw_comment": {"comment_pk": "comment"}}


def furnish(case, draft, people) -> dict[str, object]:
    """One comment of the operator."""
    answer = Answer.objects.get(evaluation=case, question__code="1.1")
    said = actions.say(answer=answer, text="Mohon dilengkapi.", token="b" * 32, by=people["OPERATOR"], at=NOW)
    return {"comment": said.pk}
