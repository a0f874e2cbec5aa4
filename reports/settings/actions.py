"""Every write of a house's settings."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import Region, User
from reports import letterheads
from reports.houses import House
from reports.models import Letterhead, Wording, WordTemplate
from reports.word import templates


@transaction.atomic
def save_letterhead(*, house: House, values: dict[str, Any], logo: bytes | None, by: User, at: datetime) -> Letterhead:
    """Store a house's letterhead; `logo` is a picture already drawn anew, None keeps the one there is."""
    lock(house)
    name = letterheads.keep_logo(logo) if logo is not None else ""
    own = {"logo": name} if name and house.is_province else {}
    letterhead, _ = Letterhead.objects.update_or_create(defaults={**values, **own}, **house.keys)
    if name and house.region:
        Region.objects.filter(pk=house.region.pk).update(seal=name)
        house.region.seal.name = name
    audit.record(
        action="letterhead.saved", subject=house.subject, by=by, at=at, region=house.region,
        details={"fields": sorted(values), "logo": name},
    )  # fmt: skip
    return letterhead


def lock(house: House) -> None:
    """Held until the transaction ends: settings of a house change one after the other."""
    type(house.place)._default_manager.select_for_update(no_key=True).get(pk=house.place.pk)


class Conflict(Exception):
    """Somebody else saved the texts in between; `stored` are theirs."""

    def __init__(self, stored: Wording) -> None:
        super().__init__("Naskah ini baru saja diubah oleh orang lain.")
        self.stored = stored


@transaction.atomic
def save_wording(*, house: House, texts: dict[str, str], version: int, by: User, at: datetime) -> Wording:
    """Store the sentences a house has of its own. Raises `Conflict` when `version` is not the one that is stored.

    The same texts again change nothing.
    """
    lock(house)
    stored = Wording.objects.filter(**house.keys).first()
    if stored is not None and stored.texts == texts:
        return stored
    if (stored.version if stored else 0) != version:
        raise Conflict(stored or Wording(texts={}, version=0, **house.keys))
    changed = sorted(
        name for name in {*texts, *(stored.texts if stored else {})}
        if texts.get(name) != (stored.texts if stored else {}).get(name)
    )  # fmt: skip
    wording = stored or Wording(**house.keys)
    wording.texts, wording.version, wording.saved_at, wording.saved_by = texts, version + 1, at, by
    wording.save()
    audit.record(
        action="wording.saved", subject=house.subject, by=by, at=at, region=house.region, details={"fields": changed}
    )
    return wording


@transaction.atomic
def save_template(*, house: House, kind: str, name: str, content: bytes, by: User, at: datetime) -> WordTemplate:
    """Store a Word template that has been tried; the same file again changes nothing."""
    lock(house)
    digest, stored_as = templates.keep(content)
    found = WordTemplate.objects.filter(kind=kind, **house.keys).first()
    if found is not None and found.sha256 == digest:
        return found
    values = {"name": name, "stored_as": stored_as, "sha256": digest, "size": len(content), "uploaded_at": at}
    template, _ = WordTemplate.objects.update_or_create(defaults={**values, "uploaded_by": by}, kind=kind, **house.keys)
    audit.record(
        action="word_template.saved", subject=house.subject, by=by, at=at, region=house.region,
        details={"kind": kind, "sha256": digest, "name": name},
    )  # fmt: skip
    return template


@transaction.atomic
def remove_template(*, house: House, kind: str, by: User, at: datetime) -> None:
    """Forget a house's own template; its file stays, for documents may have been made with it."""
    lock(house)
    found = WordTemplate.objects.filter(kind=kind, **house.keys).first()
    if found is None:
        return
    audit.record(
        action="word_template.removed", subject=house.subject, by=by, at=at, region=house.region,
        details={"kind": kind, "sha256": found.sha256},
    )  # fmt: skip
    found.delete()
