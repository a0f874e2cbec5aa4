"""What somebody has typed, fitted into the version of the table that it was typed into."""

from collections.abc import Sequence
from dataclasses import dataclass

from clusters.matrices import Column
from evaluations.matrices.forms import TableForm
from evaluations.matrices.rows import Line, Row, columns_of, read_line, stored
from evaluations.matrices.table import page_size
from evaluations.models import Answer, MatrixVersion


@dataclass(frozen=True, slots=True)
class Draft:
    """`lines` replace `held` rows of `base` from `start` on; `rows` is the whole table that comes of it."""

    version: int
    columns: tuple[Column, ...]
    base: Sequence[Row]
    start: int
    held: int
    lines: tuple[Line, ...]
    on_page: bool

    @property
    def is_faulty(self) -> bool:
        """Whether something must be mended first."""
        return any(line.is_faulty for line in self.lines)

    @property
    def rows(self) -> list[Row]:
        """The whole table."""
        return [*self.base[: self.start], *stored(self.lines), *self.base[self.start + self.held :]]

    @property
    def page(self) -> int:
        """Where the stretch is shown."""
        return self.start // page_size(self.columns) + 1


def draft_of(answer: Answer, form: TableForm) -> Draft:
    """Read a valid form. The rows around the stretch are those of the version that the person saw."""
    given = form.cleaned_data
    seen = MatrixVersion.objects.filter(answer=answer, version=given["versi"]).first()
    columns = columns_of(answer.question, seen)
    base: list[Row] = seen.rows if seen else []
    start = min(given["mulai"] or 0, len(base))
    held = min(given["banyak"] or 0, len(base) - start)
    if given["cara"]:
        start, held = (len(base), 0) if given["cara"] == "akhir" else (0, len(base))
    lines = [read_line(columns, typed, 0) for typed in form.rows]
    filled = [line for line in lines if not line.is_empty]
    numbered = tuple(Line(number, columns, line.cells) for number, line in enumerate(filled, start + 1))
    return Draft(given["versi"], columns, base, start, held, numbered, given["halaman"])
