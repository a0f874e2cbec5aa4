"""Workbooks that leave the portal: text stays text, equal content gives equal bytes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter

LONGEST = 32_767  # characters a cell can hold
FONT = {"font_name": "Liberation Sans", "font_size": 10, "valign": "top"}
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def opened(
    target: "Path | IO[bytes]", *, title: str, at: datetime, constant_memory: bool = True, comments: str = ""
) -> Iterator[Any]:
    """An XlsxWriter workbook, written to `target` at the end of the block.

    With `constant_memory` rows must be written from top to bottom; without it they may be written in any order.
    """
    options = {**_OPTIONS, "constant_memory": constant_memory, "in_memory": not constant_memory}
    book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options)
    book.set_properties({"title": title, "comments": comments, "created": at.astimezone(UTC).replace(tzinfo=None)})
    yield book
    book.close()


def text(value: str) -> str:
    """What every cell can hold: no signs that XML forbids, not longer than a cell."""
    clean = _UNWRITABLE.sub("", value)
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 1]}…"


def harmless(value: str) -> str:
    """A word for a CSV file: what a spreadsheet would run gets an apostrophe in front."""
    return f"'{value}" if value.startswith(_RUNS) else value
