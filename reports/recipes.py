"""Which kinds of document there are, and of what each is made: how it is read, printed and laid out in tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reports import (
    csv_file,
    deed_printing,
    excel,
    matrix_printing,
    matrix_workbook,
    printing,
    province_printing,
    province_workbook,
    rakor_printing,
)
from reports.content import (
    build_anjuran,
    build_berita,
    build_brief,
    build_laporan,
    build_matrices,
    build_province,
    latest,
)
from reports.content.rakor import build_rakor
from reports.issues import Issue
from reports.letterheads import Masthead
from reports.models import Document
from reports.printing import PrintedForm
from reports.subjects import Subject

Kind, Format = Document.Kind, Document.Format
PAGES_BEFORE = 4  # pages a paper has whatever its content
QUESTIONS_PER_PAGE = 7
ROWS_PER_QUESTION = 3  # of a table, as heavy as one question of the report


@dataclass(frozen=True, slots=True)
class Recipe:
    """`read` raises `content.NotSettled`; `pages` guesses their number, for the progress people see."""

    read: Callable[[Subject], Any]
    printed: Callable[[Any, Masthead, Issue], PrintedForm]
    pages: Callable[[Any], int]
    written: Mapping[str, Callable[[Any, Issue, Path], None]] = field(default_factory=dict)
    is_of_province: bool = False
    is_always: bool = False  # can be made before any result is settled
    of_offices: bool = False  # comes for one office too
    is_word: bool = False  # comes as a Word file too, see `reports.word`

    @property
    def formats(self) -> tuple[str, ...]:
        """In which it comes, PDF first."""
        word = (Format.DOCX.value,) if self.is_word else ()
        return (Format.PDF.value, *self.written, *word)


def _pages(questions: int) -> int:
    return PAGES_BEFORE + questions // QUESTIONS_PER_PAGE


RECIPES: dict[str, Recipe] = {
    Kind.VERIFICATION: Recipe(
        read=lambda subject: build_laporan(subject.case, latest(subject.case)),
        printed=printing.laporan,
        pages=lambda content: _pages(sum(len(each.questions) for each in content.clusters)),
        written={Format.XLSX.value: excel.write, Format.CSV.value: csv_file.write},
    ),
    Kind.VISIT_BRIEF: Recipe(
        read=lambda subject: build_brief(subject.case),
        printed=printing.brief,
        pages=lambda content: _pages(2 * sum(len(each.tasks) for each in content.clusters)),
    ),
    Kind.MATRICES: Recipe(
        read=lambda subject: build_matrices(subject.case),
        printed=matrix_printing.matrices,
        pages=lambda content: _pages(matrix_printing.weight(content) // ROWS_PER_QUESTION),
        written={Format.XLSX.value: matrix_workbook.write},
        is_always=True,
    ),
    Kind.MINUTES: Recipe(
        read=lambda subject: build_berita(subject.case, latest(subject.case)),
        printed=deed_printing.berita,
        pages=lambda content: _pages(sum(len(each.lines) for each in content.notes) // 2),
        is_word=True,
    ),
    Kind.ADVICE: Recipe(
        read=lambda subject: build_anjuran(subject.case, subject.office, latest(subject.case)),
        printed=deed_printing.anjuran,
        pages=lambda content: sum(1 + len(each.tasks) // QUESTIONS_PER_PAGE for each in content.sheets) or 1,
        of_offices=True,
        is_word=True,
    ),
    Kind.WORKING_PAPER: Recipe(
        read=lambda subject: build_rakor(subject.case),
        printed=rakor_printing.rakor,
        pages=lambda content: _pages(len(content.paper.rows)),
        written={Format.XLSX.value: rakor_printing.write},
    ),
    Kind.PROVINCE_RECAP: Recipe(
        read=lambda subject: build_province(*subject.whole),
        printed=province_printing.recap,
        pages=lambda content: 2,
        written={Format.XLSX.value: province_workbook.write},
        is_of_province=True,
    ),
    Kind.LETTER: Recipe(
        read=lambda subject: build_province(*subject.whole),
        printed=province_printing.letter,
        pages=lambda content: 2,
        is_word=True,
        is_of_province=True,
    ),
}


def of_cases() -> list[str]:
    """Kinds about one evaluation."""
    return [kind for kind, recipe in RECIPES.items() if not recipe.is_of_province]


def of_provinces() -> list[str]:
    """Kinds about a province in a cycle."""
    return [kind for kind, recipe in RECIPES.items() if recipe.is_of_province]


def suits(kind: str, format: str, subject: Subject) -> bool:
    """Whether there is such a paper about such a subject."""
    recipe = RECIPES.get(kind)
    if recipe is None or format not in recipe.formats or recipe.is_of_province != (subject.evaluation is None):
        return False
    return subject.office is None or recipe.of_offices
