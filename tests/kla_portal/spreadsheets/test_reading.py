"""What a sheet reads like."""

import io
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from kla_portal import spreadsheets
from kla_portal.spreadsheets import Area, Sheet, writing


def book(*rows, change=None):
    """A workbook with these rows, as a stream."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if change:
        change(made.active)
    out = io.BytesIO()
    made.save(out)
    return out


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1.1", "1.1"),
        ("  0012 ", "  0012 "),
        (12, "12"),
        (0.1 + 0.2, "0.3"),
        (961.86, "961.86"),
        (1e-7, "0.0000001"),
        (-3.5, "-3.5"),
        (True, "TRUE"),
        (date(2025, 5, 20), "2025-05-20"),
        (datetime(2025, 5, 20, 10, 30), "2025-05-20T10:30:00"),  # noqa: DTZ001
        (time(8, 30), "08:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        ("baris\nkedua", "baris\nkedua"),
    ],
)
def test_cell_reads_as_exact_text(value, text):
    assert spreadsheets.read(book([value, "x"]))[0].rows == [[text, "x"]]


def test_percentage_reads_as_it_is_shown():
    def style(sheet):
        sheet["A1"].number_format = "0.0%"
        sheet["B1"].number_format = "0.00"

    assert spreadsheets.read(book([0.825, 0.825], change=style))[0].rows == [["82.5%", "0.825"]]


@pytest.mark.parametrize("shown", ['0.0"%"', r"0.0\%", r"0.0_%", '0.0" % dari "0'])
def test_percent_sign_that_is_only_shown_multiplies_nothing(shown):
    def style(sheet):
        sheet["A1"].number_format = shown
        sheet["B1"].number_format = '0.0" persen" %'

    assert spreadsheets.read(book([82.5, 0.825], change=style))[0].rows == [["82.5", "82.5%"]]


def test_rows_keep_their_places_and_empty_ends_fall_away():
    def far(sheet):
        sheet["C3"] = "isi"
        sheet["Z900"].number_format = "0.00"

    sheet = spreadsheets.read(book(change=far))[0]

    assert sheet.rows == [["", "", ""], ["", "", ""], ["", "", "isi"]]
    assert sheet.name_of(2, 2) == "C3"
    assert Sheet.name_of(0, 26) == "AA1"


def test_formulas_errors_and_merged_cells_are_told():
    def fill(sheet):
        sheet["A1"] = "=1+1"
        sheet["B1"], sheet["B1"].data_type = "#N/A", "e"
        sheet["C1"] = "judul"
        sheet.merge_cells("C1:D2")

    sheet = spreadsheets.read(book(change=fill))[0]

    assert sheet.rows[0][1] == "#GALAT"
    assert sheet.formulas == {(0, 0)}
    assert sheet.merged == (Area((0, 2), (1, 3)),)
    assert [sheet.is_merged(1, 3), sheet.is_merged(0, 1)] == [True, False]


def test_sheets_come_in_order_with_the_hidden_ones(tmp_path: Path):
    with writing.opened(tmp_path / "a.xlsx", title="Uji", at=datetime(2025, 5, 20, tzinfo=UTC)) as made:
        made.add_worksheet("Jawaban").write_string(0, 0, "=1+1")
        hidden = made.add_worksheet("Kunci")
        hidden.write_string(0, 0, writing.text("a\x00b"))
        hidden.hide()

    first, second = spreadsheets.read(tmp_path / "a.xlsx")

    assert (first.name, first.rows, first.formulas, first.is_hidden) == ("Jawaban", [["=1+1"]], frozenset(), False)
    assert (second.name, second.rows, second.is_hidden) == ("Kunci", [["ab"]], True)


def test_same_content_gives_same_bytes():
    made = []
    for _ in range(2):
        out = io.BytesIO()
        with writing.opened(out, title="Uji", at=datetime(2025, 5, 20, tzinfo=UTC), constant_memory=False) as each:
            each.add_worksheet("A").write_string(0, 0, "x" * 40_000)
        made.append(out.getvalue())

    assert made[0] == made[1]
    assert len(writing.text("x" * 40_000)) == writing.LONGEST
