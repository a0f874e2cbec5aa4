"""Cells as people type them: one spelling is stored, everything else is told apart by a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.matrices import Column, Kind
from clusters.matrix_cells import (
    BROKEN_FORMULA,
    NO_DATE,
    NO_NUMBER,
    NO_YEAR,
    REQUIRED,
    TOO_LONG,
    UNSEEN,
    Cell,
    read_cell,
    show_value,
)

TEXT, NUMBER, YEAR, DATE = (Column(kind.value, kind.value, kind) for kind in (Kind.TEXT, Kind.NUMBER, Kind.YEAR, Kind.DATE))  # noqa: E501  # fmt: skip
CHOICE = Column("c", "C", Kind.CHOICE, choices=("Laki-laki", "Perempuan"))


@pytest.mark.parametrize(
    ("column", "typed", "shown", "value"),
    [
        (TEXT, "  Dinas Sosial ", "Dinas Sosial", "Dinas Sosial"),
        (TEXT, "satu\r\ndua", "satu\ndua", "satu\ndua"),
        (TEXT, "=1+1", "=1+1", "=1+1"),
        (TEXT, "a" * 500, "a" * 500, "a" * 500),
        (NUMBER, "1234", "1.234", "1234"),
        (NUMBER, "1.234,50", "1.234,5", "1234.5"),
        (NUMBER, "Rp 1.250.000.000", "1.250.000.000", "1250000000"),
        (NUMBER, "82,5 %", "82,5", "82.5"),
        (NUMBER, "007", "7", "7"),
        (NUMBER, "0", "0", "0"),
        (YEAR, "2024", "2024", "2024"),
        (DATE, "5-1-2024", "05-01-2024", "2024-01-05"),
        (DATE, "05/01/2024", "05-01-2024", "2024-01-05"),
        (DATE, "2024-01-05", "05-01-2024", "2024-01-05"),
        (DATE, "5 Agustus 2024", "05-08-2024", "2024-08-05"),
        (CHOICE, "perempuan", "Perempuan", "Perempuan"),
        (CHOICE, "", "", ""),
    ],
)
def test_cell_is_stored_in_one_spelling(column, typed, shown, value):
    assert read_cell(column, typed) == Cell(shown, value)
    assert show_value(column, value) == shown


@pytest.mark.parametrize(
    ("column", "typed", "fault"),
    [
        (NUMBER, "12.5", NO_NUMBER),
        (NUMBER, "1.23", NO_NUMBER),
        (NUMBER, "1,234,567", NO_NUMBER),
        (NUMBER, "-3", NO_NUMBER),
        (NUMBER, "1e5", NO_NUMBER),
        (NUMBER, "tiga", NO_NUMBER),
        (NUMBER, "٣", NO_NUMBER),
        (NUMBER, "1" * 16, NO_NUMBER),
        (YEAR, "24", NO_YEAR),
        (YEAR, "1899", NO_YEAR),
        (YEAR, "２０２４", NO_YEAR),
        (YEAR, "2.024", NO_YEAR),
        (DATE, "31-02-2024", NO_DATE),
        (DATE, "5-1-24", NO_DATE),
        (DATE, "1-13-2024", NO_DATE),
        (DATE, "5 Foo 2024", NO_DATE),
        (DATE, "1-1-0001", NO_DATE),
        (CHOICE, "pria", "Pilih salah satu: Laki-laki, Perempuan."),
        (NUMBER, "#GALAT", BROKEN_FORMULA),
        (TEXT, "a" * 501, TOO_LONG),
    ],
)
def test_what_cannot_be_read_stays_as_typed_and_is_told(column, typed, fault):
    assert read_cell(column, typed) == Cell(typed, fault=fault)


@pytest.mark.parametrize("typed", ["a\0b", "\0", "a\x07", "a\ud800", "\x7f"])
def test_unseen_characters_are_refused_and_can_be_shown(typed):
    cell = read_cell(TEXT, typed)

    assert (cell.fault, cell.value) == (UNSEEN, "")
    cell.text.encode()


def test_required_cell_is_missed():
    assert read_cell(Column("a", "A", required=True), "  ") == Cell("", fault=REQUIRED)


@given(st.sampled_from([TEXT, NUMBER, YEAR, DATE, CHOICE]), st.text(max_size=40))
def test_any_text_is_read_or_told_and_what_is_shown_reads_the_same(column, typed):
    cell = read_cell(column, typed)

    assert bool(cell.value) != bool(cell.fault) or cell == Cell("")
    if cell.value:
        assert read_cell(column, cell.text) == cell
