"""Every write of this room: asking for a document, finishing it, asking again, taking it, the letterhead."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import Region, User
from evaluations.models import Evaluation
from jobs.models import Job
from jobs.promises import promise
from reports import letterheads, making, storing
from reports.models import Document, Letterhead

FORMATS: dict[str, tuple[str, ...]] = {
    Document.Kind.VISIT_BRIEF: (Document.Format.PDF,),
    Document.Kind.MATRICES: (Document.Format.PDF, Document.Format.XLSX),
}
NUMBERED = (Document.Kind.VERIFICATION,)  # a brief is a working paper and takes no number of the register


class NoSuchFormat(Exception):
    """The brief is made to be read and handed out: it exists as PDF only; tables do not fit into one CSV."""

    sentence = "Dokumen ini tidak tersedia dalam format itu. Pilih salah satu tombol di halaman Dokumen."


class Superseded(Exception):
    """The rows changed while the paper was made, and what they say now stands in another document already."""

    sentence = "Isinya berubah selagi dibuat, dan dokumen dengan isi terbaru sudah ada dalam daftar."


def request_document(*, evaluation: Evaluation, kind: str, format: str, by: User, at: datetime) -> Document:
    """The document of what the rows say now: the one that exists for equal content, else a new one with its job.

    Raises `content.NotSettled` while the stage's result is being frozen, `NoSuchFormat`. The content is read before the
    transaction begins: reading takes longer than writing, and equal content meets at the constraint.
    """
    if format not in FORMATS.get(kind, tuple(Document.Format.values)):
        raise NoSuchFormat
    evaluation = Evaluation.objects.for_page().get(pk=evaluation.pk)
    fingerprint = making.draft(evaluation, kind).fingerprint
    return _ask_for(evaluation, kind, format, fingerprint, by, at)


@transaction.atomic
def _ask_for(evaluation: Evaluation, kind: str, format: str, fingerprint: str, by: User, at: datetime) -> Document:
    region = _locked(evaluation.region)
    equal = Document.objects.for_evaluation(evaluation).filter(kind=kind, fingerprint=fingerprint)
    document = equal.filter(format=format).select_related("job").first()
    if document is None:
        numbered = _numbered(equal.order_by("pk").first(), region, kind, at)
        document = Document(
            evaluation=evaluation, kind=kind, format=format, fingerprint=fingerprint, requested_at=at, requested_by=by,
            **numbered,
        )  # fmt: skip
        document.save(force_insert=True)
        _record("document.requested", document, by, at, number=document.number, format=format)
    return _promised(document, by, at)


@transaction.atomic
def retry_document(*, document: Document, by: User, at: datetime) -> Document:
    """Ask once more for a document whose making was given up; one that is ready or on its way is left alone."""
    _locked(document.evaluation.region)
    document = Document.objects.select_related("job", "evaluation__region").get(pk=document.pk)
    _record("document.retried", document, by, at, state=document.state)
    return _promised(document, by, at)


@transaction.atomic
def finish_document(*, document: Document, made: making.Made, by: User, at: datetime) -> Document:
    """Mark a document ready with its file; a second attempt changes nothing.

    If the content has moved since the request, the document takes the fingerprint of what its file really says. Raises
    `Superseded` when another document says that already.
    """
    _locked(document.evaluation.region)
    document = Document.objects.select_related("evaluation__region").get(pk=document.pk)
    if document.is_ready and document.sha256 == made.stored.sha256:
        return document
    twins = Document.objects.filter(
        evaluation_id=document.evaluation_id, kind=document.kind, format=document.format, fingerprint=made.fingerprint
    )
    if twins.exclude(pk=document.pk).exists():
        raise Superseded
    document.fingerprint, document.ready_at = made.fingerprint, at
    document.stored_as, document.sha256, document.size = made.stored.name, made.stored.sha256, made.stored.size
    document.page_count = made.pages
    document.save(update_fields=["fingerprint", "ready_at", "stored_as", "sha256", "size", "page_count"])
    _record("document.made", document, by, at, sha256=document.sha256, size=document.size)
    return document


@transaction.atomic
def record_download(*, document: Document, by: User, at: datetime) -> None:
    """Note who took which file."""
    _record("document.downloaded", document, by, at, sha256=document.sha256)


@transaction.atomic
def save_letterhead(
    *, region: Region, values: dict[str, Any], logo: bytes | None, by: User, at: datetime
) -> Letterhead:
    """Store a region's letterhead; `logo` is a picture already drawn anew, None keeps the one there is."""
    region = _locked(region)
    letterhead, _ = Letterhead.objects.update_or_create(region=region, defaults=values)
    if logo is not None:
        region.seal.name = letterheads.keep_logo(logo)
        region.save(update_fields=["seal"])
    audit.record(
        action="letterhead.saved", subject=f"region:{region.pk}", by=by, at=at, region=region,
        details={"fields": sorted(values), "logo": region.seal.name or ""},
    )  # fmt: skip
    return letterhead


def _locked(region: Region) -> Region:
    """The region's row is the turnstile for its numbers: two requests take two numbers."""
    return Region.objects.select_for_update(no_key=True).get(pk=region.pk)


def _numbered(twin: Document | None, region: Region, kind: str, at: datetime) -> dict[str, Any]:
    if twin is not None:
        return {"number": twin.number, "sequence": twin.sequence, "issued_at": twin.issued_at}
    if kind not in NUMBERED:
        return {"number": "", "sequence": 0, "issued_at": at}
    local = at.astimezone(ZoneInfo(region.time_zone))
    taken = Document.objects.numbered_in(region, local.year).aggregate(last=Max("sequence"))["last"] or 0
    found = Letterhead.objects.filter(region=region).first()
    pattern = found.number_pattern if found else letterheads.DEFAULT_PATTERN
    number = letterheads.number_from(pattern, sequence=taken + 1, year=local.year, month=local.month, code=region.code)
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
        action=action, subject=f"document:{document.pk}", by=by, at=at, region_id=document.evaluation.region_id,
        details={"kind": document.kind, **details},
    )  # fmt: skip
