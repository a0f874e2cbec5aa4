"""Reading the trail as an auditor does: is every chain there, whole, unchanged and in order?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max

from accounts.audit import BEGUN, SEALED, seal
from accounts.models import AuditChain, AuditEvent, Region, User

START = "0" * 64
BATCH = 2000
GONE = "seluruh rantai hilang"


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a chain does not hold (0: the chain as a whole); `sentence` says in words what was found."""

    chain: str
    sequence: int
    sentence: str


class _Row(NamedTuple):
    """An event as it is stored, in the order in which it is sealed."""

    previous: str
    sequence: int
    at: datetime
    by_id: int | None
    action: str
    subject: str
    details: dict[str, Any]
    fingerprint: str


@dataclass(slots=True)
class _Witness:
    """What the portal's chain says of the others: which there are, and where they stood when they were sealed."""

    begun: set[int] = field(default_factory=set)
    heads: dict[int, dict[int, str]] = field(default_factory=dict)

    def hear(self, row: _Row) -> None:
        if row.action == BEGUN:
            self.begun.add(int(row.subject.partition(":")[2]))
        elif row.action == SEALED:
            for region, (sequence, head) in row.details["heads"].items():
                self.heads.setdefault(int(region), {})[sequence] = head


def breaks() -> Iterator[Break]:
    """Walk all chains from their first event to their head, the portal's first; memory stays flat."""
    witness = _Witness()
    chains = list(AuditChain.objects.select_related("region"))
    portal = next((chain for chain in chains if chain.region_id is None), None)
    if portal is not None:
        yield from _breaks_of(portal, witness)
    elif chains or User.objects.filter(last_login__isnull=False).exists():
        yield Break("portal", 0, GONE)
    there = {chain.region_id for chain in chains}
    for region in Region.objects.filter(pk__in=(witness.begun | set(witness.heads)) - there):
        yield Break(region.name, 0, GONE)
    for chain in sorted(chains, key=lambda each: each.pk):
        if chain is not portal:
            yield from _breaks_of(chain, witness)


def _breaks_of(chain: AuditChain, witness: _Witness) -> Iterator[Break]:
    name = chain.region.name if chain.region else "portal"
    sealed = dict(witness.heads.get(chain.region_id or 0, {}))
    place, previous = 0, START
    for row in _rows(chain):
        if row.sequence != place + 1:
            yield Break(name, place + 1, f"{row.sequence - place - 1} kejadian hilang")
        elif row.previous != previous:
            yield Break(name, row.sequence, "tidak menyambung dengan kejadian sebelumnya")
        if seal(*row[:-1]) != row.fingerprint:
            yield Break(name, row.sequence, "isi kejadian diubah")
        elif sealed.pop(row.sequence, row.fingerprint) != row.fingerprint:
            yield Break(name, row.sequence, "tidak sama dengan segel harian")
        elif chain.region_id is None:
            witness.hear(row)
        place, previous = row.sequence, row.fingerprint
    if (place, previous) != (chain.sequence, chain.head):
        yield Break(name, chain.sequence, "akhir rantai tidak sama dengan catatannya")
    elif sealed and max(sealed) > place:
        yield Break(name, place + 1, f"{max(sealed) - place} kejadian yang sudah disegel hilang")
    yield from _behind(chain, name)


def _rows(chain: AuditChain) -> Iterator[_Row]:
    """Up to where the chain stood when the walk began, in batches: no cursor stays open while others write."""
    last = -1
    events = AuditEvent.objects.filter(chain=chain, sequence__lte=chain.sequence).order_by("sequence")
    while batch := list(events.filter(sequence__gt=last).values_list(*_Row._fields)[:BATCH]):
        yield from (_Row(*row) for row in batch)
        last = batch[-1][1]


def _behind(chain: AuditChain, name: str) -> Iterator[Break]:
    """Events put behind the end; read before the head is read again, for the trail may grow meanwhile."""
    last = AuditEvent.objects.filter(chain=chain).aggregate(last=Max("sequence"))["last"] or 0
    head = AuditChain.objects.get(pk=chain.pk).sequence
    if last > head:
        yield Break(name, head + 1, "kejadian di luar rantai")
