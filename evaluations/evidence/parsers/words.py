"""What a document says, page by page and capped, and which of its pages say nothing at all."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from defusedxml import ElementTree

from evaluations.evidence.parsers import kinds, personal, previews
from evaluations.evidence.parsers.refusal import Refusal

MOST_LETTERS = 100_000  # of a document; a search needs no more, and PostgreSQL's index takes no more than a megabyte
MOST_PAGES = 200
MOST_LOOKED_AT = 40  # pages without text that are drawn to see whether they are empty
MOST_ROWS = 4000
FEW_LETTERS = 12  # a page number and a line of the scanner's is no text
GLANCE = 160  # pixels wide
DARK, LEAST_DARK = 190, 0.0015  # a page with less than this share of dark dots is nearly blank


def read(path: Path, media_type: str) -> dict[str, Any]:
    """The text with personal numbers covered, and what was counted on the way. Raises `Refusal`."""
    if media_type == kinds.PDF:
        pages, blank = _pdf(path)
    else:
        pages, blank = list(_word(path) if media_type == kinds.DOCX else _workbook(path)), []
    people = personal.found_in(pages)
    text = "\n".join(personal.covered(page) for page in pages)[:MOST_LETTERS]
    return {"text": text.replace("\x00", " "), "letters": sum(map(_letters, pages)), "blank": blank, **people}


def _letters(text: str) -> int:
    return sum(letter.isalnum() for letter in text)


def _pdf(path: Path) -> tuple[list[str], list[int]]:
    import pypdfium2  # an office file needs no PDF engine

    texts: list[str] = []
    blank: list[int] = []
    looked_at = room = 0
    try:
        document = pypdfium2.PdfDocument(path)
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            text = page.get_textpage().get_text_range() if room < MOST_LETTERS else ""
            room += len(text)
            texts.append(text)
            if _letters(text) < FEW_LETTERS and looked_at < MOST_LOOKED_AT:
                looked_at += 1
                blank += [number + 1] if _is_blank(page) else []
            page.close()
    except pypdfium2.PdfiumError:
        raise Refusal("broken") from None
    return texts, blank


def _is_blank(page: Any) -> bool:
    width, height = page.get_size()
    scale = GLANCE / max(width, height, 1)
    dots = page.render(scale=scale, grayscale=True).to_pil().histogram()
    return bool(sum(dots[:DARK]) < LEAST_DARK * sum(dots))


def _word(path: Path) -> Iterator[str]:
    """All paragraphs as one page: where pages break is known only to the program that prints."""
    paragraphs: list[str] = []
    letters = 0
    with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as part:
        for _, element in ElementTree.iterparse(part):
            if element.tag != previews.PARAGRAPH:
                continue
            paragraphs.append(previews.paragraph(element))
            letters += len(paragraphs[-1])
            element.clear()
            if letters > MOST_LETTERS:
                break
    yield "\n".join(paragraphs)


def _workbook(path: Path) -> Iterator[str]:
    """One page per sheet."""
    from python_calamine import CalamineWorkbook  # a word document needs no spreadsheet reader

    workbook = CalamineWorkbook.from_path(str(path))
    room = MOST_LETTERS
    for name in workbook.sheet_names[:20]:
        rows = workbook.get_sheet_by_name(name).iter_rows()
        lines = ["\t".join(_cell(cell) for cell in row[:60]) for row in islice(rows, MOST_ROWS)]
        page = f"{name}\n" + "\n".join(lines)
        yield page[:room]
        room -= len(page)
        if room <= 0:
            return


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**17:
        return f"{value:.0f}"  # a NIK that a spreadsheet keeps as a number shows all its digits
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return str(value)[: previews.CELL_LETTERS]
