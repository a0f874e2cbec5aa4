"""The offices of a file beside those that stand: new, with more names, unchanged or refused."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import Office, Region
from accounts.offices.names import Directory, Named, key_of
from accounts.roster.bounds import CHANGED, NEW, REFUSED, UNCHANGED, Rights, region_of
from accounts.roster.files import OfficeRow


@dataclass(slots=True)
class NewOffice:
    """An office as the file leaves it; the key of one that does not exist yet is negative."""

    pk: int
    name: str
    aliases: list[str]
    code: str = ""


@dataclass(slots=True)
class OfficeLine:
    """What becomes of one office row."""

    row: OfficeRow
    region: Region | None = None
    office: Office | None = None  # that stands already
    pk: int = 0
    aliases: list[str] = field(default_factory=list)  # all it has afterwards
    complaints: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        """In a word."""
        if self.complaints:
            return REFUSED
        if self.office is None:
            return NEW
        return UNCHANGED if self.aliases == self.office.aliases else CHANGED


def office_lines(
    rows: Iterable[OfficeRow], regions: dict[str, Region], rights: Rights, by_region: dict[int, list[Named]]
) -> list[OfficeLine]:
    """Each row sees the offices of the rows before it; new ones join the region's list."""
    lines = []
    for row in rows:
        line = OfficeLine(row, complaints=list(row.faults))
        line.region = region_of(row.place, regions, rights, line.complaints)
        if not key_of(row.name):
            line.complaints.append("Nama perangkat daerah kosong.")
        if len(row.name) > 120 or any(len(each) > 120 for each in row.aliases) or len(row.aliases) > 20:
            line.complaints.append("Nama paling panjang 120 karakter, nama lain paling banyak 20.")
        if line.region is not None and not line.complaints:
            _settle_office(line, by_region.setdefault(line.region.pk, []))
        lines.append(line)
    return lines


def _settle_office(line: OfficeLine, offices: list[Named]) -> None:
    directory = Directory(offices)
    match = directory.exact.get(key_of(line.row.name), [])
    found = next((each for each in offices if match and each.pk == match[0]), None)
    if isinstance(found, NewOffice):
        line.complaints.append(f"“{line.row.name}” tercantum dua kali.")
        return
    taken = directory.taken(line.row.aliases, found.pk if found else None)
    if taken:
        line.complaints.append(f"Nama lain “{taken[0]}” sudah dipakai oleh {taken[1]}.")
        return
    have = {key_of(each) for each in ([found.name, found.code, *found.aliases] if found else [line.row.name])}
    line.aliases = list(found.aliases) if found else []
    for alias in line.row.aliases:
        if key_of(alias) and key_of(alias) not in have:
            have.add(key_of(alias))
            line.aliases.append(alias)
    if isinstance(found, Office):
        line.office, line.pk = found, found.pk
        offices[offices.index(found)] = NewOffice(found.pk, found.name, line.aliases, found.code)
    else:
        line.pk = -line.row.number
        offices.append(NewOffice(line.pk, line.row.name, line.aliases))


class RefusedOffices:
    """The offices whose own rows are refused: whoever belongs to one is told to mend that row first."""

    def __init__(self, lines: Iterable[OfficeLine]) -> None:
        self._lines = [line for line in lines if line.state == REFUSED and key_of(line.row.name)]
        self._directories: dict[int, Directory] = {}

    def complaint(self, said: str, region: Region) -> str:
        """Which row stands in the way of an office of that region; empty when none does."""
        match = self._directory(region).find(said)
        names = {line.row.number: line.row.name for line in self._lines}
        row = match.pk or next((number for number, name in names.items() if name in match.candidates), None)
        if row is None:
            return ""
        return f"“{said[:60]}” ada di lembar Perangkat daerah, baris {row}, tetapi baris itu ditolak. Perbaiki dulu."

    def _directory(self, region: Region) -> Directory:
        """Refused rows of that region, and those that name none that is known."""
        if region.pk not in self._directories:
            here = [line.row for line in self._lines if line.region in (region, None)]
            offices = [NewOffice(row.number, row.name, list(row.aliases)) for row in here]
            self._directories[region.pk] = Directory(offices, region.name)
        return self._directories[region.pk]
