"""Whose workbook it is, and whether this person may bring it back here."""

from accounts.models import Office, User
from evaluations import rules
from evaluations.models import Evaluation
from evaluations.workbooks import rules as workbook_rules
from evaluations.workbooks.refusals import WorkbookRefused
from evaluations.workbooks.shape import EVERYTHING, Key

_AGAIN = "Unduh buku kerja baru dari halaman ini."


def office_of(key: Key, evaluation: Evaluation, user: User) -> Office | None:
    """The office of a workbook that belongs here; None for one of all questions. Raises `WorkbookRefused`."""
    if key.region != evaluation.region.code:
        raise WorkbookRefused(f"Buku kerja ini milik daerah lain (kode {key.region[:12]}). {_AGAIN}")
    if key.cycle != evaluation.cycle.code:
        raise WorkbookRefused(f"Buku kerja ini dari siklus lain ({key.cycle[:20]}). {_AGAIN}")
    if key.evaluation != str(evaluation.pk):
        raise WorkbookRefused(f"Buku kerja ini dari portal atau evaluasi lain. {_AGAIN}")
    if key.instrument != evaluation.cycle.instrument.fingerprint:
        raise WorkbookRefused(f"Instrumen sudah diganti sejak buku kerja ini diunduh. {_AGAIN}")
    if key.office == EVERYTHING:
        if rules.sees_only_own_questions(user):
            raise WorkbookRefused("Buku kerja ini memuat pertanyaan seluruh daerah. Unggah buku kerja kantor Anda.")
        return None
    office = workbook_rules.workbook_offices(user, evaluation).filter(code=key.office).first()
    if office is None:
        raise WorkbookRefused(f"Buku kerja ini milik perangkat daerah lain ({key.office[:40]}). {_AGAIN}")
    return office
