"""The trail: every write leaves one event, sealed with the one before it, one chain per region."""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from accounts.models import AuditChain, AuditEvent, Region, User
from kla_portal.prepared import KEY, Insert, PreparedObjects, Together, Update, Values

CHAIN = PreparedObjects[AuditChain](lambda region: AuditChain.objects.select_for_update().filter(region=region), KEY)
SAID = ("chain_id", "sequence", "at", "by_id", "action", "subject", "details", "previous", "fingerprint")
# The place before is named, so that a chain that was not held breaks nothing: the event would have no place in it.
APPENDED = (Update(AuditChain, "sequence", "head", where="id = %s AND sequence = %s"), Insert(AuditEvent, *SAID))
APPENDED_ALONE = Together(*APPENDED)
BEGUN, SEALED = "trail.begun", "trail.sealed"


def record(
    *,
    action: str,
    subject: str,
    by: User | None,
    at: datetime,
    region: Region | None = None,
    region_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event inside the caller's transaction; the chain's head is locked, so order is certain.

    `details` must be JSON; what is not (dates, decimals) is written as text.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit event belongs into the transaction of the act it records.")
    chain = held_chain(region.pk if region else region_id, at)
    event = next_event(chain, action=action, subject=subject, by=by, at=at, details=details)
    event.pk = APPENDED_ALONE.run(*said_of(event))
    return event


def next_event(
    chain: AuditChain, *, action: str, subject: str, by: User | None, at: datetime, details: dict[str, Any] | None
) -> AuditEvent:
    """The event that follows on a chain that is held, sealed; `APPENDED` writes what `said_of` gives."""
    plain = json.loads(json.dumps(details or {}, default=str))
    event = AuditEvent(
        chain=chain,
        sequence=chain.sequence + 1,
        at=at,
        by=by,
        action=action,
        subject=subject,
        details=plain,
        previous=chain.head,
    )
    event.fingerprint = fingerprint_of(event)
    return event


def said_of(event: AuditEvent) -> tuple[Values, Values]:
    """What the two parts of `APPENDED` say."""
    head = {"sequence": event.sequence, "head": event.fingerprint}
    return Values(head, (event.chain_id, event.sequence - 1)), Values(vars(event))


def fingerprint_of(event: AuditEvent) -> str:
    """The seal of one event."""
    return seal(event.previous, event.sequence, event.at, event.by_id, event.action, event.subject, event.details)


def seal(
    previous: str, sequence: int, at: datetime, by_id: int | None, action: str, subject: str, details: dict[str, Any]
) -> str:
    """SHA-256 over everything an event says and the fingerprint before it."""
    said = [previous, sequence, at.astimezone(UTC).isoformat(), by_id, action, subject, details]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def held_chain(region_id: int | None, at: datetime) -> AuditChain:
    """The chain of a region or of the portal, locked until the transaction ends; begun where there is none."""
    place = Q(region__isnull=True) if region_id is None else Q(region=region_id)
    held = AuditChain.objects.select_for_update()
    found = held.filter(place).first() if region_id is None else CHAIN.first(region_id)
    if found is None:
        if region_id is not None:
            _announce(region_id, at)
        AuditChain.objects.bulk_create([AuditChain(region_id=region_id)], ignore_conflicts=True)
        found = held.get(place)
    return found


def _announce(region_id: int, at: datetime) -> None:
    """The portal's chain tells of every region's chain, so that none can vanish as a whole."""
    held_chain(None, at)  # two first events of a region: the second waits here and finds the chain
    if not AuditChain.objects.filter(region=region_id).exists():
        record(action=BEGUN, subject=f"region:{region_id}", by=None, at=at)


@transaction.atomic
def seal_chains(day: date, at: datetime) -> None:
    """Once a day the portal's chain keeps where every chain that moved stands: its end cannot be cut off unseen."""
    held_chain(None, at)
    before = AuditEvent.objects.filter(action=SEALED).order_by("-pk").first()
    if before is not None and before.subject == f"day:{day}":
        return
    moved = AuditChain.objects.filter(region__isnull=False)
    if before is not None:
        moved = moved.filter(auditevent__pk__gt=before.pk).distinct()
    heads = {
        str(region): [sequence, head] for region, sequence, head in moved.values_list("region", "sequence", "head")
    }
    record(action=SEALED, subject=f"day:{day}", by=None, at=at, details={"heads": heads})
