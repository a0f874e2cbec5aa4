"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from evaluations.models import Archive, Upload
from tests.factories import NOW
from tests.kla_portal.rows import Row, case, who

MINE = who(404, OPERATOR=200)  # what is on its way is its sender's alone
REPORTS = who(404, STAFF=200, OPERATOR=200)
GET: dict[str, Row] = {
    "evaluations:uploads": case(who(302)),  # a fragment leads to its page
    "evaluations:upload": case(MINE),
    "evaluations:arrived": case(who(302)),
    "evaluations:archives": case(who(200)),
    "evaluations:archive": case(REPORTS),
}
ADDING = who(403, STAFF=422, OPERATOR=422, VERIFIER=404)
POST: dict[str, Row] = {
    "evaluations:start_upload": case(ADDING),
    "evaluations:upload_part": case(who(404, OPERATOR=422)),
    "evaluations:finish_upload": case(who(404, OPERATOR=422)),
    "evaluations:cancel_upload": case(who(404, OPERATOR=302)),
    "evaluations:keep": case(who(403, STAFF=302, OPERATOR=302, VERIFIER=404)),
    "evaluations:unpack_again": case(who(404, STAFF=302, OPERATOR=302)),
}
_IN_DRAFT = {"pk": "draft", "upload_pk": "upload", "offset": "=0"}
VALUES: dict[str, dict[str, str]] = {
    **dict.fromkeys(("evaluations:upload", "evaluations:upload_part", "evaluations:finish_upload"), _IN_DRAFT),
    "evaluations:cancel_upload": _IN_DRAFT,
    "evaluations:start_upload": {"pk": "draft"},
    "evaluations:keep": {"pk": "draft"},
    "evaluations:archive": {"archive_pk": "archive"},
    "evaluations:unpack_again": {"archive_pk": "archive"},
}


def furnish(case, draft, people) -> dict[str, object]:
    """Rows that the addresses name, as further names of the world; `people` by role, of the own region."""
    upload = Upload.objects.create(
        evaluation=draft, name="sk.pdf", size=9, head="0" * 64, stored_as="arriving/none", started_at=NOW,
        started_by=people["OPERATOR"], updated_at=NOW,
    )  # fmt: skip
    archive = Archive.objects.create(
        evaluation=case, name="bukti.zip", size=9, stored_as="arriving/neither", state="DONE", sent_at=NOW,
        sent_by=people["STAFF"], finished_at=NOW,
    )  # fmt: skip
    return {"upload": upload.pk, "archive": archive.pk}
