"""The provinces and regions of the country, from the tables that come with the portal."""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts.models import Province, Region

TABLES = Path(__file__).resolve().parent / "data"

# Time zones by the province codes of the Ministry of Home Affairs; every other province is on western time.
CENTRAL = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
EASTERN = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


@dataclass(frozen=True, slots=True)
class RegionsReport:
    """How many rows there are now, and how many of them are new or were corrected."""

    provinces: int
    regions: int
    changed: int


def time_zone_of(province_code: str) -> str:
    """WIB, WITA or WIT: a window closes at 23.59 of the region's own clock."""
    if province_code in CENTRAL:
        return Region.TimeZone.WITA
    return Region.TimeZone.WIT if province_code in EASTERN else Region.TimeZone.WIB


@transaction.atomic
def load_regions() -> RegionsReport:
    """Bring provinces and regions to the state of the tables; a second time changes nothing.

    Reference rows of the portal's own release: nobody acts, so the trail has no event. Rows that the tables no longer
    name stay, for an evaluation may hang on them.
    """
    provinces, changed = _bring_provinces()
    regions = {region.code: region for region in Region.objects.all()}
    new, corrected = [], []
    for row in _rows("regencies.csv"):
        province = provinces[row["province_code"]]
        wanted = {"name": row["name"], "province": province, "time_zone": time_zone_of(province.code)}
        known = regions.get(row["code"])
        if known is None:
            new.append(Region(code=row["code"], **wanted))
        elif (known.name, known.province_id, known.time_zone) != (row["name"], province.pk, wanted["time_zone"]):
            known.name, known.province, known.time_zone = row["name"], province, time_zone_of(province.code)
            corrected.append(known)
    Region.objects.bulk_create(new)
    Region.objects.bulk_update(corrected, ["name", "province", "time_zone"])
    return RegionsReport(len(provinces), len(regions) + len(new), changed + len(new) + len(corrected))


def _bring_provinces() -> tuple[dict[str, Province], int]:
    known = {province.code: province for province in Province.objects.all()}
    rows = _rows("provinces.csv")
    new = [Province(code=row["code"], name=row["name"]) for row in rows if row["code"] not in known]
    corrected = [known[row["code"]] for row in rows if row["code"] in known and known[row["code"]].name != row["name"]]
    names = {row["code"]: row["name"] for row in rows}
    for province in corrected:
        province.name = names[province.code]
    Province.objects.bulk_create(new)
    Province.objects.bulk_update(corrected, ["name"])
    return known | {province.code: province for province in new}, len(new) + len(corrected)


def _rows(table: str) -> list[dict[str, str]]:
    with (TABLES / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
