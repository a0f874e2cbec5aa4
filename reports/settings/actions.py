"""Every write of a house's settings."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import Region, User
from reports import letterheads
from reports.houses import House
from reports.models import Letterhead, Wording


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
