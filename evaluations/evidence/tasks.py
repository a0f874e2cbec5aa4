"""Doors for the worker: pictures of a document's pages."""

from datetime import datetime

from evaluations.evidence import pictures
from evaluations.models import Evidence
from jobs.kinds import Refused, kind
from jobs.models import Job
from jobs.promises import promise

KIND = "draw_pages"


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


@kind(KIND, sentence_on_failure="Halaman dokumen belum dapat digambar. Unduh aslinya, atau coba lagi nanti.")
def draw_pages(*, evidence_id: int, first: int = 1) -> None:
    """Draw one batch of pages."""
    try:
        pictures.draw(Evidence.objects.get(pk=evidence_id), first)
    except FileNotFoundError as missing:
        raise Refused("Berkas asli tidak ditemukan di penyimpanan. Hubungi administrator.") from missing
