"""Attaching, linking, reusing, taking away, replacing: what is stored, what is written down, what is refused."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import AuditEvent
from evaluations.actions import AlreadySubmitted, submit
from evaluations.evidence import actions
from evaluations.evidence.sentences import EvidenceRefused
from evaluations.models import Evidence, EvidenceUse
from evaluations.windows import WindowClosed
from jobs.models import Job
from tests import factories
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.factories import ADDRESS, answer_to, attach, on_disk

NOW = factories.NOW
LATER = NOW + timedelta(minutes=5)
CLOSES = NOW + timedelta(days=30)
URL = "https://kla.go.id/sk.pdf"
pytestmark = pytest.mark.django_db


def act_all(evaluation, by, use, at):
    """Every act on evidence, as calls."""
    answer, other = answer_to(evaluation), answer_to(evaluation, "1.2")
    who = {"by": by, "at": at}
    return {
        "file": lambda: actions.attach_file(answer=answer, upload=ContentFile(good_files.pdf(2), "b.pdf"), **who),
        "link": lambda: actions.attach_link(answer=answer, url=URL, title="SK", **who),
        "existing": lambda: actions.attach_existing(evidence=[use.evidence], answer=other, **who),
        "detach": lambda: actions.detach(use=use, **who),
        "replace": lambda: actions.replace(
            evidence=use.evidence, upload=ContentFile(good_files.pdf(2), "b.pdf"), answers=[answer.pk], **who
        ),
    }


ACTS = ["file", "link", "existing", "detach", "replace"]


def test_attach_file_stores_by_fingerprint_and_writes_everything_down(evaluation, operator):
    content = good_files.pdf(3)
    sha = hashlib.sha256(content).hexdigest()

    evidence = attach(evaluation, operator, content, name="../../SK Gugus\u202e Tugas.pdf").evidence

    told = (evidence.title, evidence.file_name, evidence.media_type, evidence.page_count, evidence.state)
    assert told == ("SK Gugus Tugas", "SK Gugus Tugas.pdf", "application/pdf", 3, "PENDING")
    assert (evidence.stored_as, evidence.sha256, evidence.size) == (f"evidence/{sha[:2]}/{sha}", sha, len(content))
    stored = Path(default_storage.path(evidence.stored_as))
    assert (stored.read_bytes(), stored.stat().st_mode & 0o777) == (content, 0o640)
    assert on_disk() == [evidence.stored_as]
    event = AuditEvent.objects.get(action="evidence.attached")
    told = (event.subject, event.by, event.at, event.details["sha256"], event.details["address"])
    assert told == (f"evidence:{evidence.pk}", operator, NOW, sha, ADDRESS)
    job = Job.objects.get(kind="draw_pages")
    assert (job.key, job.queue, job.arguments) == (str(evidence.pk), "scan", {"evidence_id": evidence.pk, "first": 1})


def test_attach_file_links_a_known_file_instead_of_doubling_it(evaluation, operator):
    first = attach(evaluation, operator)
    again = attach(evaluation, operator, name="nama lain.pdf", at=LATER)
    other = attach(evaluation, operator, code="1.2", at=LATER)

    assert again == first
    assert (other.evidence, other.evidence.title) == (first.evidence, "SK Gugus Tugas")
    assert (Evidence.objects.count(), EvidenceUse.objects.count()) == (1, 2)
    assert AuditEvent.objects.filter(action="evidence.attached").count() == 2


def test_attach_file_brings_a_lost_file_back(evaluation, operator):
    evidence = attach(evaluation, operator).evidence
    Path(default_storage.path(evidence.stored_as)).unlink()

    attach(evaluation, operator, at=LATER)

    assert on_disk() == [evidence.stored_as]


def test_two_evaluations_share_the_bytes_but_not_the_row(evaluation, operator):
    cycle = factories.make_cycle(evaluation.cycle.instrument, code="2025")
    other = factories.make_evaluation(factories.make_region("63.01", "Kabupaten Tanah Laut"), cycle)

    here = attach(evaluation, operator).evidence
    there = attach(other, factories.make_user("OPERATOR", region=other.region)).evidence

    assert here != there
    assert on_disk() == [here.stored_as] == [there.stored_as]


def test_attach_file_of_staff_belongs_to_their_office(evaluation):
    office = factories.make_office(evaluation.region, "dinkes")
    use = attach(evaluation, factories.make_user("STAFF", office=office))

    assert use.evidence.office == office


def rows():
    return on_disk(), list(Evidence.objects.values()), list(EvidenceUse.objects.values()), AuditEvent.objects.count()


def refused_by(error, calls):
    """Names of the acts that raise this error."""
    found = []
    for name, call in calls.items():
        try:
            call()
        except error:
            found.append(name)
    return found


def test_evidence_changes_until_the_second_the_window_closes(evaluation, operator):
    use = attach(evaluation, operator)
    before = rows()

    for late in (CLOSES, CLOSES + timedelta(seconds=1)):
        assert refused_by(WindowClosed, act_all(evaluation, operator, use, late)) == ACTS
    assert rows() == before

    assert refused_by(WindowClosed, act_all(evaluation, operator, use, CLOSES - timedelta(seconds=1))) == []


def test_evidence_of_a_sent_evaluation_is_locked(evaluation, operator):
    use = attach(evaluation, operator)
    calls = act_all(evaluation, operator, use, LATER)  # with rows read before it was sent
    submit(evaluation=evaluation, by=operator, at=NOW)
    before = rows()

    assert refused_by(AlreadySubmitted, calls) == ACTS
    assert rows() == before


def test_attach_link_stores_the_plain_address_once(evaluation, operator):
    answer = answer_to(evaluation)
    for _ in range(2):
        use = actions.attach_link(answer=answer, url=f" {URL}", title=" SK  Bupati ", by=operator, at=NOW)

    row = Evidence.objects.get()
    assert (row.kind, row.url, row.title, row.state, row.size) == ("LINK", URL, "SK Bupati", "READY", 0)
    assert EvidenceUse.objects.get() == use
    assert not Job.objects.exists()


def test_attach_existing_refuses_a_document_of_another_evaluation(evaluation, operator):
    cycle = factories.make_cycle(evaluation.cycle.instrument, code="2025")
    other = factories.make_evaluation(evaluation.region, cycle)
    foreign = attach(other, operator).evidence

    with pytest.raises(EvidenceRefused):
        actions.attach_existing(evidence=[foreign], answer=answer_to(evaluation), by=operator, at=NOW)

    assert not EvidenceUse.objects.filter(answer__evaluation=evaluation).exists()


def test_detach_keeps_row_and_file_and_can_be_undone(evaluation, operator):
    use = attach(evaluation, operator)

    for _ in range(2):  # a double click
        actions.detach(use=use, by=operator, at=LATER, address=ADDRESS)
    again = actions.attach_existing(evidence=[use.evidence], answer=use.answer, by=operator, at=LATER)

    use.refresh_from_db()
    assert (use.removed_at, use.removed_by) == (LATER, operator)
    assert (again[0].removed_at, again[0].pk != use.pk) == (None, True)
    assert on_disk() == [use.evidence.stored_as]
    assert AuditEvent.objects.filter(action="evidence.detached").count() == 1


def test_replace_moves_the_answers_named_and_keeps_the_old_file(evaluation, operator):
    use = attach(evaluation, operator)
    actions.attach_existing(evidence=[use.evidence], answer=answer_to(evaluation, "2.1"), by=operator, at=NOW)

    upload = ContentFile(good_files.pdf(2), "SK perbaikan.pdf")
    fresh = actions.replace(evidence=use.evidence, upload=upload, answers=[use.answer_id], by=operator, at=LATER)

    assert (fresh.replaces, fresh.title, fresh.page_count) == (use.evidence, "SK Gugus Tugas", 2)
    current = EvidenceUse.objects.filter(removed_at=None).order_by("answer__question__position")
    assert [(each.evidence, each.answer.question.code) for each in current] == [(fresh, "1.1"), (use.evidence, "2.1")]
    assert on_disk() == sorted([use.evidence.stored_as, fresh.stored_as])
    assert AuditEvent.objects.get(action="evidence.replaced").details["by_evidence"] == fresh.pk


def test_replace_by_the_same_bytes_is_refused(evaluation, operator):
    use = attach(evaluation, operator)

    upload = ContentFile(good_files.pdf(), "x.pdf")
    with pytest.raises(EvidenceRefused) as refused:
        actions.replace(evidence=use.evidence, upload=upload, answers=[use.answer_id], by=operator, at=LATER)

    assert refused.value.code == "same_file"
