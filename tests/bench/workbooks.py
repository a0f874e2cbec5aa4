"""Row 6: a full workbook of 274 filled rows read, previewed and confirmed, against openpyxl reading the same file."""

import io
import zipfile

import openpyxl
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from python_calamine import CalamineWorkbook

from clusters.catalogue import catalogue_of
from evaluations.models import Answer, AnswerVersion, Import
from evaluations.workbooks import actions, writing
from evaluations.workbooks.lines import lines_of
from evaluations.workbooks.shape import ANSWERS, COLUMNS, HEADING_ROW
from evaluations.workbooks.wishes import labels
from jobs.models import Job
from kla_portal import spreadsheets
from kla_portal.spreadsheets import archive
from tests.bench import timing
from tests.bench.table import Fact, Row, shown

COUNTED = "CPU app + database"
PLACES = {name: place for place, name in enumerate(COLUMNS, 1)}


def measure(case):
    """The row, and what the portal's own reading costs beside it."""
    content = filled(case.empty)
    before = dict.fromkeys(("ours",), lambda: _forget(case.empty))
    works = {
        "limit": lambda: _read_whole(content),
        "bare": lambda: _read_alone(content),
        "read": lambda: spreadsheets.read(io.BytesIO(content)),
        "ours": lambda: _imported(case, content),
    }
    cost = timing.in_turn(works, rounds=15, before=before)
    _forget(case.empty)
    count = timing.statements(works["ours"])
    written = AnswerVersion.objects.filter(answer__evaluation=case.empty).count()
    assert written == len(catalogue_of(case.empty.cycle.instrument).entries), written
    _forget(case.empty)
    row = Row(
        "import a full workbook: read, preview, confirm 274 answers", connection.vendor, COUNTED, cost["ours"].cpu,
        cost["limit"].cpu, 2, count, 40, "",
    )  # fmt: skip
    facts = {
        "reading that workbook without trust": cost["read"].cpu,
        "its bare values by the quickest reader, which shows no formula and no merged cell": cost["bare"].cpu,
    }
    return [row], [
        Fact(f"{what}, {connection.vendor}", f"{shown(cpu)} CPU, {cost['ours'].cpu / cpu:.1f}x of it the whole import")
        for what, cpu in facts.items()
    ]


def filled(evaluation):
    """A workbook in which every question is answered, with a note."""
    _forget(evaluation)
    made = io.BytesIO()
    writing.write(
        made, lines_of(evaluation, None), evaluation=evaluation, office=None, at=timezone.now(), closes_at=None
    )
    book = openpyxl.load_workbook(made)
    by_code = catalogue_of(evaluation.cycle.instrument).by_code
    for row in book[ANSWERS].iter_rows(min_row=HEADING_ROW + 2):
        entry = by_code.get(row[PLACES["key"] - 1].value)
        if entry is None:
            continue
        row[PLACES["note"] - 1].value = f"Catatan pertanyaan {entry.question.code}, dibuktikan dengan SK."
        if entry.question.two_years:
            row[PLACES["before"] - 1].value, row[PLACES["measure"] - 1].value = 40, 41.25
        elif entry.question.option_follows_measure:
            row[PLACES["measure"] - 1].value = 82.5
        else:
            row[PLACES["option"] - 1].value = labels(entry)[-1].label
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read_whole(content):
    """All sheets with what an answer may be refused for: formulas as formulas, merged cells, hidden rows."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [([[cell.value for cell in row] for row in sheet.iter_rows()], sheet.merged_cells.ranges) for sheet in book]


def _read_alone(content):
    """The zip inflated under its bounds and all sheets handed over by the quickest reader there is."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        archive.inflate(parts, archive.check_directory(parts), lambda name: None)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def _imported(case, content):
    now = timezone.now()
    found = actions.receive(evaluation=case.empty, upload=ContentFile(content, "b.xlsx"), by=case.saver, at=now)
    comparison = actions.compare_now(found, case.saver)
    return actions.confirm(found=found, seal=comparison.seal, portal_loses=(), by=case.saver, at=now)


def _forget(evaluation):
    """As if nothing had ever been answered."""
    Import.objects.filter(evaluation=evaluation).delete()
    AnswerVersion.objects.filter(answer__evaluation=evaluation).delete()
    Job.objects.filter(kind="settle", key=f"{evaluation.pk}:EM").delete()
    Answer.objects.filter(evaluation=evaluation).update(
        kind="", option=None, measure=None, measure_before=None, points=None, reason="", note="", version=0,
        saved_at=None, saved_by=None, confirmed_at=None, confirmed_by=None,
    )  # fmt: skip
