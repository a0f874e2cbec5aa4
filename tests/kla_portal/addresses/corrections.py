"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from decimal import Decimal

from tests.factories import NOW
from tests.kla_portal.rows import CASE, Row, case, who

GET: dict[str, Row] = {
    "verification:corrections": CASE,
    "verification:correct": case(who(403, ADMIN=200)),
    "verification:correct_figure": case(who(403, ADMIN=404)),  # the ministry's stage is not closed
    "verification:correction_document": CASE,
}
POST: dict[str, Row] = {
    "verification:correct": case(who(403, ADMIN=200)),
    "verification:correct_figure": case(who(403, ADMIN=404)),
}  # an empty body is a form not sent
VALUES: dict[str, dict[str, str]] = {  # address -> variable of its route -> key of the world's names, or "=literal"
    "verification:correct": {"stage": "=VA"},
    "verification:correct_figure": {"code": "=total"},
    "verification:correction_document": {"correction_pk": "correction"},
}


def furnish(case, draft, people) -> dict[str, object]:
    """A correction whose document is a file of the case."""
    answer = case.answers.get(question__code="1.1")
    correction = case.corrections.create(
        stage=case.stage, answer=answer, old_points=Decimal(1), new_points=Decimal(2), reason="Bukti asli.",
        document_number="B/1", document_on=NOW.date(), document=case.evidence.filter(kind="FILE").first(),
        corrected_at=NOW, corrected_by=people["ADMIN"],
    )  # fmt: skip
    return {"correction": correction.pk}
