"""A board as a file: the rows that are shown, the same numbers as on the page."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import IO

from kla_portal.numbers import saat
from kla_portal.spreadsheets import writing
from verification.boards.reading import STATES, Board, Row

Cell = str | int | Decimal | None


def headings(board: Board) -> list[str]:
    """The columns; a stage that is not closed says so in a column of its own."""
    stages = [words for stage in board.stages for words in (stage.label, f"{stage.value} ditutup")]
    return [
        "Kode", "Daerah", "Provinsi", "Tahap", "Keadaan", *stages, "Selisih", "Turun (persen)",
        "Perkiraan dari skor", "Predikat ditetapkan", "Tahun predikat", "Dinilai", "Jumlah pertanyaan", "Verifikator",
        "Tahap ditutup pada", "Sisa hari",
    ]  # fmt: skip


def lines(board: Board, rows: Sequence[Row]) -> Iterator[list[Cell]]:
    """A line per region; what is not known stays empty."""
    for row in rows:
        figures: list[Cell] = []
        for figure in row.figures:
            figures += [None, ""] if figure is None else [figure.total, "ya" if figure.is_final else "belum"]
        window = board.windows.get(row.stage)
        tier = row.tier.name if row.tier else "Belum berpredikat"
        yield [
            row.code, row.name, row.province, row.stage_name, STATES[row.state], *figures, row.change, row.fall_share,
            "" if row.latest is None else tier, row.award, row.award_year, row.done if row.whole else None,
            row.whole or None, ", ".join(name for _, name in row.verifiers),
            saat(row.closes_at, window.time_zone) if window and row.closes_at else "", row.days_left,
        ]  # fmt: skip


def write_xlsx(target: IO[bytes], board: Board, rows: Sequence[Row], at: datetime) -> None:
    """One sheet, numbers as numbers."""
    with writing.opened(target, title=f"Papan {board.scope.name} {board.scope.cycle.name}", at=at) as book:
        text, number = book.add_format(writing.FONT), book.add_format({**writing.FONT, "num_format": "#,##0.00"})
        head = book.add_format({**writing.FONT, "bold": True, "bg_color": "#084482", "font_color": "#FFFFFF",
                                "text_wrap": True})  # fmt: skip
        sheet = book.add_worksheet("Papan")
        sheet.set_column(0, len(headings(board)), 13)
        sheet.set_column(1, 2, 28)
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for column, words in enumerate(headings(board)):
            sheet.write_string(0, column, words, head)
        for place, line in enumerate(lines(board, rows), 1):
            for column, value in enumerate(line):
                if isinstance(value, (Decimal, int)):
                    sheet.write_number(place, column, value, number if isinstance(value, Decimal) else text)
                elif value:
                    sheet.write_string(place, column, writing.text(value), text)


def as_csv(board: Board, rows: Sequence[Row]) -> bytes:
    """For an Indonesian spreadsheet: byte order mark, semicolons, decimal commas, no cell a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings(board))
    writer.writerows([_plain(value) for value in line] for line in lines(board, rows))
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else writing.harmless(str(value))
