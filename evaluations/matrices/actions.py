"""Every write of a table: a whole version at a time, the version seen decides."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.matrices import Column, for_storing
from clusters.stages import Stage
from evaluations import windows
from evaluations.matrices.rows import MOST_ROWS, Row
from evaluations.models import Answer, MatrixVersion


class Conflict(Exception):
    """Somebody else saved the table meanwhile; `current` is what stands in the database now."""

    def __init__(self, current: MatrixVersion | None) -> None:
        super().__init__("Matriks ini baru saja diubah orang lain.")
        self.current = current


class TooManyRows(Exception):
    """More than a table may hold."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"Matriks akan berisi {_thousands(count)} baris, paling banyak {_thousands(MOST_ROWS)}. "
            "Tidak ada yang disimpan; baris yang sudah tersimpan tetap ada. Ringkas atau gabungkan barisnya."
        )


@transaction.atomic
def save_rows(
    *, answer: Answer, version: int, columns: Sequence[Column], rows: Sequence[Row], origin: MatrixVersion.Origin,
    by: User | None, at: datetime,
) -> MatrixVersion:  # fmt: skip
    """Store a table if `version` (0: none yet) is still the one that stands; what stands already is not stored again.

    Raises `AlreadySubmitted`, `windows.WindowClosed`, `TooManyRows` or `Conflict`.
    """
    return _keep(answer, version, for_storing(columns), list(rows), origin, by, at)


@transaction.atomic
def restore(*, old: MatrixVersion, version: int, by: User, at: datetime) -> MatrixVersion:
    """Make an older table the current one again, as a new version. Raises what `save_rows` raises."""
    return _keep(old.answer, version, old.columns, old.rows, MatrixVersion.Origin.RESTORED, by, at)


def _keep(
    answer: Answer, version: int, columns: list[dict[str, object]], rows: list[Row], origin: MatrixVersion.Origin,
    by: User | None, at: datetime,
) -> MatrixVersion:  # fmt: skip
    evaluation = windows.locked_if_open(answer.evaluation_id, Stage.EM, at, answers=[answer.pk])
    current = MatrixVersion.objects.current().filter(answer=answer).select_related("saved_by").first()
    if current is not None and current.rows == rows:
        return current  # the same request twice: one effect
    if (current.version if current else 0) != version:
        raise Conflict(current)
    if len(rows) > MOST_ROWS:
        raise TooManyRows(len(rows))
    if current is not None:
        MatrixVersion.objects.filter(pk=current.pk).update(is_current=False)
    saved = MatrixVersion.objects.create(
        answer=answer, version=version + 1, columns=columns, rows=rows, row_count=len(rows), origin=origin,
        saved_at=at, saved_by=by,
    )  # fmt: skip
    audit.record(
        action="matrix.restored" if origin == MatrixVersion.Origin.RESTORED else "matrix.saved",
        subject=f"answer:{answer.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={"version": saved.version, "rows": len(rows), "before": current.row_count if current else 0},
    )  # fmt: skip
    return saved


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", ".")
