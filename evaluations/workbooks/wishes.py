"""What one row of a workbook asks for, understood by the same rules as the page of a question.

A cell left empty asks for nothing: what stands in the portal stays. Emptying an answer is done in the portal.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from clusters import scales
from clusters.catalogue import Entry
from clusters.models import Option
from evaluations import claims
from evaluations.claims import Claim
from evaluations.fields import read_number
from evaluations.models import Answer
from evaluations.workbooks.shape import COLUMNS, FOLLOWS
from kla_portal.numbers import isian

LONGEST_NOTE = 4000
MOST = Decimal(10) ** 12
_DOTTED = re.compile(r"[0-9]{1,12}\.[0-9]{1,2}")
_CENT = Decimal("0.01")


class BadCell(ValueError):
    """A cell that cannot be taken; the text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A row of the answers: what its cells ask for (None: nothing), the version it was made from, and its faults."""

    line: int  # of the sheet, from 1
    question_id: int
    version: int
    option_id: int | None = None
    measure: Decimal | None = None
    before: Decimal | None = None
    note: str | None = None
    faults: tuple[str, ...] = ()
    remark: str = ""

    def packed(self) -> list[Any]:
        """As JSON keeps it."""
        return [
            self.line,
            self.question_id,
            self.version,
            self.option_id,
            None if self.measure is None else str(self.measure),
            None if self.before is None else str(self.before),
            self.note,
            list(self.faults),
            self.remark,
        ]


def unpacked(row: Sequence[Any]) -> Wish:
    """The wish that was packed."""
    line, question, version, option, measure, before, note, faults, remark = row
    measure, before = (None if each is None else Decimal(each) for each in (measure, before))
    return Wish(line, question, version, option, measure, before, note, tuple(faults), remark)


class Cell(NamedTuple):
    """One cell of an answer: its text, and whether it holds a number."""

    text: str
    is_number: bool


def wish_of(entry: Entry, line: int, version: int, cells: dict[str, Cell], name_of: Callable[[str], str]) -> Wish:
    """Understand a row; what cannot be taken becomes a fault with the cell's name, which `name_of` knows."""
    faults: list[str] = []
    found: dict[str, Any] = {}
    remarks: list[str] = []
    for field, cell in cells.items():
        if not cell.text or cell.text.isspace():
            continue
        try:
            read = _READERS[field](entry, cell)
            remarks.append(read.pop("remark", ""))
            found |= read
        except BadCell as bad:
            faults.append(f"{COLUMNS[field].heading} ({name_of(field)}): {bad}")
    said = " ".join(filter(None, remarks))
    wish = Wish(line, entry.question.pk, version, **found, faults=tuple(faults), remark=said)
    if not faults and wish.measure is not None and entry.question.option_follows_measure:
        try:
            claim_of(wish, entry, claims.EMPTY)
        except claims.NotAClaim as bad:
            return replace(wish, faults=(f"{COLUMNS['measure'].heading} ({name_of('measure')}): {bad}",))
    return wish


def claim_of(wish: Wish, entry: Entry, standing: Claim) -> Claim:
    """The claim that the wish makes of what stands. Raises `NotAClaim`, which `wish_of` has found already."""
    question = entry.question
    measure = standing.measure if wish.measure is None else wish.measure
    before = standing.measure_before if wish.before is None else wish.before
    if wish.measure is None and wish.option_id is None and wish.before is None:
        return standing
    if question.option_follows_measure:
        if wish.measure is None and wish.before is None:
            option = entry.option(wish.option_id)
            return claims.from_option(option) if option else standing
        return claims.from_measure(question, entry.options, measure, before if question.two_years else None)
    option = entry.option(standing.option_id if wish.option_id is None else wish.option_id)
    counted = measure if question.measure else None
    if option is not None:
        return claims.from_option(option, counted)
    return replace(standing, measure=counted)  # a figure typed before its option is chosen, or beside free points


def tidy(note: str) -> str:
    """A note as it is compared: pages send other line ends than spreadsheets."""
    return note.replace("\r\n", "\n").replace("\r", "\n").strip()


