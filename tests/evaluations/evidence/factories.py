"""Evidence in tests: attached by the real action, drawn by the real child."""

from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from evaluations.evidence import actions, tasks
from jobs.models import Job
from tests import factories
from tests.evaluations.evidence import good_files

ADDRESS = "10.1.2.3"


def answer_to(evaluation, code="1.1"):
    """One answer with what the actions look at."""
    return evaluation.answers.select_related("evaluation", "question").get(question__code=code)


def attach(evaluation, by, content=None, *, code="1.1", name="SK Gugus Tugas.pdf", at=factories.NOW):
    """A use of a document; without `content` it is a PDF of one page."""
    content = good_files.pdf() if content is None else content
    upload = ContentFile(content, name)
    return actions.attach_file(answer=answer_to(evaluation, code), upload=upload, by=by, at=at, address=ADDRESS)


def draw(evidence, first=1):
    """What the worker does, and that it is done."""
    tasks.draw_pages(evidence_id=evidence.pk, first=first)
    Job.objects.filter(kind="draw_pages", arguments__first=first).update(state=Job.State.DONE)
    evidence.refresh_from_db()
    return evidence


def on_disk():
    """Everything in the store, by name."""
    root = Path(default_storage.path(""))
    return sorted(str(each.relative_to(root)) for each in root.rglob("*") if each.is_file())
