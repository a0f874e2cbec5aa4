"""Row 5: a report's whole job against WeasyPrint alone on the finished HTML."""

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from django.db import connection
from django.utils import timezone

from reports import actions, making, printing, subjects, tasks
from reports.issues import Issue
from reports.models import Document
from tests.bench import settling
from tests.bench.table import Fact, Row

ROUNDS = 3
MOST_MB = 400
ENGINE = """
import sys
from pathlib import Path
from weasyprint import CSS, HTML
folder = Path(sys.argv[1])
sheet = CSS(string=(folder / "sheet.css").read_text())
HTML(string=(folder / "page.html").read_text()).write_pdf(folder / "a.pdf", stylesheets=[sheet], pdf_variant="pdf/a-3a")
"""


def measure(world):
    """CPU of the job with everything it starts, in turn with the engine in a fresh process."""
    ours, limit = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            document = _asked(world)
            ours.append(_seconds(lambda pk=document.pk: tasks.render(document_id=pk, by_id=world.operator.pk)))
            document.refresh_from_db()
            _finished_html(world, document, Path(folder))
            limit.append(_seconds(lambda: subprocess.run([sys.executable, "-c", ENGINE, folder], check=True)))
    work = f"report of {document.page_count} pages, the whole job"
    row = Row(work, connection.vendor, "CPU worker + engine", statistics.median(ours), statistics.median(limit), 1.15)
    peak = _peak_mb(_asked(world), world.operator)
    fact = Fact(
        "peak memory of a report, worker and engine together", f"{peak} MB (at most {MOST_MB})", peak <= MOST_MB
    )
    return [row], [fact]


def _peak_mb(document, by):
    """Once more in a process of its own, as small as a worker: what it and the engine it starts take together."""
    program = "import django; django.setup(); from tests.bench import paper; paper.render_and_tell(*{})"
    command = [sys.executable, "-c", program.format([document.pk, by.pk])]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def render_and_tell(document_pk, by_pk):
    """Make the document and print the two peaks' sum in MB."""
    tasks.render(document_id=document_pk, by_id=by_pk)
    engine = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print((settling.peak_kb() + engine) // 1024)


def _asked(world):
    """A fresh document: the one of the round before is forgotten, or its file would simply be returned."""
    Document.objects.filter(evaluation=world.judged).delete()
    return actions.request_document(
        evaluation=world.judged, kind=Document.Kind.VERIFICATION, format=Document.Format.PDF, by=world.operator,
        at=timezone.now(),
    )  # fmt: skip


def _finished_html(world, document, folder):
    draft = making.draft(subjects.of(document), document.kind)
    issue = Issue(document.number, document.issued_at, draft.fingerprint, document.code)
    form = printing.laporan(draft.content, draft.masthead, issue)
    (folder / "page.html").write_text(form.html)
    (folder / "sheet.css").write_text(form.css)


def _seconds(work):
    """CPU of this process and of the children that ended meanwhile."""
    began = _spent()
    work()
    return _spent() - began


def _spent():
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
