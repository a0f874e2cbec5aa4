"""A province's recap as a workbook: the same rows as on paper, numbers as numbers, words never formulas."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from kla_portal.spreadsheets import writing
from reports.content import ProvinceContent
from reports.content.provinsi import RegionRow
from reports.issues import Issue

HEAD_ROW = 4
BEFORE = (("No.", 6), ("Kode", 9), ("Kabupaten/Kota", 34))
AFTER = (("Selisih", 13), ("Perkiraan dari skor", 24), ("Predikat ditetapkan", 24), ("Tahap", 32))


def write(content: ProvinceContent, issue: Issue, path: Path) -> None:
    """Write the workbook; equal content gives equal bytes."""
    title = f"Rekapitulasi KLA Provinsi {content.province}"
    with writing.opened(path, title=title, at=issue.issued_at, comments=f"Sidik isi {issue.fingerprint}") as book:
        line = {**writing.FONT, "text_wrap": True, "bottom": 1, "bottom_color": "#DFE5EE"}
        text, number = book.add_format(line), book.add_format({**line, "num_format": "#,##0.00"})
        head = book.add_format({**line, "bold": True, "bg_color": "#084482", "font_color": "#FFFFFF"})
        sheet = book.add_worksheet("Rekapitulasi")
        columns = (*BEFORE, *((label, 16) for _, label in content.stages), *AFTER)
        _lay_out(sheet, columns, issue)
        label = ", DATA CONTOH" if content.is_demo else ""
        sheet.write_string(0, 0, writing.text(title + label), book.add_format({**writing.FONT, "bold": True}))
        sheet.write_string(1, 0, writing.text(content.cycle), book.add_format(writing.FONT))
        sheet.write_string(2, 0, writing.text(f"Nomor {issue.number}"), book.add_format(writing.FONT))
        for column, (heading, _) in enumerate(columns):
            sheet.write_string(HEAD_ROW, column, heading, head)
        for place, row in enumerate(content.rows, 1):
            _put(sheet, HEAD_ROW + place, cells(place, row), text, number)


def cells(place: int, row: RegionRow) -> tuple[str | Decimal | None, ...]:
    """A region's row."""
    return (str(place), row.code, row.name, *row.totals, row.difference, row.tier, row.award, row.state)


def _lay_out(sheet: Any, columns: tuple[tuple[str, int], ...], issue: Issue) -> None:
    for column, (_, width) in enumerate(columns):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&LSidik isi {issue.fingerprint[:16]}&Rhalaman &P dari &N")


def _put(sheet: Any, place: int, values: tuple[str | Decimal | None, ...], text: Any, number: Any) -> None:
    for column, value in enumerate(values):
        if isinstance(value, Decimal):
            sheet.write_number(place, column, value, number)
        else:
            sheet.write_string(place, column, writing.text(value or ""), text)
