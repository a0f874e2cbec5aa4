"""The working paper as a workbook that prints on A4 landscape."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import IO, Any

from followup.paper import COLUMNS, PaperContent, PaperLine
from kla_portal.numbers import angka, hari, selisih, tanggal
from kla_portal.spreadsheets import writing

WIDTHS = (5, 20, 11, 26, 56, 64, 44, 24, 14)
HEAD_ROW = 3
LINE, TALLEST = 13, 409  # points: of one line of text, and of the tallest row a spreadsheet can have
MOST_LINES = (TALLEST - 4) // LINE


def write(target: IO[bytes], content: PaperContent, at: datetime, *, number: str = "", mark: str = "") -> None:
    """One sheet: title, what the points are, a row per indicator, the sum; of a document also its number and mark."""
    title = f"Kertas kerja rapat koordinasi {content.region}"
    with writing.opened(target, title=title, at=at, comments=f"Sidik isi {mark}" if mark else "") as book:
        line = {**writing.FONT, "text_wrap": True, "border": 1, "border_color": "#C6CFDB"}
        text, figure = book.add_format(line), book.add_format({**line, "num_format": "#,##0.00"})
        bold = book.add_format({**line, "bold": True, "bg_color": "#E6F0FA"})
        bold_number = book.add_format({**line, "bold": True, "bg_color": "#E6F0FA", "num_format": "#,##0.00"})
        head = book.add_format({**line, "bold": True, "bg_color": "#084482", "font_color": "#FFFFFF"})
        sheet = book.add_worksheet("Kertas kerja")
        _lay_out(sheet)
        sheet.write_string(0, 0, writing.text(title), book.add_format({**writing.FONT, "bold": True, "font_size": 14}))
        sheet.write_string(1, 0, writing.text(_about(content)), book.add_format(writing.FONT))
        if number:
            sheet.write_string(2, 0, writing.text(f"Nomor {number}"), book.add_format(writing.FONT))
        for column, heading in enumerate(COLUMNS):
            sheet.write_string(HEAD_ROW, column, heading, head)
        place = HEAD_ROW + 1
        for row in content.rows:
            for cells in _pieces(_cells(row)):
                _put(sheet, place, cells, text, figure)
                place += 1
        _put(sheet, place, _total(content), bold, bold_number)


def _lay_out(sheet: Any) -> None:
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _about(content: PaperContent) -> str:
    part = f", Klaster {content.cluster_code} {content.cluster_name}" if content.cluster_code else ""
    return (
        f"{content.cycle}{part}. Nilai: {content.stage_name.lower()}, ditutup "
        f"{tanggal(content.closed_at, content.time_zone)}."
    )


def _standing(claimed: Decimal, change: Decimal, maximum: Decimal) -> str:
    return f"mandiri {angka(claimed)}, selisih {selisih(change)}, maksimal {angka(maximum)}"


def _cells(row: PaperLine) -> tuple[str | Decimal, ...]:
    return (
        str(row.number),
        f"{row.cluster_code} {row.cluster_name}",
        row.judged,
        f"{row.indicator_code} {row.indicator_name}\n({_standing(row.claimed, row.change, row.maximum)})",
        row.done,
        row.undone,
        row.needed,
        row.responsible,
        hari(row.due_on) if row.due_on else "",
    )


def _total(content: PaperContent) -> tuple[str | Decimal, ...]:
    standing = _standing(content.claimed, content.change, content.maximum)
    return ("", "Jumlah", content.judged, standing, "", "", "", "", "")


def _pieces(cells: tuple[str | Decimal, ...]) -> Iterator[tuple[str | Decimal, ...]]:
    """The row, and what is too long for the tallest row in rows below it: no line is lost to the eye."""
    while True:
        cut = [
            _cut(value, width) if isinstance(value, str) else (value, "")
            for value, width in zip(cells, WIDTHS, strict=True)
        ]
        yield tuple(head for head, _ in cut)
        cells = tuple(tail for _, tail in cut)
        if not any(cells):
            return


def _cut(value: str, width: int) -> tuple[str, str]:
    """Whole lines that fit into the tallest row, and the rest; a single line is never cut."""
    lines, used = value.split("\n"), 0
    for count, line in enumerate(lines):
        used += 1 + len(line) // width
        if used > MOST_LINES and count:
            return "\n".join(lines[:count]), "\n".join(lines[count:])
    return value, ""


def _height(cells: tuple[str | Decimal, ...]) -> int:
    """Of the row: without it spreadsheets that do not measure wrapped text lay rows over each other."""
    lines = 1
    for value, width in zip(cells, WIDTHS, strict=True):
        if isinstance(value, str):
            lines = max(lines, sum(1 + len(line) // width for line in value.split("\n")))
    return min(TALLEST, LINE * lines + 4)


def _put(sheet: Any, place: int, cells: tuple[str | Decimal, ...], text: Any, number: Any) -> None:
    sheet.set_row(place, _height(cells))
    for column, value in enumerate(cells):
        if isinstance(value, Decimal):
            sheet.write_number(place, column, value, number)
        else:
            sheet.write_string(place, column, writing.text(value), text)
