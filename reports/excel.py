"""The report as a workbook: four sheets, numbers as numbers, words never formulas, ready to print."""

from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from kla_portal.numbers import bulat, persen, selisih
from reports import tables
from reports.content import LaporanContent
from reports.issues import Issue
from reports.tables import Table

LONGEST = 32_767  # characters a cell can hold
NUMBER = "#,##0.00"
FIRST_ROW = 4  # of a table that stands below its title


def write(content: LaporanContent, issue: Issue, path: Path) -> None:
    """Write the workbook; equal content gives equal bytes."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties(
        {
            "title": f"Laporan Hasil Verifikasi {content.standing.region}, {content.standing.cycle}",
            "comments": f"Sidik isi {issue.fingerprint}",
            "created": issue.issued_at.astimezone(UTC).replace(tzinfo=None),
        }
    )
    styles = _styles(book)
    _summary(book, content, issue, styles)
    for table in (tables.indicators(content), tables.questions(content), tables.evidence(content)):
        sheet = book.add_worksheet(table.name)
        _set_up(sheet, content, issue, landscape=True)
        _table(sheet, table, styles, first=0)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    book.close()


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "Liberation Sans", "font_size": 10, "valign": "top"}
    line = base | {"bottom": 1, "bottom_color": "#DFE5EE"}
    return {
        "title": book.add_format(base | {"bold": True, "font_size": 14}),
        "plain": book.add_format(base),
        "head": book.add_format(
            base | {"bold": True, "bg_color": "#084482", "font_color": "#FFFFFF", "text_wrap": True}
        ),
        "text": book.add_format(line | {"text_wrap": True}),
        "whole": book.add_format(line | {"num_format": "0"}),
        "number": book.add_format(line | {"num_format": NUMBER}),
    }


def _summary(book: Any, content: LaporanContent, issue: Issue, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Ringkasan")
    _set_up(sheet, content, issue, landscape=False)
    totals, why = tables.clusters(content), tables.reasons(content)
    for column, (_, width) in enumerate(totals.columns):
        sheet.set_column(column, column, width)
    standing = content.standing
    _text(sheet, 0, 0, f"Laporan Hasil Verifikasi {standing.region}", styles["title"])
    _text(
        sheet,
        1,
        0,
        f"{standing.cycle}, nomor {issue.number}{', DATA CONTOH' if standing.is_demo else ''}",
        styles["plain"],
    )
    _text(sheet, 2, 0, _position(content), styles["plain"])
    _table(sheet, totals, styles, first=FIRST_ROW, widths=False)
    below = FIRST_ROW + len(totals.rows) + 3
    _table(sheet, Table(why.name, (("", 0), *why.columns), tuple(("", *row) for row in why.rows)), styles,
           first=below, widths=False)  # fmt: skip


def _position(content: LaporanContent) -> str:
    standing = content.standing
    tier = standing.tier or "belum berpredikat"
    award = standing.award
    official = f"Predikat ditetapkan ({award.year}): {award.predicate}. " if award else ""
    both = standing.figures
    return (
        f"Perkiraan dari skor: {tier}. {official}Selisih {selisih(both.difference)} "
        f"({persen(standing.lost_percent)}) dari {bulat(both.maximum)} poin."
    )


def _table(sheet: Any, table: Table, styles: dict[str, Any], *, first: int, widths: bool = True) -> None:
    for column, (title, width) in enumerate(table.columns):
        if widths:
            sheet.set_column(column, column, width)
        _text(sheet, first, column, title, styles["head"])
    for row, cells in enumerate(table.rows, first + 1):
        for column, value in enumerate(cells):
            if isinstance(value, Decimal):
                sheet.write_number(row, column, value, styles["number"])
            elif isinstance(value, int):
                sheet.write_number(row, column, value, styles["whole"])
            else:
                _text(sheet, row, column, value, styles["text"])


def _text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    whole = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    sheet.write_string(row, column, whole, style)


def _set_up(sheet: Any, content: LaporanContent, issue: Issue, *, landscape: bool) -> None:
    sheet.set_paper(9)  # A4
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    region = content.standing.region.replace("&", "&&")[:80]
    label = " - DATA CONTOH" if content.standing.is_demo else ""
    sheet.set_header(f"&L{region}{label}&RSidik isi {issue.fingerprint[:16]}")
    sheet.set_footer("&LDibuat dari Portal KLA&Rhalaman &P dari &N")
    sheet.hide_gridlines(2)
