"""The trail: every write leaves one event, sealed with the one before it, one chain per region."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from accounts.models import AuditChain, AuditEvent, Region, User


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
    chain = _locked_chain(region.pk if region else region_id)
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
    event.save(force_insert=True)
    AuditChain.objects.filter(pk=chain.pk).update(sequence=event.sequence, head=event.fingerprint)
    return event


def fingerprint_of(event: AuditEvent) -> str:
    """SHA-256 over everything the event says and the fingerprint before it."""
    said = [
        event.previous,
        event.sequence,
        event.at.astimezone(UTC).isoformat(),
        event.by_id,
        event.action,
        event.subject,
        event.details,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _locked_chain(region_id: int | None) -> AuditChain:
    place = Q(region__isnull=True) if region_id is None else Q(region=region_id)
    found = AuditChain.objects.select_for_update().filter(place).first()
    if found is None:
        AuditChain.objects.bulk_create([AuditChain(region_id=region_id)], ignore_conflicts=True)
        found = AuditChain.objects.select_for_update().get(place)
    return found