def labels(entry: Entry) -> list[Option]:
    """The options that can be chosen by hand; where a figure decides, only "no data" of two years."""
    if not entry.question.option_follows_measure:
        return list(entry.options)
    return [each for each in entry.options if entry.question.two_years and each.position == scales.Trend.NONE]


def _option(entry: Entry, cell: Cell) -> dict[str, Any]:
    wanted = _plain(cell.text)
    if wanted == _FOLLOWS and entry.question.option_follows_measure:
        return {}
    found = [each for each in labels(entry) if _plain(each.label) == wanted]
    if len(found) == 1:
        return {"option_id": found[0].pk}
    if entry.question.option_follows_measure:
        raise BadCell("jawaban pertanyaan ini mengikuti angka. Isi kolom Angka, kosongkan kolom Jawaban.")
    shown = cell.text.strip()[:60]
    raise BadCell(f"“{shown}” bukan pilihan pertanyaan ini. Pilih dari daftar di selnya.")


def _measure(entry: Entry, cell: Cell) -> dict[str, Any]:
    if not entry.question.measure:
        raise BadCell("pertanyaan ini tidak meminta angka. Kosongkan selnya.")
    return _figure(entry, cell, "measure")


def _before(entry: Entry, cell: Cell) -> dict[str, Any]:
    if not entry.question.two_years:
        raise BadCell("pertanyaan ini tidak meminta angka tahun sebelumnya. Kosongkan selnya.")
    return _figure(entry, cell, "before")


def _figure(entry: Entry, cell: Cell, field: str) -> dict[str, Any]:
    is_percentage = entry.question.measure == entry.question.Measure.PERCENTAGE
    number = read_figure(cell, is_percentage=is_percentage)
    exact = number.quantize(_CENT, ROUND_HALF_UP)
    if is_percentage and 0 < number <= 1 and "%" not in cell.text:
        return {field: exact, "remark": _share(number, exact)}
    if exact == number:
        return {field: exact}
    return {field: exact, "remark": f"{cell.text.strip()[:30]} dibulatkan menjadi {isian(exact)}."}


def _share(number: Decimal, exact: Decimal) -> str:
    """A percentage that was pasted as a value has lost its sign: 85% arrives as 0.85."""
    meant = isian((number * 100).quantize(_CENT, ROUND_HALF_UP))
    return f"{isian(exact)} dibaca sebagai {isian(exact)} persen. Bila maksudnya {meant} persen, tulis {meant}."


def read_figure(cell: Cell, *, is_percentage: bool) -> Decimal:
    """ "82,5", "82.5", "82,5%" and the number 82.5 alike; in a text "1.234" is a thousand, as people write it."""
    text = cell.text.strip()
    if is_percentage:
        text = text.removesuffix("%").rstrip()
    if cell.is_number:
        number = Decimal(text) if "%" not in text else None
    else:
        number = Decimal(text) if _DOTTED.fullmatch(text) else read_number(text)
    if number is None or not 0 <= number < MOST:
        raise BadCell(f"“{cell.text.strip()[:30]}” bukan angka biasa. Tulis misalnya 82,5.")
    return number


def _note(entry: Entry, cell: Cell) -> dict[str, Any]:
    note = tidy(cell.text)
    if len(note) > LONGEST_NOTE:
        raise BadCell(f"catatan lebih dari {LONGEST_NOTE} karakter. Ringkas, lalu unggah lagi.")
    return {"note": note}


@lru_cache(maxsize=4096)
def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()


_FOLLOWS = _plain(FOLLOWS)
_READERS: dict[str, Callable[[Entry, Cell], dict[str, Any]]] = {
    "option": _option, "measure": _measure, "before": _before, "note": _note,
}  # fmt: skip


def claim_in(answer: Any) -> Claim:
    """What an answer or one of its versions, as a plain row, claims."""
    return Claim(
        Answer.Kind(answer.kind), answer.option_id, answer.measure, answer.measure_before, answer.points, answer.reason
    )
