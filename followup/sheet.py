"""The working paper as a workbook that prints on A4 landscape."""

from datetime import datetime
from decimal import Decimal
from typing import IO, Any

from followup.paper import COLUMNS, PaperContent, PaperLine
from kla_portal.numbers import angka, hari, selisih, tanggal
from kla_portal.spreadsheets import writing

WIDTHS = (5, 20, 11, 24, 42, 42, 34, 22, 14)
HEAD_ROW = 3


def write(target: IO[bytes], content: PaperContent, at: datetime) -> None:
    """One sheet: title, what the points are, a row per indicator, the sum."""
    title = f"Kertas kerja rapat koordinasi {content.region}"
    with writing.opened(target, title=title, at=at) as book:
        line = {**writing.FONT, "text_wrap": True, "border": 1, "border_color": "#C6CFDB"}
        text, number = book.add_format(line), book.add_format({**line, "num_format": "#,##0.00"})
        bold = book.add_format({**line, "bold": True, "bg_color": "#E6F0FA"})
        bold_number = book.add_format({**line, "bold": True, "bg_color": "#E6F0FA", "num_format": "#,##0.00"})
        head = book.add_format({**line, "bold": True, "bg_color": "#084482", "font_color": "#FFFFFF"})
        sheet = book.add_worksheet("Kertas kerja")
        _lay_out(sheet)
        sheet.write_string(0, 0, writing.text(title), book.add_format({**writing.FONT, "bold": True, "font_size": 14}))
        sheet.write_string(1, 0, writing.text(_about(content)), book.add_format(writing.FONT))
        for column, heading in enumerate(COLUMNS):
            sheet.write_string(HEAD_ROW, column, heading, head)
        for place, row in enumerate(content.rows, HEAD_ROW + 1):
            _put(sheet, place, _cells(row), text, number)
        _put(sheet, HEAD_ROW + 1 + len(content.rows), _total(content), bold, bold_number)


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


def _put(sheet: Any, place: int, cells: tuple[str | Decimal, ...], text: Any, number: Any) -> None:
    for column, value in enumerate(cells):
        if isinstance(value, Decimal):
            sheet.write_number(place, column, value, number)
        else:
            sheet.write_string(place, column, writing.text(value), text)
