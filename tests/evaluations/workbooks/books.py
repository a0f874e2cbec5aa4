"""Workbooks in tests: made by the portal, changed as a person would change them, handed in again."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.models import Answer, AnswerVersion
from evaluations.workbooks import actions, writing
from evaluations.workbooks.lines import lines_of
from evaluations.workbooks.shape import ANSWERS, COLUMNS, HEADING_ROW, KEY
from tests.evaluations.queries import statements
from tests.factories import NOW

PLACES = {name: place for place, name in enumerate(COLUMNS, 1)}


def made(evaluation, office=None, *, at=NOW):
    """The bytes of a workbook as it is downloaded."""
    out = io.BytesIO()
    writing.write(out, lines_of(evaluation, office), evaluation=evaluation, office=office, at=at, closes_at=None)
    return out.getvalue()


class Book:
    """A workbook in a person's hands."""

    def __init__(self, content):
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet, self.key = self.book[ANSWERS], self.book[KEY]

    def row(self, code):
        """The row of a question."""
        column = PLACES["key"]
        return next(row for row in range(HEADING_ROW + 2, 999) if self.sheet.cell(row, column).value == code)

    def cell(self, code, name):
        """A cell of a question."""
        return self.sheet.cell(self.row(code), PLACES[name])

    def fill(self, code, /, **cells):
        """Type into the cells of a question."""
        for name, value in cells.items():
            self.cell(code, name).value = value
        return self

    def say(self, word, value):
        """Change what the hidden sheet says."""
        for row in self.key.iter_rows():
            if row[0].value == word:
                row[1].value = value
        return self

    @property
    def bytes(self):
        """As it is saved."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def upload(content, name="Buku kerja.xlsx"):
    """As it arrives."""
    return SimpleUploadedFile(name, content)


def received(evaluation, book, by, *, at=NOW):
    """The preview of a workbook or its bytes, and what it would do."""
    content = book if isinstance(book, bytes) else book.bytes
    found = actions.receive(evaluation=evaluation, upload=upload(content), by=by, at=at)
    return found, actions.compare_now(found, by)


def kinds(comparison):
    """What becomes of each question's row."""
    return {row.entry.question.code: row.kind.value for row in comparison.rows}


def confirmed(found, comparison, by, *, wins=(), at=NOW):
    """The preview applied; `wins` are questions in whose conflicts the workbook wins."""
    chosen = {row.wish.question_id for row in comparison.rows if row.entry.question.code in wins}
    return actions.confirm(found=found, seal=comparison.seal, portal_loses=chosen, by=by, at=at)


def claims(evaluation):
    """What stands: code -> (points, measure before, measure, note, version)."""
    fields = ("question__code", "points", "measure_before", "measure", "note", "version")
    rows = Answer.objects.filter(evaluation=evaluation).order_by("question__position").values_list(*fields)
    return {code: tuple(rest) for code, *rest in rows}


def history(evaluation):
    """How many versions were kept."""
    return AnswerVersion.objects.filter(answer__evaluation=evaluation).count()


def asks(work):
    """How many statements a work sends."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(statements(captured))
