"""Every write of this room: asking for a document, finishing it, asking again, taking it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import Office, Province, User
from clusters.models import Cycle
from evaluations.models import Evaluation
from jobs.models import Job
from jobs.promises import promise
from reports import letterheads, making, recipes, storing, subjects
from reports.houses import House
from reports.models import Document
from reports.subjects import Subject
from reports.word import templates


class NoSuchFormat(Exception):
    """No such paper: a brief as a table, a province's recap about one region, a sheet for an office that has none."""

    sentence = "Dokumen ini tidak tersedia dalam format itu. Pilih salah satu tombol di halaman Dokumen."


class Superseded(Exception):
    """The rows changed while the paper was made, and what they say now stands in another document already."""

    sentence = "Isinya berubah selagi dibuat, dan dokumen dengan isi terbaru sudah ada dalam daftar."


def request_document(
    *,
    kind: str,
    format: str,
    by: User,
    at: datetime,
    evaluation: Evaluation | None = None,
    office: Office | None = None,
    province: Province | None = None,
    cycle: Cycle | None = None,
) -> Document:
    """The document of what the rows say now: the one that exists for equal content, else a new one with its job.

    About an evaluation, perhaps one office of it, or a province in a cycle. Raises `content.NotSettled` while the
    stage's result is being frozen, `NoSuchFormat`. The content is read before the transaction begins: reading takes
    longer than writing, and equal content meets at the constraint.
    """
    if evaluation is not None:
        evaluation = Evaluation.objects.for_page().get(pk=evaluation.pk)
    subject = Subject(evaluation, office, province, cycle)
    if not recipes.suits(kind, format, subject):
        raise NoSuchFormat
    return _ask_for(subject, kind, format, making.draft(subject, kind).fingerprint, by, at)


@transaction.atomic
def _ask_for(subject: Subject, kind: str, format: str, fingerprint: str, by: User, at: datetime) -> Document:
    _lock(subject.house)
    equal = Document.objects.filter(about=subject.about, kind=kind, fingerprint=fingerprint)
    document = equal.filter(format=format).select_related("job").first()
    if document is None:
        numbered = _numbered(equal.order_by("pk").first(), subject.house, at)
        document = Document(
            **subject.columns, kind=kind, format=format, fingerprint=fingerprint, requested_at=at, requested_by=by,
            current_at=at, **numbered,
        )  # fmt: skip
        document.save(force_insert=True)
        _record("document.requested", document, by, at, number=document.number, format=format)
    equal.update(current_at=at)  # whatever came in between, the rows say this again
    if document.is_ready and document.form != _form(subject, kind, format):
        document.ready_at, document.stored_as = None, ""  # said in another template: poured again
        document.save(update_fields=["ready_at", "stored_as"])
    return _promised(document, by, at)


def _form(subject: Subject, kind: str, format: str) -> str:
    """The mark of the Word template that counts now; nothing for what is no Word file."""
    return templates.mark_of(subject.house, kind) if format == Document.Format.DOCX else ""


@transaction.atomic
def retry_document(*, document: Document, by: User, at: datetime) -> Document:
    """Ask once more for a document whose making was given up; one that is ready or on its way is left alone."""
    _lock(subjects.of(document).house)
    document = Document.objects.with_case().select_related("job").get(pk=document.pk)
    _record("document.retried", document, by, at, state=document.state)
    return _promised(document, by, at)


@transaction.atomic
def finish_document(*, document: Document, made: making.Made, by: User, at: datetime) -> Document:
    """Mark a document ready with its file; a second attempt changes nothing.

    If the content has moved since the request, the document takes the fingerprint of what its file really says. Raises
    `Superseded` when another document says that already.
    """
    _lock(subjects.of(document).house)
    document = Document.objects.with_case().get(pk=document.pk)
    if document.is_ready and document.sha256 == made.stored.sha256:
        return document
    twins = Document.objects.filter(
        about=document.about, kind=document.kind, format=document.format, fingerprint=made.fingerprint
    )
    if twins.exclude(pk=document.pk).exists():
        raise Superseded
    if document.fingerprint != made.fingerprint:
        document.fingerprint, document.current_at = made.fingerprint, at
    document.ready_at, document.form = at, made.form
    document.stored_as, document.sha256, document.size = made.stored.name, made.stored.sha256, made.stored.size
    document.page_count = made.pages
    document.save(
        update_fields=["fingerprint", "form", "current_at", "ready_at", "stored_as", "sha256", "size", "page_count"]
    )
    _record("document.made", document, by, at, sha256=document.sha256, size=document.size)
    return document


@transaction.atomic
def record_download(*, document: Document, by: User, at: datetime) -> None:
    """Note who took which file."""
    _record("document.downloaded", document, by, at, sha256=document.sha256)


def _lock(house: House) -> None:
    """The house's row is the turnstile for its numbers: two requests take two numbers."""
    type(house.place)._default_manager.select_for_update(no_key=True).get(pk=house.place.pk)


def _numbered(twin: Document | None, house: House, at: datetime) -> dict[str, Any]:
    if twin is not None:
        return {"number": twin.number, "sequence": twin.sequence, "issued_at": twin.issued_at}
    local = at.astimezone(ZoneInfo(house.zone))
    taken = Document.objects.numbered_in(house.place, local.year).aggregate(last=Max("sequence"))["last"] or 0
    found = letterheads.letterhead_of(house)
    pattern = found.number_pattern if found else letterheads.DEFAULT_PATTERN
    number = letterheads.number_from(pattern, sequence=taken + 1, year=local.year, month=local.month, code=house.code)
    return {"number": number, "sequence": taken + 1, "issued_at": at}


def _promised(document: Document, by: User, at: datetime) -> Document:
    if document.is_moving or storing.is_there(document):
        return document
    if document.is_ready:  # its file is gone from the disk: made again from the same content
        document.ready_at, document.stored_as = None, ""
    queue = Job.Queue.REPORT if document.format == Document.Format.PDF else Job.Queue.EXPORT
    document.job = promise(
        kind="render", key=str(document.pk), queue=queue, at=at, document_id=document.pk, by_id=by.pk
    )
    document.save(update_fields=["ready_at", "stored_as", "job"])
    return document


def _record(action: str, document: Document, by: User, at: datetime, **details: Any) -> None:
    audit.record(
        action=action, subject=f"document:{document.pk}", by=by, at=at, region=subjects.of(document).house.region,
        details={"kind": document.kind, **details},
    )  # fmt: skip
