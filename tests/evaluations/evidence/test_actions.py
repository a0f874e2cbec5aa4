"""Attaching, linking, reusing, taking away, replacing: what is stored, what is written down, what is refused."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import AuditEvent
from evaluations.actions import AlreadySubmitted, submit
from evaluations.evidence import actions, tasks
from evaluations.evidence.sentences import EvidenceRefused
from evaluations.models import Evidence, EvidencePage, EvidenceUse
from evaluations.windows import WindowClosed
from jobs.models import Job
from tests import factories
from tests.evaluations.evidence import good_files

NOW = factories.NOW
LATER = NOW + timedelta(minutes=5)
pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation():
    return factories.make_evaluation()


@pytest.fixture
def operator(evaluation):
    return factories.make_user("OPERATOR", region=evaluation.region)


def answer_to(evaluation, code="1.1"):
    return evaluation.answers.select_related("evaluation", "question").get(question__code=code)


def attach(answer, by, content=None, name="SK Gugus Tugas.pdf", at=NOW):
    content = good_files.pdf() if content is None else content
    return actions.attach_file(answer=answer, upload=ContentFile(content, name), by=by, at=at, address="10.1.2.3")


def on_disk():
    root = Path(default_storage.path(""))
    return sorted(str(each.relative_to(root)) for each in root.rglob("*") if each.is_file())


def test_attach_file_stores_by_fingerprint_and_writes_everything_down(evaluation, operator):
    content = good_files.pdf(3)
    sha = hashlib.sha256(content).hexdigest()

    use = attach(answer_to(evaluation), operator, content, "../../SK Gugus\u202e Tugas.pdf")

    evidence = use.evidence
    assert (evidence.title, evidence.file_name, evidence.media_type) == (
        "SK Gugus Tugas", "SK Gugus Tugas.pdf", "application/pdf",
    )  # fmt: skip
    assert (evidence.stored_as, evidence.sha256, evidence.size, evidence.page_count, evidence.state) == (
        f"evidence/{sha[:2]}/{sha}", sha, len(content), 3, "PENDING",
    )  # fmt: skip
    stored = Path(default_storage.path(evidence.stored_as))
    assert (stored.read_bytes(), stored.stat().st_mode & 0o777) == (content, 0o640)
    event = AuditEvent.objects.get(action="evidence.attached")
    assert (event.subject, event.by, event.at, event.details["sha256"], event.details["address"]) == (
        f"evidence:{evidence.pk}", operator, NOW, sha, "10.1.2.3",
    )  # fmt: skip
    job = Job.objects.get(kind="draw_pages")
    assert (job.key, job.queue, job.arguments) == (str(evidence.pk), "scan", {"evidence_id": evidence.pk, "first": 1})
