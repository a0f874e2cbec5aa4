"""Kecamatan and desa/kelurahan, from the tables that come with the portal or from a table of the same form."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts.models import District, Region, Village
from accounts.regions import TABLES

COLUMNS = {"districts": ("code", "regency_code", "name"), "villages": ("code", "district_code", "name")}


class NotAPlaceTable(Exception):
    """The table is not of the expected form; the text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class PlacesReport:
    """How many rows there are now, and how many of them are new or were corrected."""

    districts: int
    villages: int
    changed: int


@transaction.atomic
def load_places(villages: Path = TABLES / "villages-kalsel.csv") -> PlacesReport:
    """Bring kecamatan to the state of their table and add the villages of another; a second time changes nothing.

    Regions must be loaded. Reference rows, so the trail has no event; rows that a table no longer names stay, for a
    tick may hang on them. Raises `NotAPlaceTable`.
    """
    changed = _bring_districts(_rows(TABLES / "districts.csv", "districts"))
    changed += _bring_villages(_rows(villages, "villages"))
    return PlacesReport(District.objects.count(), Village.objects.count(), changed)


def _bring_districts(rows: Iterable[Mapping[str, str]]) -> int:
    regions = dict(Region.objects.values_list("code", "pk"))
    known = dict(District.objects.values_list("code", "name"))
    wanted = [row for row in rows if row["regency_code"] in regions and known.get(row["code"]) != row["name"]]
    District.objects.bulk_create(
        [District(code=row["code"], name=row["name"], region_id=regions[row["regency_code"]]) for row in wanted],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name"],
        batch_size=2000,
    )
    return len(wanted)


def _bring_villages(rows: Iterable[Mapping[str, str]]) -> int:
    districts = dict(District.objects.values_list("code", "pk"))
    known = dict(Village.objects.values_list("code", "name"))
    wanted = []
    for row in rows:
        if row["district_code"] not in districts:
            raise NotAPlaceTable(f"Kecamatan {row['district_code']} milik {row['name']} tidak dikenal.")
        if known.get(row["code"]) != row["name"]:
            wanted.append(Village(code=row["code"], name=row["name"], district_id=districts[row["district_code"]]))
    Village.objects.bulk_create(
        wanted, update_conflicts=True, unique_fields=["code"], update_fields=["name"], batch_size=2000
    )
    return len(wanted)


def _rows(path: Path, table: str) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise NotAPlaceTable(f"{path.name} tidak dapat dibaca; simpan sebagai CSV UTF-8.") from None
    columns = COLUMNS[table]
    for line, row in enumerate(rows, start=2):
        if not all(row.get(column) for column in columns):
            raise NotAPlaceTable(f"{path.name} baris {line}: kolom {', '.join(columns)} harus terisi.")
        row["name"] = " ".join(row["name"].split())[:80]
    return rows
