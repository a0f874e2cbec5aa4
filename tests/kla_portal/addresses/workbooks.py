"""Rows of the table of addresses for workbooks and recaps, and files that were handed in."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from evaluations.models import Import
from tests.factories import NOW
from tests.kla_portal.rows import Row, case, who

READING = who(200, VERIFIER=403)
SECRETARY = who(403, OPERATOR=200, ADMIN=200)
OWN = who(404, OPERATOR=200, ADMIN=200)
GET: dict[str, Row] = {
    "evaluations:workbooks": case(READING),
    "evaluations:workbook": case(READING),
    "evaluations:workbook_of_all": case(who(200, STAFF=403, VERIFIER=403)),
    "evaluations:workbook_import": case(OWN),
    "evaluations:import_file": case(OWN),
    "evaluations:recaps": case(SECRETARY),
    "evaluations:recap_xlsx": case(SECRETARY),
    "evaluations:recap_csv": case(SECRETARY),
    "evaluations:recap_preview": case(who(403, OPERATOR=200, ADMIN=200, VERIFIER=404)),
}
POST: dict[str, Row] = {
    "evaluations:workbook_upload": case(who(403, STAFF=422, OPERATOR=422, VERIFIER=404)),  # without a file
    "evaluations:workbook_confirm": case(who(404, OPERATOR=409, ADMIN=403)),  # not what the page showed
    "evaluations:workbook_discard": case(who(404, OPERATOR=302, ADMIN=403)),
    "evaluations:workbook_undo": case(who(404, OPERATOR=409, ADMIN=403)),  # nothing was written
    "evaluations:recap_undo": case(who(403, OPERATOR=409, ADMIN=409, VERIFIER=404)),
    "evaluations:recap_upload": case(who(403, OPERATOR=422, ADMIN=422, VERIFIER=404)),
    "evaluations:recap_confirm": case(who(403, OPERATOR=409, ADMIN=409, VERIFIER=404)),
    "evaluations:recap_discard": case(who(403, OPERATOR=302, ADMIN=302, VERIFIER=404)),
}
VALUES: dict[str, dict[str, str]] = {
    "evaluations:workbook": {"office_pk": "office"},
    "evaluations:workbook_import": {"pk": "draft", "import_pk": "import"},
    "evaluations:import_file": {"pk": "draft", "import_pk": "import"},
    "evaluations:workbook_upload": {"pk": "draft"},
    "evaluations:workbook_confirm": {"pk": "draft", "import_pk": "import"},
    "evaluations:workbook_discard": {"pk": "draft", "import_pk": "import"},
    "evaluations:recap_upload": {"pk": "draft"},
    "evaluations:workbook_undo": {"pk": "draft", "import_pk": "import"},
    "evaluations:recap_undo": {"pk": "draft", "import_pk": "recap"},
    "evaluations:recap_preview": {"pk": "draft", "import_pk": "recap"},
    "evaluations:recap_confirm": {"pk": "draft", "import_pk": "recap"},
    "evaluations:recap_discard": {"pk": "draft", "import_pk": "recap"},
}


def furnish(case, draft, people) -> dict[str, object]:
    """A workbook of the operator that waits for a decision."""
    found = handed_in(draft, people["OPERATOR"], Import.Kind.WORKBOOK)
    recap = handed_in(draft, people["OPERATOR"], Import.Kind.RECAP)
    return {"recap": recap.pk, "office": people["STAFF"].office_id, "import": found.pk}


def handed_in(evaluation, by, kind) -> Import:
    """A file without rows, kept like any other."""
    name = default_storage.save(f"imports/aa/{kind}", ContentFile(b"PK"))
    return Import.objects.create(
        evaluation=evaluation, kind=kind, file_name="Buku kerja.xlsx", stored_as=name, sha256="a" * 64, size=2,
        uploaded_at=NOW, uploaded_by=by, expires_at=NOW + timedelta(days=7),
    )  # fmt: skip
