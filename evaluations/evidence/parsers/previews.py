"""A first look into docx and xlsx: plain text and cells, capped; never the layout, never a formula that runs."""

import zipfile
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from defusedxml import ElementTree

MOST_ROWS, MOST_COLUMNS = 50, 12
MOST_PARAGRAPHS, MOST_LETTERS = 150, 20_000
CELL_LETTERS = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH = f"{_W}p"


def table(path: Path) -> dict[str, Any]:
    """First rows and columns of the first sheet of a workbook, as text."""
    from python_calamine import CalamineWorkbook  # a word document needs no spreadsheet reader

    workbook = CalamineWorkbook.from_path(str(path))
    if not workbook.sheet_names:
        return {"kind": "table", "sheet": "", "rows": [], "more": False, "sheets": 0}
    sheet = workbook.get_sheet_by_index(0)
    rows = [[_cell(value) for value in row[:MOST_COLUMNS]] for row in islice(sheet.iter_rows(), MOST_ROWS)]
    more = sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS
    name = workbook.sheet_names[0][:CELL_LETTERS]
    return {"kind": "table", "sheet": name, "rows": rows, "more": more, "sheets": len(workbook.sheet_names)}


def text(path: Path) -> dict[str, Any]:
    """First paragraphs of a word document."""
    paragraphs: list[str] = []
    letters = 0
    more = False
    with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as part:
        for _, element in ElementTree.iterparse(part):
            if element.tag != PARAGRAPH:
                continue
            paragraph_text = paragraph(element)
            element.clear()
            if not paragraph_text:
                continue
            if len(paragraphs) >= MOST_PARAGRAPHS or letters + len(paragraph_text) > MOST_LETTERS:
                more = True
                break
            paragraphs.append(paragraph_text)
            letters += len(paragraph_text)
    return {"kind": "text", "paragraphs": paragraphs, "more": more}


def paragraph(element: Any) -> str:
    """The plain text of one paragraph."""
    pieces = []
    for each in element.iter():
        if each.tag == f"{_W}t":
            pieces.append(each.text or "")
        elif each.tag in (f"{_W}tab", f"{_W}br"):
            pieces.append(" ")
    return "".join(pieces).strip()[:MOST_LETTERS]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 10**15
        return str(int(value)) if whole else f"{value:.6g}".replace(".", ",")
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return str(value)[:CELL_LETTERS]
