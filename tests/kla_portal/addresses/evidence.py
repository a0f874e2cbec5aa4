"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from evaluations.models import Evidence, EvidenceWarning
from tests.factories import NOW
from tests.kla_portal.rows import Row, case, who

CHANGING = who(403, STAFF=302, OPERATOR=302, VERIFIER=404)  # while it is being answered: no verifier yet

GET: dict[str, Row] = {
    "evaluations:evidence_details": case(who(403, STAFF=200, OPERATOR=200, VERIFIER=404)),
}
POST: dict[str, Row] = {
    "evaluations:evidence_details": case(CHANGING, versi="0", judul="SK Gugus Tugas"),
    "evaluations:place_evidence": case(CHANGING, dilihat="|", mencakup="0"),
    "evaluations:still_valid": case(CHANGING),
    "evaluations:answer_warning": case(CHANGING, alasan="Sudah benar."),
}
# address -> variable of its route -> key of the world's names, or "=literal"
VALUES: dict[str, dict[str, str]] = {
    name: {"pk": "draft", "evidence_pk": "loose", "warning": "=UNDATED"} for name in POST
}


def furnish(case, draft, people) -> dict[str, object]:
    """Rows that the addresses name, as further names of the world; `people` by role, of the own region."""
    for evidence in Evidence.objects.filter(evaluation__in=[case, draft], kind="FILE"):
        EvidenceWarning.objects.create(evidence=evidence, code="UNDATED", found_at=NOW)
    return {}
