"""Doors for the worker: ids in, one call."""

from django.utils import timezone

from evaluations.evidence.arrivals import actions, promised
from evaluations.evidence.arrivals import unpacking as work
from jobs.kinds import Progress, kind


@kind(
    promised.UNPACK,
    sentence_on_failure="Arsip belum dapat dibongkar seluruhnya. Buka halaman arsip untuk melanjutkannya.",
)
def unpack_archive(*, archive_id: int, progress: Progress) -> None:
    """Take an archive apart."""
    work.unpack(archive_id, progress=progress, at=timezone.now())


@kind(
    promised.SWEEP,
    sentence_on_failure="Unggahan lama belum dapat dibersihkan. Administrator dapat mengulanginya.",
)
def sweep_arrivals() -> None:
    """Clear away what nobody went on with."""
    actions.sweep(at=timezone.now())
