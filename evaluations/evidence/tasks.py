"""Doors for the worker: pictures of a document's pages, its text and facts, the virus scan."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from evaluations.evidence import antivirus, pictures, reading, scanning
from evaluations.models import Evidence
from jobs.kinds import NotYet, Refused, kind
from jobs.models import Job
from jobs.promises import promise

logger = logging.getLogger(__name__)
KIND = "draw_pages"
READ, SCAN = "read_evidence", "scan_evidence"
MISSING = "Berkas asli tidak ditemukan di penyimpanan. Hubungi administrator."
SCANNER_PAUSE = timedelta(minutes=1)


def key_of(evidence_id: int, first: int) -> str:
    """What makes a batch's promise one: the document, and the batch when it is not the first."""
    return str(evidence_id) if first == 1 else f"{evidence_id}:{first}"


def promise_pages(evidence_id: int, at: datetime, *, first: int = 1) -> Job:
    """Promise a batch of pictures; asking for the same batch twice makes one job."""
    return promise(
        kind=KIND,
        key=key_of(evidence_id, first),
        queue=Job.Queue.SCAN,
        at=at,
        evidence_id=evidence_id,
        first=first,
    )


def promise_checks(evidence_id: int, at: datetime) -> None:
    """Promise that a file is read, and scanned where a scanner is configured."""
    if antivirus.is_on():
        promise(kind=SCAN, key=str(evidence_id), queue=Job.Queue.SCAN, at=at, evidence_id=evidence_id)
    promise(kind=READ, key=str(evidence_id), queue=Job.Queue.SCAN, at=at, evidence_id=evidence_id)


@kind(KIND, sentence_on_failure="Halaman dokumen belum dapat digambar. Unduh aslinya, atau coba lagi nanti.")
def draw_pages(*, evidence_id: int, first: int = 1) -> None:
    """Draw one batch of pages."""
    try:
        pictures.draw(Evidence.objects.get(pk=evidence_id), first)
    except FileNotFoundError as missing:
        raise Refused(MISSING) from missing


@kind(READ, sentence_on_failure="Isi dokumen belum dapat dibaca. Administrator dapat mengulanginya.")
def read_evidence(*, evidence_id: int) -> None:
    """Read a file's text and facts, and weigh them."""
    try:
        reading.read(Evidence.objects.get(pk=evidence_id), at=timezone.now())
    except FileNotFoundError as missing:
        raise Refused(MISSING) from missing


@kind(SCAN, sentence_on_failure="Berkas belum dapat dipindai. Administrator dapat mengulanginya.")
def scan_evidence(*, evidence_id: int) -> None:
    """Have the scanner look at a file; while it is away the file waits, however long."""
    try:
        scanning.scan(Evidence.objects.get(pk=evidence_id), at=timezone.now())
    except FileNotFoundError as missing:
        raise Refused(MISSING) from missing
    except antivirus.ScannerAway as away:
        logger.warning("the virus scanner does not answer: %s", away)
        raise NotYet(SCANNER_PAUSE) from away
