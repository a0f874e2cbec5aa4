"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from evaluations.models import Evidence
from tests.factories import NOW
from tests.kla_portal.rows import CASE, Row, case, who
from verification.models import EvidenceNote

GET: dict[str, Row] = {"verification:story": CASE}
POST: dict[str, Row] = {
    "verification:write_note": case(who(404, VERIFIER=422, ADMIN=403)),
    "verification:remove_note": case(who(404, VERIFIER=302, ADMIN=403)),
}
VALUES: dict[str, dict[str, str]] = {"verification:remove_note": {"note_pk": "note"}}


def furnish(case, draft, people) -> dict[str, object]:
    """A mark of the own verifier on the file of 1.1."""
    verifier = case.assignments.get(stage="VL").verifier
    evidence = Evidence.objects.get(evaluation=case, kind="FILE")
    answer = case.answers.get(question__code="1.1")
    note = EvidenceNote.objects.create(
        evidence=evidence, answer=answer, stage="VL", text="Halaman ini belum ditandatangani", written_at=NOW,
        written_by=verifier,
    )  # fmt: skip
    return {"note": note.pk}
