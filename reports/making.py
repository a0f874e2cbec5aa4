"""From rows to a finished file: content, fingerprint, the engine of the format. Writes no row."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evaluations.models import Evaluation
from reports import csv_file, excel, matrix_printing, matrix_workbook, pdf, printing, storing
from reports.content import (
    BriefContent,
    LaporanContent,
    MatricesContent,
    build_brief,
    build_laporan,
    build_matrices,
)
from reports.fingerprints import fingerprint
from reports.letterheads import Masthead, masthead_of
from reports.models import Document

Progress = Callable[[int], object]
PAGES_BEFORE = 4  # pages a paper has whatever its content
QUESTIONS_PER_PAGE = 7
ROWS_PER_QUESTION = 3  # of a table, as heavy as one question of the report
READ, LAID_OUT, WRITTEN = 10, 90, 95  # percent


@dataclass(frozen=True, slots=True)
class Draft:
    """What a document would say now."""

    content: LaporanContent | BriefContent | MatricesContent
    masthead: Masthead
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file in its place and what it holds."""

    stored: storing.Stored
    fingerprint: str
    pages: int | None


def draft(evaluation: Evaluation, kind: str) -> Draft:
    """Read an evaluation (with region, province, cycle and instrument). Raises `content.NotSettled`."""
    content = _content(evaluation, kind)
    masthead = masthead_of(evaluation.region)
    return Draft(content, masthead, fingerprint(content, masthead))


def _content(evaluation: Evaluation, kind: str) -> LaporanContent | BriefContent | MatricesContent:
    if kind == Document.Kind.MATRICES:
        return build_matrices(evaluation)
    return build_brief(evaluation) if kind == Document.Kind.VISIT_BRIEF else build_laporan(evaluation)


def make(document: Document, *, progress: Progress) -> Made:
    """Make the file of what the rows say now. Raises `content.NotSettled` or `pdf.RenderFailed`."""
    current = draft(document.evaluation, document.kind)
    progress(READ)
    with storing.workbench(document) as path:
        pages = _write(document, current, path, progress)
        progress(WRITTEN)
        return Made(storing.keep(path, document, current.fingerprint), current.fingerprint, pages)


def _write(document: Document, current: Draft, path: Path, progress: Progress) -> int | None:
    issue = printing.Issue(document.number, document.issued_at, current.fingerprint)
    if document.format == Document.Format.PDF:
        return _print(current, issue, path, progress)
    if isinstance(current.content, MatricesContent):
        matrix_workbook.write(current.content, issue, path)
        return None
    if not isinstance(current.content, LaporanContent):
        raise TypeError("Only the report comes as a table.")
    write = excel.write if document.format == Document.Format.XLSX else csv_file.write
    write(current.content, issue, path)
    return None


def _print(current: Draft, issue: printing.Issue, path: Path, progress: Progress) -> int:
    content = current.content
    if isinstance(content, LaporanContent):
        form = printing.laporan(content, current.masthead, issue)
        weight = sum(len(each.questions) for each in content.clusters)
    elif isinstance(content, MatricesContent):
        form = matrix_printing.matrices(content, current.masthead, issue)
        weight = matrix_printing.weight(content) // ROWS_PER_QUESTION
    else:
        form = printing.brief(content, current.masthead, issue)
        weight = 2 * sum(len(each.tasks) for each in content.clusters)
    expected = PAGES_BEFORE + weight // QUESTIONS_PER_PAGE

    furthest = 0

    def on_page(page: int) -> None:  # the engine lays pages out anew when a page number changes its place
        nonlocal furthest
        furthest = max(furthest, min(page, expected))
        progress(READ + (LAID_OUT - READ) * furthest // expected)

    return pdf.render(form.html, form.css, path, on_page=on_page)
