"""A question with columns, and rows for it."""

from django.urls import reverse

from clusters.catalogue import _read
from clusters.matrices import Column, Kind, for_storing
from clusters.models import Question
from evaluations.matrices import actions
from evaluations.models import Answer, MatrixVersion
from tests.factories import NOW

CODE = "3.2"  # the question of the small instrument that asks for a table
COLUMNS = (
    Column("mitra", "Nama mitra", required=True),
    Column("jenis", "Jenis mitra", Kind.CHOICE, choices=("Media", "Dunia usaha")),
    Column("anak", "Jumlah anak", Kind.NUMBER),
    Column("mulai", "Mulai", Kind.DATE),
)
ROW = {"mitra": "PT Maju", "jenis": "Media", "anak": "1234.5", "mulai": "2024-01-05"}
TYPED = {"mitra": "PT Maju", "jenis": "Media", "anak": "1.234,5", "mulai": "05-01-2024"}


def give_columns(columns=COLUMNS):
    """Columns for the question that asks for a table."""
    Question.objects.filter(code=CODE).update(matrix_columns=for_storing(columns), matrix_name="Kemitraan")
    _read.cache_clear()


def rows(count, name="Mitra"):
    return [{"mitra": f"{name} {number}"} for number in range(1, count + 1)]


def keep(evaluation, table, version=0, by=None, at=NOW):
    """Store a table for the question."""
    answer = Answer.objects.select_related("question").get(evaluation=evaluation, question__code=CODE)
    return actions.save_rows(
        answer=answer, version=version, columns=COLUMNS, rows=table, origin=MatrixVersion.Origin.TYPED, by=by, at=at
    )


def address(evaluation, name="save_matrix", code=CODE, **more):
    return reverse(f"evaluations:{name}", kwargs={"pk": evaluation.pk, "code": code, **more})


def fields(*typed, version=0, start=0, held=0, **more):
    """A form as a browser without script sends it."""
    cells = {f"b{number}-{code}": text for number, row in enumerate(typed, 1) for code, text in row.items()}
    return {"versi": version, "mulai": start, "banyak": held, **cells, **more}


def stored():
    """The rows that count now."""
    current = MatrixVersion.objects.current().first()
    return current.rows if current else None
