"""A recap as a table of text: read without trust, line by line. What its rows mean is decided in `recap_rows`."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from clusters.scoring import hundredths
from kla_portal import spreadsheets
from kla_portal.spreadsheets import Sheet

MAX_BYTES = 10 * 1024 * 1024
HEADERS = {
    "label": ("question", "pertanyaan", "kode", "kode pertanyaan"),
    "maximum": ("maximum", "maksimal", "nilai maksimal"),
    "points": ("points", "self_points", "nilai", "nilai mandiri"),
}
CALLED = {"label": "“Kode” atau “Pertanyaan”", "maximum": "“Nilai maksimal”", "points": "“Nilai”"}  # in sentences
CODES = ("kode", "kode pertanyaan")  # where there is a column of codes, one of texts beside it is left alone
LEVELS = {"indicator": ("indicator", "indikator"), "cluster": ("cluster", "klaster")}  # columns of the national form
HEADINGS_WITHIN = 20  # rows of a sheet: titles may stand above the headings
MOST_ROWS, MOST_COLUMNS = 5_000, 60
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_TOLD = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)  # what Excel writes above a table to name its delimiter
_PLAIN = re.compile(r"[0-9]{1,4}([.,][0-9]{1,2})?")
_GROUPED = re.compile(r"[0-9]\.[0-9]{3},[0-9]{1,2}")


class RecapRefused(Exception):
    """The recap is not imported, nothing was written; `faults` are lines and sentences."""

    def __init__(self, faults: list[tuple[int, str]]) -> None:
        super().__init__("\n".join(f"baris {line}: {sentence}" for line, sentence in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class RecapLine:
    """One row as it was typed; `line` is where it begins, for a quoted cell may run over several lines."""

    line: int
    label: str
    maximum: str
    points: str
    is_formula: bool = False  # the points are computed by the sheet: fine for a heading, not for a question


def read_any(path: Path) -> list[RecapLine]:
    """The rows of a recap, be it CSV or XLSX. Raises `RecapRefused` or `SpreadsheetRefused`."""
    if extension_of(path) == "csv":
        return read(path)
    return _sheet(spreadsheets.read(path, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS))


def extension_of(path: Path) -> str:
    """Which of the two it is, by its first bytes."""
    with path.open("rb") as file:
        return "xlsx" if file.read(4) in _BINARY else "csv"


def read(path: Path) -> list[RecapLine]:
    """The rows of a recap as CSV. Raises `RecapRefused` for what is not such a table."""
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise RecapRefused([(1, "Berkas lebih besar dari 10 MB.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise RecapRefused([(line, "Berkas bukan teks UTF-8; simpan ulang sebagai CSV UTF-8.")]) from error
    if not text.strip():
        raise RecapRefused([(1, "Berkas kosong.")])
    return _table(text)


def read_points(written: str) -> Decimal | None:
    """ "0,75" and "0.75" alike, for spreadsheets write both; None for "961.860", "1e3", "-1", "NaN" and the like."""
    if _PLAIN.fullmatch(written):
        return hundredths(Decimal(written.replace(",", ".")))
    if _GROUPED.fullmatch(written):
        return hundredths(Decimal(written.replace(".", "").replace(",", ".")))
    return None


def _table(text: str) -> list[RecapLine]:
    faults: list[tuple[int, str]] = []
    rows: list[RecapLine] = []
    lines = _cells(text)
    header_line, header = next(lines, (1, []))
    places = _places(header, header_line)
    levels = _levels(header)
    for line, cells in lines:
        if len(cells) > len(header):
            faults.append((line, "Kolomnya lebih banyak daripada judul; apit angka berkoma dengan tanda kutip."))
            continue
        cells += [""] * (len(header) - len(cells))
        rows.append(_line(line, cells, places, levels))
    if faults:
        raise RecapRefused(faults)
    if not rows:
        raise RecapRefused([(header_line, "Berkas tidak memuat satu baris pun di bawah judulnya.")])
    return rows


def _sheet(sheets: list[Sheet]) -> list[RecapLine]:
    """The rows of the first sheet that has the headings of a recap."""
    refusal = RecapRefused([(1, "Berkas kosong.")])
    for sheet in sheets:
        filled = [number for number, row in enumerate(sheet.rows) if any(cell.strip() for cell in row)]
        for number in filled[:HEADINGS_WITHIN]:
            header = [cell.strip() for cell in sheet.rows[number]]
            try:
                places = _places(header, number + 1)
            except RecapRefused as fault:
                refusal = fault if number == filled[0] else refusal
                continue
            levels, below = _levels(header), [each for each in filled if each > number]
            if not below:
                raise RecapRefused([(number + 1, "Berkas tidak memuat satu baris pun di bawah judulnya.")])
            return [
                _line(each + 1, [cell.strip() for cell in sheet.rows[each]], places, levels,
                      is_formula=(each, places["points"]) in sheet.formulas)
                for each in below
            ]  # fmt: skip
    raise refusal


def _line(
    line: int, cells: list[str], places: dict[str, int], levels: dict[str, int], *, is_formula: bool = False
) -> RecapLine:
    """A row; where the national form leaves the question empty, the row is a heading of the level it names."""
    label = cells[places["label"]]
    if not label:
        named = next(((level, cells[place]) for level, place in levels.items() if cells[place]), None)
        label = f"{LEVELS[named[0]][-1]} {named[1]}" if named else ""
    return RecapLine(line, label, cells[places["maximum"]], cells[places["points"]], is_formula)


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, each with the line on which it begins."""
    told = _TOLD.match(text)
    text = "\n" + text[told.end() :] if told else text  # lines are counted as they stand
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = told[1] if told else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield begins, stripped
            begins = reader.line_num + 1
    except csv.Error as error:
        raise RecapRefused([(begins, "Baris ini tidak dapat dibaca; tanda kutipnya tidak ditutup.")]) from error


def _levels(header: list[str]) -> dict[str, int]:
    """Columns of the national form that name indicator and cluster, the lower level first."""
    names = [cell.casefold() for cell in header]
    found = {level: [place for place, name in enumerate(names) if name in words] for level, words in LEVELS.items()}
    return {level: places[0] for level, places in found.items() if places}


def _places(header: list[str], line: int) -> dict[str, int]:
    """Which column holds what; further columns are left alone."""
    names = [cell.casefold() for cell in header]
    faults: list[tuple[int, str]] = []
    places: dict[str, int] = {}
    for meaning, words in HEADERS.items():
        found = [place for place, name in enumerate(names) if name in words]
        if len(found) > 1 and meaning == "label":
            found = [place for place in found if names[place] in CODES] or found
        if len(found) != 1:
            count = "tidak ada" if not found else "ada lebih dari satu"
            faults.append((line, f"Kolom {CALLED[meaning]} {count}."))
        places[meaning] = found[0] if found else 0
    if faults:
        raise RecapRefused(faults)
    return places
