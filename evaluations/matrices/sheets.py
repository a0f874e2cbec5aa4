"""Tables in spreadsheets: an empty one to fill in, and a filled one read back."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from clusters.matrices import Column, Kind
from clusters.models import Question
from evaluations.matrices.pasting import HEADINGS_WITHIN, Found, as_typed, found_in
from evaluations.matrices.rows import MOST_ROWS
from kla_portal import spreadsheets
from kla_portal.spreadsheets import writing

SHEET = "Matriks"
LISTS = "Pilihan"
HEADER_ROW = 3  # of the template, from 0
MOST_COLUMNS = 40
WIDTHS = {Kind.NUMBER: 16, Kind.YEAR: 12, Kind.DATE: 16, Kind.CHOICE: 26}
HINTS = {
    Kind.TEXT: "teks",
    Kind.NUMBER: "angka",
    Kind.YEAR: "tahun, empat angka",
    Kind.DATE: "tanggal hh-bb-tttt",
    Kind.CHOICE: "pilih dari daftar",
    Kind.DISTRICT: "nama kecamatan",
    Kind.VILLAGE: "nama desa/kelurahan",
}


class NoTable(Exception):
    """A workbook in which no sheet has the table's headings."""

    def __init__(self) -> None:
        super().__init__(
            "Judul kolom matriks ini tidak ditemukan di buku kerja. Unduh contoh Excel, isi di sana, lalu unggah lagi."
        )


def read(file: IO[bytes], columns: Sequence[Column]) -> Found:
    """Rows of the first sheet that has the headings. Raises `SpreadsheetRefused` or `NoTable`."""
    most = MOST_ROWS + HEADINGS_WITHIN
    for sheet in spreadsheets.read(file, most_rows=most, most_columns=MOST_COLUMNS):
        if sheet.is_hidden:
            continue
        found = found_in(columns, as_typed(columns, sheet.rows))
        if found.has_headings:
            return found
    raise NoTable


def write_template(file: IO[bytes], question: Question, columns: Sequence[Column], *, at: datetime) -> None:
    """A workbook with the headings, a hint under each, drop-downs for choices and nothing filled in."""
    with writing.opened(file, title=f"Matriks {question.code}", at=at, constant_memory=False) as book:
        plain, bold = book.add_format(writing.FONT), book.add_format({**writing.FONT, "bold": True, "font_size": 14})
        head = book.add_format(
            {**writing.FONT, "bold": True, "bg_color": "#084482", "font_color": "#FFFFFF", "text_wrap": True}
        )
        sheet = book.add_worksheet(SHEET)
        lists = book.add_worksheet(LISTS)
        sheet.write_string(0, 0, writing.text(f"{question.code} {question.text}"), bold)
        sheet.write_string(1, 0, f"Isi mulai baris {HEADER_ROW + 2}, satu baris per catatan. * wajib diisi.", plain)
        for place, column in enumerate(columns):
            heading = writing.text(f"{column.name} *" if column.required else column.name)
            sheet.write_string(HEADER_ROW, place, heading, head)
            sheet.write_comment(HEADER_ROW, place, writing.text(column.help or HINTS[column.kind]))
            sheet.set_column(place, place, WIDTHS.get(column.kind, 30), _cell_format(book, column))
            _offer(sheet, lists, place, column)
        sheet.freeze_panes(HEADER_ROW + 1, 0)
        lists.hide()


def _cell_format(book: Any, column: Column) -> Any:
    kinds = {Kind.NUMBER: "#,##0.####", Kind.YEAR: "0", Kind.DATE: "dd-mm-yyyy"}
    return book.add_format({**writing.FONT, "text_wrap": True, "num_format": kinds.get(column.kind, "@")})


def _offer(sheet: Any, lists: Any, place: int, column: Column) -> None:
    """The choices as a drop-down."""
    if column.kind is not Kind.CHOICE:
        return
    for row, choice in enumerate(column.choices):
        lists.write_string(row, place, writing.text(choice))
    letter = spreadsheets.Sheet.name_of(0, place).rstrip("1")
    source = f"={LISTS}!${letter}$1:${letter}${len(column.choices)}"
    sheet.data_validation(HEADER_ROW + 1, place, HEADER_ROW + MOST_ROWS, place, {"validate": "list", "source": source})
