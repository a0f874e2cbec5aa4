"""Rows of a table: typed cells read column by column, stored ones shown again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clusters.matrices import Column, read_columns
from clusters.matrix_cells import UNSEEN, Cell, read_cell, show_value
from clusters.models import Question
from evaluations.models import MatrixVersion

MOST_ROWS = 1000
Row = dict[str, str]  # column code -> stored value; empty cells are left out


@dataclass(frozen=True, slots=True)
class Line:
    """One row as a page shows it, its cells in the order of the columns; `number` counts from 1 in the whole table."""

    number: int
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]

    @property
    def pairs(self) -> list[tuple[Column, Cell]]:
        """Each cell with its column."""
        return list(zip(self.columns, self.cells, strict=True))

    @property
    def is_faulty(self) -> bool:
        """Whether any cell must be mended before the row can be kept."""
        return any(cell.fault for cell in self.cells)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it, not even something that cannot be shown."""
        return not any(cell.text or cell.fault == UNSEEN for cell in self.cells)


def columns_of(question: Question, version: MatrixVersion | None) -> tuple[Column, ...]:
    """The question's columns; behind them those of the version that are not asked for any more but hold something."""
    columns = read_columns(question.matrix_columns)
    if version is None:
        return columns
    asked = {column.code for column in columns}
    held = {code for row in version.rows for code in row} - asked
    return (*columns, *(column for column in read_columns(version.columns) if column.code in held))


def read_line(columns: Sequence[Column], typed: Mapping[str, str], number: int) -> Line:
    """One typed row; a row in which nothing stands has no faults, whatever is required."""
    line = Line(number, tuple(columns), tuple(read_cell(column, typed.get(column.code, "")) for column in columns))
    return blank_line(columns, number) if line.is_empty else line


def blank_line(columns: Sequence[Column], number: int) -> Line:
    """A row to be filled in."""
    return Line(number, tuple(columns), tuple(Cell("") for _ in columns))


def stored(lines: Iterable[Line]) -> list[Row]:
    """Rows for storing, empty ones left out."""
    return [
        {column.code: cell.value for column, cell in line.pairs if cell.value} for line in lines if not line.is_empty
    ]


def show(columns: Sequence[Column], rows: Sequence[Row], *, first: int = 1) -> list[Line]:
    """Stored rows as they are typed."""
    return [
        Line(number, tuple(columns), tuple(_shown(column, row.get(column.code, "")) for column in columns))
        for number, row in enumerate(rows, first)
    ]


def _shown(column: Column, value: str) -> Cell:
    return Cell(show_value(column, value), value)
