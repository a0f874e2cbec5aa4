"""The tables of an evaluation as a workbook: one sheet per question, numbers as numbers, words never formulas."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from clusters.matrices import Kind
from kla_portal.numbers import angka
from kla_portal.spreadsheets import writing
from reports.content.matrices import ColumnHead, MatricesContent, MatrixPart
from reports.issues import Issue

CONTENTS = "Daftar"
FIRST_ROW = 4  # of a table's headings, below its question
WIDTHS = {Kind.NUMBER: 15, Kind.YEAR: 9, Kind.DATE: 13, Kind.CHOICE: 22, Kind.DISTRICT: 22, Kind.VILLAGE: 22}


def write(content: MatricesContent, issue: Issue, path: Path) -> None:
    """Write the workbook; equal content gives equal bytes."""
    title = f"Lampiran Matriks {content.standing.region}, {content.standing.cycle}"
    with writing.opened(path, title=title, at=issue.issued_at, comments=f"Sidik isi {issue.fingerprint}") as book:
        styles = _styles(book)
        _contents(book, content, title, styles)
        for part in content.parts:
            _table(book.add_worksheet(part.code), part, content, issue, styles)


def _styles(book: Any) -> dict[str, Any]:
    line = writing.FONT | {"bottom": 1, "bottom_color": "#DFE5EE"}
    head = {"bold": True, "bg_color": "#084482", "font_color": "#FFFFFF", "text_wrap": True}
    return {
        "title": book.add_format(writing.FONT | {"bold": True, "font_size": 14}),
        "plain": book.add_format(writing.FONT),
        "head": book.add_format(writing.FONT | head),
        "text": book.add_format(line | {"text_wrap": True}),
        "number": book.add_format(line | {"num_format": "#,##0.####"}),
        "whole": book.add_format(line | {"num_format": "#,##0"}),
        "year": book.add_format(line | {"num_format": "0"}),
        "date": book.add_format(line | {"num_format": "dd-mm-yyyy"}),
    }


def _contents(book: Any, content: MatricesContent, title: str, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet(CONTENTS)
    for place, width in enumerate((10, 70, 44, 12)):
        sheet.set_column(place, place, width)
    label = ", DATA CONTOH" if content.standing.is_demo else ""
    _text(sheet, 0, 0, f"{title}{label}", styles["title"])
    for place, heading in enumerate(("Kode", "Pertanyaan", "Matriks", "Baris")):
        _text(sheet, 2, place, heading, styles["head"])
    for row, part in enumerate(content.parts, 3):
        for place, words in enumerate((part.code, part.text, part.name)):
            _text(sheet, row, place, words, styles["text"])
        sheet.write_number(row, 3, len(part.cells), styles["whole"])
    for row, line in enumerate(content.empty, 3 + len(content.parts)):
        for place, words in enumerate((line.code, line.text, "belum diisi")):
            _text(sheet, row, place, words, styles["text"])
        sheet.write_number(row, 3, 0, styles["whole"])
    sheet.freeze_panes(3, 0)


def _table(sheet: Any, part: MatrixPart, content: MatricesContent, issue: Issue, styles: dict[str, Any]) -> None:
    _set_up(sheet, content, issue)
    for place, column in enumerate(part.columns):
        sheet.set_column(place, place, WIDTHS.get(Kind(column.kind), 34))
    _text(sheet, 0, 0, f"{part.code} {part.text}", styles["title"])
    _text(sheet, 1, 0, part.name, styles["plain"])
    _text(sheet, 2, 0, f"Klaim: {part.claim} ({angka(part.points)} poin)", styles["plain"])
    for place, column in enumerate(part.columns):
        _text(sheet, FIRST_ROW, place, column.name, styles["head"])
    for row, values in enumerate(part.values, FIRST_ROW + 1):
        for place, (column, value) in enumerate(zip(part.columns, values, strict=True)):
            _cell(sheet, row, place, column, value, styles)
    sheet.freeze_panes(FIRST_ROW + 1, 0)
    sheet.repeat_rows(FIRST_ROW)
    sheet.autofilter(FIRST_ROW, 0, FIRST_ROW + max(1, len(part.values)), len(part.columns) - 1)


def _cell(sheet: Any, row: int, place: int, column: ColumnHead, value: str, styles: dict[str, Any]) -> None:
    if not value or column.kind not in (Kind.NUMBER, Kind.YEAR, Kind.DATE):
        _text(sheet, row, place, value, styles["text"])
    elif column.kind == Kind.DATE:
        sheet.write_datetime(row, place, date.fromisoformat(value), styles["date"])
    else:
        style = "year" if column.kind == Kind.YEAR else "number" if "." in value else "whole"
        sheet.write_number(row, place, Decimal(value), styles[style])


def _set_up(sheet: Any, content: MatricesContent, issue: Issue) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    region = content.standing.region.replace("&", "&&")[:80]
    label = " - DATA CONTOH" if content.standing.is_demo else ""
    sheet.set_header(f"&L{region}{label}&RSidik isi {issue.fingerprint[:16]}")
    sheet.set_footer("&LDibuat dari Portal KLA&Rhalaman &P dari &N")


def _text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    sheet.write_string(row, column, writing.text(text), style)
