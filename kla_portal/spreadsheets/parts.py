"""The XML parts of a workbook, looked at in passing: where cells lie, which hold formulas, which show percentages.

Everything here is a bound for the reader behind it, which lays a sheet out from its first cell to its last: two cells
in far corners would cost it all memory. A document type is refused, for office programs never write one.
"""

import posixpath
import re
from abc import ABC, abstractmethod
from functools import lru_cache
from itertools import product
from string import ascii_uppercase
from typing import Any, NoReturn
from xml.parsers import expat

from kla_portal.spreadsheets.refusal import SpreadsheetRefused

MOST_LETTERS = 60_000_000  # of all cells together, if each were as long as the longest
_DIGITS = "0123456789"
_LITERAL = re.compile(r'"[^"]*"|[\\_*].')  # of a number format: signs shown as they are; only a bare % multiplies
_PAIRS = product(ascii_uppercase, repeat=2)


class Part(ABC):
    """A part that is parsed as its bytes come in."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def take(self, chunk: bytes) -> None:
        """The next bytes. Raises `SpreadsheetRefused`."""
        try:
            self._parser.Parse(chunk, False)
        except expat.ExpatError:
            raise SpreadsheetRefused("broken") from None

    @abstractmethod
    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""


class Names(Part):
    """`xl/workbook.xml`: the sheets by name, each with the key of its part."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[str, str] = {}

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet":
            key = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
            self.keys[attributes.get("name", "")] = key


class Targets(Part):
    """`xl/_rels/workbook.xml.rels`: the parts by key."""

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, str] = {}

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship":
            target = attributes.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            self.places[attributes.get("Id", "")] = place.casefold()


class Styles(Part):
    """`xl/styles.xml`: the numbers of the styles that show a percentage."""

    def __init__(self) -> None:
        super().__init__()
        self.percent: set[str] = set()
        self._formats = {"9", "10"}
        self._in_cells = False
        self._next = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = local(tag)
        if kind == "numFmt" and "%" in _LITERAL.sub("", attributes.get("formatCode", "")):
            self._formats.add(attributes.get("numFmtId", ""))
        elif kind == "cellXfs":
            self._in_cells = True
        elif kind in ("cellStyles", "dxfs"):
            self._in_cells = False
        elif kind == "xf" and self._in_cells:
            if attributes.get("numFmtId") in self._formats:
                self.percent.add(str(self._next))
            self._next += 1


class Strings(Part):
    """`xl/sharedStrings.xml`: how long its longest text is."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = self._length = 0
        self._parser.CharacterDataHandler = self._text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "si":
            self._length = 0

    def _text(self, text: str) -> None:
        self._length += len(text)
        self.longest = max(self.longest, self._length)


class Cells(Part):
    """`xl/worksheets/sheetN.xml`: cells that hold something, none beyond the bounds."""

    def __init__(self, most_rows: int, most_columns: int) -> None:
        super().__init__()
        self.formulas: set[tuple[int, int]] = set()
        self.errors: set[tuple[int, int]] = set()
        self.styled: dict[str, list[tuple[int, int]]] = {}  # numbers, by their style
        self.shared = 0  # cells that take their text from the table of texts
        self.overflow = ""  # the bound that is broken; who knows the sheet's name says so
        self._most_rows, self._most_columns = most_rows, most_columns
        self._row = self._column = -1
        self._number, self._width = "0", 1  # of the row, as it is written; its length
        self._cell: dict[str, str] = {}

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = _KINDS.get(tag) or local(tag)
        if kind == "c":  # ten thousand of these in a full workbook: nothing is called here that need not be
            self._cell = attributes
            reference = attributes.get("r", "")
            column = _COLUMNS.get(reference[: -self._width])
            if column is not None and reference.endswith(self._number):
                self._column = column
            else:
                self._move(reference)
        elif kind == "v" or kind == "is" or kind == "f":  # noqa: PLR1714  # a set costs twice the time
            if self._row >= self._most_rows or self._column >= self._most_columns:
                self._overflow()
            if kind == "f":
                self.formulas.add((self._row, self._column))
            elif self._cell.get("t", "n") != "n":
                self._typed(self._cell["t"])
            elif "s" in self._cell:
                self.styled.setdefault(self._cell["s"], []).append((self._row, self._column))
        elif kind == "row":
            number = attributes.get("r", "")
            self._at(int(number) - 1 if number.isdecimal() else self._row + 1, -1)
        elif kind == "ddeLink":
            raise SpreadsheetRefused("elsewhere")

    def _move(self, reference: str) -> None:
        """To a cell that is not simply one of the row we are in."""
        self._at(*(place_of(reference) if reference else (self._row, self._column + 1)))

    def _at(self, row: int, column: int) -> None:
        self._row, self._column = row, column
        self._number = str(row + 1)
        self._width = len(self._number)

    def _typed(self, kind: str) -> None:
        if kind == "s":
            self.shared += 1
        elif kind == "e":
            self.errors.add((self._row, self._column))

    def _overflow(self) -> NoReturn:
        self.overflow = "rows" if self._row >= self._most_rows else "columns"
        raise Overflow


class Overflow(Exception):
    """A sheet reaches beyond its bounds."""


def place_of(reference: str) -> tuple[int, int]:
    """ "C5" -> (4, 2). Raises `SpreadsheetRefused` for what names no cell."""
    letters = reference.rstrip(_DIGITS)
    try:
        return int(reference[len(letters) :]) - 1, column_of(letters)
    except ValueError:
        raise SpreadsheetRefused("broken") from None


def column_of(letters: str) -> int:
    """ "A" -> 0, "AA" -> 26; `ValueError` for anything else."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


_COLUMNS = {letters: column_of(letters) for letters in map("".join, (*product(ascii_uppercase), *_PAIRS))}


_KINDS = {kind: kind for kind in ("c", "v", "is", "f", "row", "t")}


@lru_cache(maxsize=1024)
def local(tag: str) -> str:
    """The tag's name without its prefix."""
    return tag.rpartition(":")[2]


def _refuse_doctype(*_: Any) -> NoReturn:
    raise SpreadsheetRefused("broken")
