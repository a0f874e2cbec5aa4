"""Rows of the table of addresses for tables: question 3.2 of both cases has one."""

from clusters.matrices import GENERAL
from evaluations.matrices import actions
from evaluations.models import Answer, Evaluation, MatrixVersion
from tests.factories import NOW
from tests.kla_portal.rows import ANSWERING, CASE, Row, case, who

FILLING = case(who(403, STAFF=422, OPERATOR=422, VERIFIER=404))  # an empty form, while it is being answered
GET: dict[str, Row] = {
    "evaluations:matrix": CASE,
    "evaluations:matrix_template": CASE,
    "evaluations:matrix_version": CASE,
}
POST: dict[str, Row] = {
    "evaluations:save_matrix": FILLING,
    "evaluations:paste_matrix": FILLING,
    "evaluations:upload_matrix": FILLING,
    "evaluations:restore_matrix": ANSWERING,
}
VALUES: dict[str, dict[str, str]] = {
    name: {"code": "=3.2", "version": "=1"} | ({"pk": "draft"} if name in POST else {}) for name in (*GET, *POST)
}


def furnish(case: Evaluation, draft: Evaluation, people) -> dict[str, object]:
    """A table in the case that is sent, as it stood before, and one in the draft."""
    answers = {each.evaluation_id: each for each in Answer.objects.filter(question__code="3.2")}
    MatrixVersion.objects.create(
        answer=answers[case.pk], version=1, rows=[{"uraian": "PT Maju"}], row_count=1, saved_at=NOW,
        saved_by=people["OPERATOR"],
    )  # fmt: skip
    actions.save_rows(
        answer=answers[draft.pk], version=0, columns=GENERAL, rows=[{"uraian": "PT Maju"}],
        origin=MatrixVersion.Origin.TYPED, by=people["OPERATOR"], at=NOW,
    )  # fmt: skip
    return {}
