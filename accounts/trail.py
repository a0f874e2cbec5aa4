"""Reading the trail as an auditor does: is every chain whole, unchanged and in order?"""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.audit import fingerprint_of
from accounts.models import AuditChain, AuditEvent

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a chain does not hold; `sentence` says in words what was found."""

    chain: str
    sequence: int
    sentence: str


def breaks() -> Iterator[Break]:
    """Walk all chains from their first event to their head; memory stays flat."""
    for chain in AuditChain.objects.select_related("region").order_by("pk"):
        yield from _breaks_of(chain)


def _breaks_of(chain: AuditChain) -> Iterator[Break]:
    name = chain.region.name if chain.region else "portal"
    place, previous = 0, START
    for event in AuditEvent.objects.filter(chain=chain).order_by("sequence").iterator(chunk_size=2000):
        if event.sequence != place + 1:
            yield Break(name, place + 1, f"{event.sequence - place - 1} kejadian hilang")
        elif event.previous != previous:
            yield Break(name, event.sequence, "tidak menyambung dengan kejadian sebelumnya")
        if fingerprint_of(event) != event.fingerprint:
            yield Break(name, event.sequence, "isi kejadian diubah")
        place, previous = event.sequence, event.fingerprint
    if (place, previous) != (chain.sequence, chain.head):
        yield Break(name, chain.sequence, "akhir rantai tidak sama dengan catatannya")
