"""Rows from elsewhere: pasted text or a sheet, its headings recognised, each row read or refused with its faults."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clusters.matrices import Column, Kind
from evaluations.matrices.rows import Line, Row, read_line, stored

HEADINGS_WITHIN = 15  # rows of a sheet in which its headings are looked for
SHORTEST_HEADING = 4  # letters from which on the beginning of a column's name stands for it
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")
_END = re.compile("[\t\n]")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Cells = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: every row with its number in the source, which columns were taken, what was left out."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    unknown: tuple[str, ...] = ()  # headings that no column has
    missing: tuple[str, ...] = ()  # columns that the source does not have
    has_headings: bool = False

    @property
    def good(self) -> list[Line]:
        """Rows that can be kept."""
        return [line for line in self.lines if not line.is_faulty]

    @property
    def faulty(self) -> list[Line]:
        """Rows that must be mended first."""
        return [line for line in self.lines if line.is_faulty]

    @property
    def rows(self) -> list[Row]:
        """The good rows for storing."""
        return stored(self.good)

    @property
    def typed(self) -> list[dict[str, str]]:
        """The good rows as they would be typed: what a confirmation carries."""
        return [{column.code: cell.text for column, cell in line.pairs if cell.text} for line in self.good]


def split(text: str) -> list[list[str]]:
    """Tab-separated text as spreadsheets copy it: a cell with line breaks stands in quotes, its own quotes doubled."""
    cells: list[list[str]] = [[]]
    place, text = 0, text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    while place <= len(text):
        cell, place = _next_cell(text, place)
        cells[-1].append(cell)
        if place < len(text) and text[place] == "\n":
            cells.append([])
        place += 1
    return cells


def _next_cell(text: str, place: int) -> tuple[str, int]:
    if text.startswith('"', place):
        end = place + 1
        while (end := text.find('"', end)) >= 0 and text.startswith('""', end):
            end += 2
        if end > 0 and text[end + 1 : end + 2] in ("", "\t", "\n"):
            return text[place + 1 : end].replace('""', '"'), end + 1
    found = _END.search(text, place)
    end = found.start() if found else len(text)
    return text[place:end], end


def found_in(columns: Sequence[Column], cells: Cells, *, first: int = 1) -> Found:
    """Read rows of cells. With headings (in the first rows) their names decide the columns, without them the order.

    `first` is the number of the first row in its source.
    """
    top, places, unknown = _headings(columns, cells)
    body = cells[top:]
    lines = []
    for number, row in enumerate(body, first + top):
        typed = {code: row[place] for place, code in places.items() if place < len(row)}
        line = read_line(columns, typed, number)
        if not line.is_empty:
            lines.append(line)
    absent = [column.name for column in columns if column.code not in places.values()]
    return Found(tuple(columns), tuple(lines), tuple(unknown), tuple(absent) if top else (), top > 0)


def _headings(columns: Sequence[Column], cells: Cells) -> tuple[int, dict[int, str], list[str]]:
    """Where the rows begin, which place holds which column, and headings without a column."""
    codes = {_plain(column.name): column.code for column in columns}
    for top, row in enumerate(cells[:HEADINGS_WITHIN], 1):
        places = _named(row, codes)
        filled = [place for place, cell in enumerate(row) if cell.strip()]
        if len(places) >= max(1, (len(columns) + 1) // 2) or len(places) == len(filled) > 1:
            unknown = [row[place].strip()[:60] for place in filled if place not in places]
            return top, places, [each for each in unknown if _plain(each) not in ("no", "nomor")]
    beyond = max((len(row) for row in cells), default=0) - len(columns)
    extra = [f"kolom ke-{len(columns) + 1 + step}" for step in range(min(beyond, 20))]
    return 0, {place: column.code for place, column in enumerate(columns)}, extra


def _named(row: Sequence[str], codes: Mapping[str, str]) -> dict[int, str]:
    """Which place of a row names which column: whole names first, then what is left of them in haste."""
    places: dict[int, str] = {}
    for find in (_whole, _shortened):
        for place, cell in enumerate(row):
            code = None if place in places else find(_plain(cell), codes)
            if code and code not in places.values():
                places[place] = code
    return places


def _whole(words: str, codes: Mapping[str, str]) -> str | None:
    return codes.get(words)


def _shortened(words: str, codes: Mapping[str, str]) -> str | None:
    """The one column whose name begins with these words: "Dasar" for "Dasar (SK, MoU)"; None where two begin so."""
    begun = [code for name, code in codes.items() if name.startswith(words) and not name[len(words) :][:1].isalnum()]
    return begun[0] if len(words) >= SHORTEST_HEADING and len(begun) == 1 else None


def _plain(words: str) -> str:
    """ "Jumlah anak *" and "JUMLAH  ANAK" are the same heading."""
    return " ".join(words.replace("*", " ").split()).casefold().rstrip(".:")


def as_typed(columns: Sequence[Column], cells: Cells) -> list[list[str]]:
    """Cells of a spreadsheet as a person would type them: numbers with a comma.

    "12.375" is left as a fault: whether it is twelve thousand or twelve and a bit cannot be told from the file.
    """
    _, places, _ = _headings(columns, cells)
    kinds = {column.code: column.kind for column in columns}
    numbers = {place for place, code in places.items() if kinds[code] is Kind.NUMBER}
    years = {place for place, code in places.items() if kinds[code] is Kind.YEAR}
    return [[_typed(cell, place in numbers, place in years) for place, cell in enumerate(row)] for row in cells]


def _typed(cell: str, is_number: bool, is_year: bool) -> str:
    text = cell.strip()
    if is_number and _DECIMAL.fullmatch(text):
        return text.replace(".", ",") if not _AMBIGUOUS.fullmatch(text) else f"{text}?"
    if is_year and _ISO.fullmatch(text):
        return text[:4]
    return text
