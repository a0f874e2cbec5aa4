"""From a file that somebody handed in to sheets of plain text."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kla_portal.spreadsheets import archive as zips
from kla_portal.spreadsheets.parts import MOST_LETTERS, Cells, Names, Overflow, Part, Strings, Styles, Targets
from kla_portal.spreadsheets.refusal import SpreadsheetRefused

MOST_SHEETS = 30
_ERROR = "#GALAT"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, both corners included, each as (row, column) from 0."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __contains__(self, place: tuple[int, int]) -> bool:
        return self.first[0] <= place[0] <= self.last[0] and self.first[1] <= place[1] <= self.last[1]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as text; see the package for how cells read."""

    name: str
    rows: list[list[str]]
    formulas: frozenset[tuple[int, int]]
    numbers: frozenset[tuple[int, int]]  # cells that hold a number, not a text that looks like one
    merged: tuple[Area, ...]
    is_hidden: bool

    @staticmethod
    def name_of(row: int, column: int) -> str:
        """(4, 2) -> "C5", as people know the cell."""
        letters = ""
        left = column + 1
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{row + 1}"

    def is_merged(self, row: int, column: int) -> bool:
        """Whether the cell is part of a merged area."""
        return any((row, column) in area for area in self.merged)


class _Look:
    """What the first look finds: bounds kept, formulas, errors and percentages by sheet."""

    def __init__(self, most_rows: int, most_columns: int) -> None:
        self.most = {"rows": most_rows, "columns": most_columns}
        self.names, self.targets, self.styles, self.strings = Names(), Targets(), Styles(), Strings()
        self.parts: dict[str, Part] = {
            "xl/workbook.xml": self.names,
            "xl/_rels/workbook.xml.rels": self.targets,
            "xl/styles.xml": self.styles,
            "xl/sharedstrings.xml": self.strings,
        }
        self.sheets: dict[str, Cells] = {}  # by part

    def take(self, stream: IO[bytes]) -> None:
        """Inflate the whole file once. Raises `SpreadsheetRefused`."""
        with zipfile.ZipFile(stream) as archive:
            members = zips.check_directory(archive)
            members.sort(key=lambda each: _is_sheet(each.filename))  # what names them comes first
            try:
                zips.inflate(archive, members, self._taker_for)
            except Overflow:
                raise self._overflow() from None
        if self.strings.longest * sum(cells.shared for cells in self.sheets.values()) > MOST_LETTERS:
            raise SpreadsheetRefused("letters")

    def cells_of(self, name: str) -> Cells:
        """What was found in the sheet of that name. Raises `SpreadsheetRefused` for one that was never seen."""
        found = self.sheets.get(self.targets.places.get(self.names.keys.get(name, ""), ""))
        if found is None:
            raise SpreadsheetRefused("broken")
        return found

    def _taker_for(self, member: str) -> zips.Taker | None:
        part = member.casefold()
        if _is_sheet(member):
            self.parts[part] = self.sheets[part] = Cells(self.most["rows"], self.most["columns"])
        return self.parts[part].take if part in self.parts else None

    def _overflow(self) -> SpreadsheetRefused:
        part, cells = next((part, cells) for part, cells in self.sheets.items() if cells.overflow)
        parts = {key: name for name, key in self.names.keys.items()}
        name = next((parts[key] for key, place in self.targets.places.items() if place == part and key in parts), "")
        return SpreadsheetRefused(cells.overflow, sheet=name[:60], most=self.most[cells.overflow])


def read(file: "Path | IO[bytes]", *, most_rows: int = 5_000, most_columns: int = 60) -> list[Sheet]:
    """All sheets in their order. Raises `SpreadsheetRefused`."""
    with _opened(file) as stream:
        try:
            zips.check_kind(stream)
            look = _Look(most_rows, most_columns)
            look.take(stream)
            stream.seek(0)
            return _sheets(CalamineWorkbook.from_filelike(stream), look)
        except (*zips.BROKEN, CalamineError):
            raise SpreadsheetRefused("broken") from None


@contextmanager
def _opened(file: "Path | IO[bytes]") -> Iterator[IO[bytes]]:
    if isinstance(file, Path):
        with file.open("rb") as stream:
            yield stream
    else:
        yield file


def _is_sheet(member: str) -> bool:
    return member.casefold().startswith("xl/worksheets/") and member.casefold().endswith(".xml")


def _sheets(book: Any, look: _Look) -> list[Sheet]:
    wanted = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    if len(wanted) > MOST_SHEETS:
        raise SpreadsheetRefused("sheets", most=MOST_SHEETS)
    if not wanted:
        raise SpreadsheetRefused("broken")
    return [
        _sheet(book.get_sheet_by_name(each.name), look.cells_of(each.name), look.styles.percent,
               is_hidden=each.visible != SheetVisibleEnum.Visible)
        for each in wanted
    ]  # fmt: skip


def _sheet(sheet: Any, cells: Cells, percent: set[str], *, is_hidden: bool) -> Sheet:
    values = sheet.to_python(skip_empty_area=False)
    rows = [[value if type(value) is str and "\0" not in value else _text(value) for value in row] for row in values]
    numbers = [
        (at, place) for at, row in enumerate(values) for place, value in enumerate(row) if type(value) in (float, int)
    ]
    for style in percent & cells.styled.keys():
        for row, column in cells.styled[style]:
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = _percentage(rows[row][column])
    for row, column in cells.errors:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = _ERROR
    merged = tuple(Area(first, last) for first, last in sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, rows, frozenset(cells.formulas), frozenset(numbers), merged, is_hidden)


def _text(value: Any) -> str:
    """Numbers as short as 15 digits are exact: 0.30000000000000004 is "0.3"."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("\0", "")  # a cell says it as "_x0000_"; PostgreSQL keeps none


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")


def _percentage(text: str) -> str:
    try:
        return f"{_number(float(Decimal(text) * 100))}%"
    except InvalidOperation:
        return text
