"""Every write of the working paper: a whole row at a time, the version seen decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Indicator
from evaluations.models import Evaluation
from followup import findings
from followup.models import PaperRow


@dataclass(frozen=True, slots=True)
class Written:
    """The columns that people write."""

    done: str = ""
    undone: str = ""
    needed: str = ""
    responsible: str = ""
    due_on: date | None = None


class Conflict(Exception):
    """Somebody else saved the row meanwhile; `current` is what stands in the database now."""

    def __init__(self, current: PaperRow | None) -> None:
        super().__init__("Baris ini baru saja diubah orang lain.")
        self.current = current


@transaction.atomic
def save_row(
    *, evaluation: Evaluation, indicator: Indicator, version: int, written: Written, by: User, at: datetime
) -> PaperRow:
    """Store a row if `version` (0: none yet) still stands; the same words twice are stored once.

    Raises `Conflict` or `findings.NotReady`.
    """
    evaluation = _locked(evaluation)
    current = _current(evaluation, indicator.pk)
    if current is not None and current.is_edited and _words(current) == written:
        return current
    if (current.version if current else 0) != version:
        raise Conflict(current)
    row = _put(evaluation, indicator.pk, current, written, by, at)
    audit.record(
        action="paper.edited", subject=f"evaluation:{evaluation.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={"indicator": f"{indicator.cluster.code}/{indicator.code}", "version": row.version},
    )  # fmt: skip
    return row


@transaction.atomic
def refill(*, evaluation: Evaluation, seen: Mapping[int, int], by: User, at: datetime) -> int:
    """Let edited rows follow the verdicts again: those of `seen` (indicator -> version the person looked at).

    Their words stay in the history. All or none: raises `Conflict` when one of them was edited meanwhile. Rows that
    follow already are left alone, so the same request twice has one effect. How many rows have changed.
    """
    evaluation = _locked(evaluation)
    rows = (
        PaperRow.objects.current()
        .select_related("saved_by", "indicator")
        .filter(evaluation=evaluation, indicator__in=seen)
    )
    edited = [each for each in rows if each.is_edited]
    for row in edited:
        if row.version != seen[row.indicator_id]:
            raise Conflict(row)
    for row in edited:
        _put(evaluation, row.indicator_id, row, None, by, at)
    if edited:
        audit.record(
            action="paper.refilled", subject=f"evaluation:{evaluation.pk}", by=by, at=at,
            region_id=evaluation.region_id, details={"indicators": [each.indicator_id for each in edited]},
        )  # fmt: skip
    return len(edited)


@transaction.atomic
def record_download(*, evaluation: Evaluation, cluster: str, by: User, at: datetime, address: str) -> None:
    """Note who takes the paper out of the portal."""
    audit.record(
        action="paper.downloaded", subject=f"evaluation:{evaluation.pk}", by=by, at=at,
        region_id=evaluation.region_id, details={"cluster": cluster, "address": address},
    )  # fmt: skip


def _locked(evaluation: Evaluation) -> Evaluation:
    evaluation = Evaluation.objects.locked().select_related("cycle").get(pk=evaluation.pk)
    if not findings.is_ready(evaluation):
        raise findings.NotReady
    return evaluation


def _current(evaluation: Evaluation, indicator: int) -> PaperRow | None:
    rows = PaperRow.objects.current().select_related("saved_by")
    return rows.filter(evaluation=evaluation, indicator=indicator).first()


def _put(
    evaluation: Evaluation, indicator: int, current: PaperRow | None, written: Written | None, by: User, at: datetime
) -> PaperRow:
    """A new version; without words the row follows the verdicts."""
    if current is not None:
        PaperRow.objects.filter(pk=current.pk).update(is_current=False)
    said = written or Written()
    return PaperRow.objects.create(
        evaluation=evaluation, indicator_id=indicator, version=current.version + 1 if current else 1,
        is_edited=written is not None, done=said.done, undone=said.undone, needed=said.needed,
        responsible=said.responsible, due_on=said.due_on, saved_at=at, saved_by=by,
    )  # fmt: skip


def _words(row: PaperRow) -> Written:
    return Written(row.done, row.undone, row.needed, row.responsible, row.due_on)
