"""A sheet as a table: where its headings stand, and its rows by column. A leaf like `numbers`, it knows no room."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kla_portal.spreadsheets import Sheet

LOOKED_AT = 15  # rows among which the headings are looked for
LONGEST = 1_000  # signs of a cell that are looked at


class HeadingsMissing(Exception):
    """No row of any sheet names the columns that are needed."""

    def __init__(self, wanted: Sequence[str]) -> None:
        names = ", ".join(f"“{each}”" for each in wanted)
        super().__init__(
            f"Judul kolom {names} tidak ditemukan. Unduh berkas contohnya, isi tanpa mengubah judul kolom, "
            "lalu unggah lagi."
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the headings; `number` is the row as the spreadsheet counts it."""

    number: int
    cells: dict[str, str]
    faults: tuple[str, ...]  # cells that cannot be trusted, in sentences


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold anything, and the headings that nobody asked for."""

    sheet: str
    lines: list[Line]
    columns: frozenset[str]
    ignored: list[str]


def table_of(sheets: Sequence[Sheet], columns: Mapping[str, Sequence[str]], required: Sequence[str]) -> Table:
    """The first sheet with these headings. `columns`: our name of a column -> the headings it goes by.

    Raises `HeadingsMissing`.
    """
    known = {_key(heading): name for name, headings in columns.items() for heading in headings}
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:LOOKED_AT]):
            found = {
                known[key]: column for column, cell in reversed(list(enumerate(row))) if (key := _key(cell)) in known
            }
            if all(name in found for name in required):
                ignored = [cell.strip()[:60] for cell in row if cell.strip() and _key(cell) not in known]
                return Table(sheet.name, _lines(sheet, place + 1, found), frozenset(found), ignored)
    raise HeadingsMissing([columns[name][0] for name in required])


def _lines(sheet: Sheet, start: int, columns: dict[str, int]) -> list[Line]:
    lines = []
    for place in range(start, len(sheet.rows)):
        row = sheet.rows[place]
        cells = {name: row[column].strip()[:LONGEST] if column < len(row) else "" for name, column in columns.items()}
        if any(cells.values()):
            lines.append(Line(place + 1, cells, tuple(_faults(sheet, place, sorted(columns.values())))))
    return lines


def _faults(sheet: Sheet, row: int, columns: Iterable[int]) -> list[str]:
    found = []
    for column in columns:
        if (row, column) in sheet.formulas:
            found.append(f"Sel {sheet.name_of(row, column)} berisi rumus; tulis isinya sebagai teks.")
        elif sheet.is_merged(row, column):
            found.append(f"Sel {sheet.name_of(row, column)} digabung dengan sel lain; pisahkan dulu.")
    return found


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    return re.sub(r"[\W_]+", "", plain)
