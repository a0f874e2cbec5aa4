"""Whose workbook it is, and whether this person may bring it back here."""

from typing import Any

from accounts.models import Office, Region, User
from clusters.models import Cycle
from evaluations import rules
from evaluations.models import Evaluation
from evaluations.workbooks import rules as workbook_rules
from evaluations.workbooks.refusals import WorkbookRefused
from evaluations.workbooks.shape import EVERYTHING, Key

_AGAIN = "Unduh buku kerja baru dari halaman ini."


def office_of(key: Key, evaluation: Evaluation, user: User) -> Office | None:
    """The office of a workbook that belongs here; None for one of all questions. Raises `WorkbookRefused`."""
    if key.region != evaluation.region.code:
        raise WorkbookRefused(f"Buku kerja ini milik daerah lain{_called(Region, key.region)}. {_AGAIN}")
    if key.cycle != evaluation.cycle.code:
        raise WorkbookRefused(f"Buku kerja ini dari siklus lain{_called(Cycle, key.cycle)}. {_AGAIN}")
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
        whose = _called(Office, key.office, region=evaluation.region_id)
        raise WorkbookRefused(f"Buku kerja ini milik perangkat daerah lain{whose}. {_AGAIN}")
    return office


def _called(model: type[Region] | type[Cycle] | type[Office], code: str, **where: Any) -> str:
    """The name people know, set off by a comma; nothing for a code that is not known here."""
    name = model._default_manager.filter(code=code, **where).values_list("name", flat=True).first()
    return f", yaitu {name}" if name else ""
