"""From rows to a finished file: content, fingerprint, the engine of the format. Writes no row."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports import pdf, storing, subjects
from reports.fingerprints import fingerprint
from reports.issues import Issue
from reports.letterheads import Masthead, masthead_of
from reports.models import Document
from reports.recipes import RECIPES
from reports.subjects import Subject
from reports.word import writing as word

Progress = Callable[[int], object]
READ, LAID_OUT, WRITTEN = 10, 90, 95  # percent


@dataclass(frozen=True, slots=True)
class Draft:
    """What a document would say now."""

    content: Any
    masthead: Masthead
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file in its place and what it holds."""

    stored: storing.Stored
    fingerprint: str
    pages: int | None
    form: str = ""  # the mark of the Word template it was poured into


def draft(subject: Subject, kind: str) -> Draft:
    """Read what a paper is about; evaluations with region, province, cycle, instrument. Raises `content.NotSettled`."""
    content = RECIPES[kind].read(subject)
    masthead = masthead_of(subject.house)
    return Draft(content, masthead, fingerprint(kind, content, masthead))


def make(document: Document, *, progress: Progress) -> Made:
    """Make the file of what the rows say now. Raises `NotSettled`, `RenderFailed`, `TemplateRefused`."""
    current = draft(subjects.of(document), document.kind)
    progress(READ)
    with storing.workbench(document) as path:
        pages, form = _write(document, current, path, progress)
        progress(WRITTEN)
        return Made(storing.keep(path, document, current.fingerprint), current.fingerprint, pages, form)


def _write(document: Document, current: Draft, path: Path, progress: Progress) -> tuple[int | None, str]:
    issue = Issue(document.number, document.issued_at, current.fingerprint, document.code)
    recipe = RECIPES[document.kind]
    if document.format == Document.Format.DOCX:
        house = subjects.of(document).house
        return None, word.write(document.kind, house, current.content, current.masthead, issue, path)
    if document.format != Document.Format.PDF:
        recipe.written[document.format](current.content, issue, path)
        return None, ""
    form = recipe.printed(current.content, current.masthead, issue)
    expected, furthest = recipe.pages(current.content), 0

    def on_page(page: int) -> None:  # the engine lays pages out anew when a page number changes its place
        nonlocal furthest
        furthest = max(furthest, min(page, expected))
        progress(READ + (LAID_OUT - READ) * furthest // expected)

    return pdf.render(form.html, form.css, path, on_page=on_page), ""
