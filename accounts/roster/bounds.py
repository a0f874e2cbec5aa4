"""How far a file may reach: the states of its rows, the roles it may give, the regions it may speak of."""

from dataclasses import dataclass

from accounts.models import Region
from accounts.roster.files import Rows

NEW, CHANGED, UNCHANGED, REFUSED = "baru", "berubah", "tetap", "ditolak"


@dataclass(frozen=True, slots=True)
class Rights:
    """Which accounts may be brought: roles, and the one region they are bound to (None: any)."""

    roles: frozenset[str]
    own_region: Region | None


def regions_of(rows: Rows, rights: Rights, *, lock: bool) -> dict[str, Region]:
    """The regions that the file may speak of, by code; "" is the own one."""
    own = rights.own_region
    found = Region.objects.select_for_update(of=("self",)) if lock else Region.objects.all()
    codes = {own.code} if own else {*(row.place for row in rows.people), *(row.place for row in rows.offices)}
    regions = {region.code: region for region in found.filter(code__in=codes).order_by("pk")}
    return regions | ({"": regions[own.code]} if own else {})


def region_of(place: str, regions: dict[str, Region], rights: Rights, complaints: list[str]) -> Region | None:
    """The region a row speaks of; else a complaint."""
    region = regions.get(place)
    if region is None and rights.own_region is not None:
        complaints.append(f"Daerah “{place[:40]}” bukan daerah Anda ({rights.own_region.code}).")
    elif region is None:
        complaints.append(f"Kode daerah “{place[:40]}” tidak dikenal." if place else "Kode daerah kosong.")
    return region
