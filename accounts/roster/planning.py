"""Laying the rows of a file beside what stands: new, changed, unchanged or refused, each refusal with its sentence."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from accounts.forms import PersonForm, email_field
from accounts.models import Office, Province, Region, User
from accounts.offices.names import Directory, Named, key_of
from accounts.roster.files import OfficeRow, PersonRow, Rows

Role = User.Role
NEW, CHANGED, UNCHANGED, REFUSED = "baru", "berubah", "tetap", "ditolak"
ROLE_WORDS = {key_of(label): value for value, label in Role.choices} | {
    "staf": "STAFF", "operator": "OPERATOR", "sekretaris": "OPERATOR", "penelaah": "REVIEWER",
    "verifikator": "VERIFIER", "pimpinan": "LEADER", "admin": "ADMIN",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rights:
    """Which accounts may be brought: roles, and the one region they are bound to (None: any)."""

    roles: frozenset[str]
    own_region: Region | None


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


@dataclass(slots=True)
class PersonLine:
    """What becomes of one person row."""

    row: PersonRow
    username: str = ""
    role: str = ""
    region: Region | None = None
    province: Province | None = None
    office_pk: int | None = None  # negative: one that the file brings
    office_name: str = ""
    user: User | None = None
    complaints: list[str] = field(default_factory=list)

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """What differs from the account that stands: (word, before, after)."""
        if self.user is None:
            return []
        pairs = [
            ("Nama", self.user.first_name, self.row.name),
            ("Surel", self.user.email, self.row.email),
            ("Perangkat daerah", str(self.user.office or ""), self.office_name),
        ]
        return [(word, before, after) for word, before, after in pairs if before != after]

    @property
    def state(self) -> str:
        """In a word."""
        if self.complaints:
            return REFUSED
        if self.user is None:
            return NEW
        return CHANGED if self.changes else UNCHANGED

    @property
    def role_name(self) -> str:
        """The role in words."""
        return str(Role(self.role).label) if self.role else self.row.role


@dataclass(frozen=True, slots=True)
class Preview:
    """A file laid beside what stands."""

    people: list[PersonLine]
    offices: list[OfficeLine]
    ignored: tuple[str, ...]

    def count(self, state: str) -> int:
        """Lines of both kinds in a state."""
        return [*(line.state for line in self.people), *(line.state for line in self.offices)].count(state)

    @property
    def is_refused(self) -> bool:
        """Whether a row stands in the way."""
        return self.count(REFUSED) > 0

    @property
    def moved_addresses(self) -> list[PersonLine]:
        """People who have an account and would get their mail elsewhere."""
        known = [line for line in self.people if line.state == CHANGED and line.user is not None]
        return [line for line in known if line.user is not None and line.user.email != line.row.email]

    @property
    def changes_anything(self) -> bool:
        """Whether there is something to confirm."""
        return self.count(NEW) + self.count(CHANGED) > 0

    @property
    def fingerprint(self) -> str:
        """The same as long as confirming would do the same."""
        said: list[object] = [(line.row.number, line.state, line.aliases) for line in self.offices]
        said += [(line.row.number, line.state, line.changes, line.office_name) for line in self.people]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def plan(rows: Rows, rights: Rights, *, lock: bool = False) -> Preview:
    """Four reads whatever the number of rows; `lock` holds regions and accounts until the transaction ends."""
    regions = _regions(rows, rights, lock=lock)
    offices = Office.objects.filter(region__in=[region.pk for region in regions.values()])
    by_region: dict[int, list[Named]] = {}
    for office in offices.order_by("pk"):
        by_region.setdefault(office.region_id, []).append(office)
    office_lines = _office_lines(rows.offices, regions, rights, by_region)
    directories = {region.pk: Directory(by_region.get(region.pk, []), region.name) for region in regions.values()}
    known = User.objects.select_related("office", "region", "province")
    known = known.select_for_update(of=("self",)) if lock else known
    users = {
        user.username: user
        for user in known.filter(username__in={row.username.lower() for row in rows.people if row.username})
    }
    provinces = {each.code: each for each in Province.objects.all()}
    seen: dict[str, int] = {}
    people = [_person_line(row, rights, regions, provinces, directories, users, seen) for row in rows.people]
    return Preview(people, office_lines, rows.ignored)


def _regions(rows: Rows, rights: Rights, *, lock: bool) -> dict[str, Region]:
    """The regions that the file may speak of, by code; "" is the own one."""
    own = rights.own_region
    found = Region.objects.select_for_update(of=("self",)) if lock else Region.objects.all()
    codes = {own.code} if own else {*(row.place for row in rows.people), *(row.place for row in rows.offices)}
    regions = {region.code: region for region in found.filter(code__in=codes).order_by("pk")}
    return regions | ({"": regions[own.code]} if own else {})


def _region_of(place: str, regions: dict[str, Region], rights: Rights, complaints: list[str]) -> Region | None:
    region = regions.get(place)
    if region is None and rights.own_region is not None:
        complaints.append(f"Daerah “{place[:40]}” bukan daerah Anda ({rights.own_region.code}).")
    elif region is None:
        complaints.append(f"Kode daerah “{place[:40]}” tidak dikenal." if place else "Kode daerah kosong.")
    return region


def _office_lines(
    rows: Iterable[OfficeRow], regions: dict[str, Region], rights: Rights, by_region: dict[int, list[Named]]
) -> list[OfficeLine]:
    """Each row sees the offices of the rows before it; new ones join the region's list."""
    lines = []
    for row in rows:
        line = OfficeLine(row, complaints=list(row.faults))
        line.region = _region_of(row.place, regions, rights, line.complaints)
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


def _person_line(
    row: PersonRow,
    rights: Rights,
    regions: dict[str, Region],
    provinces: dict[str, Province],
    directories: dict[int, Directory],
    users: dict[str, User],
    seen: dict[str, int],
) -> PersonLine:
    line = PersonLine(row, username=row.username.lower(), complaints=list(row.faults))
    _check_words(line, seen)
    _settle_role(line, rights)
    if line.role == Role.VERIFIER:
        line.province = provinces.get(row.place)
        if line.province is None:
            line.complaints.append(f"Kode provinsi “{row.place[:40]}” tidak dikenal.")
    elif line.role and line.role != Role.ADMIN:
        line.region = _region_of(row.place, regions, rights, line.complaints)
    if line.role == Role.STAFF and line.region is not None:
        _settle_office_of(line, directories[line.region.pk])
    elif line.role and line.role != Role.STAFF and row.office:
        line.complaints.append("Perangkat daerah hanya untuk staf. Kosongkan kolomnya.")
    line.user = users.get(line.username)
    if line.user is not None:
        _compare(line, line.user, rights)
    return line


def _check_words(line: PersonLine, seen: dict[str, int]) -> None:
    form = PersonForm({"username": line.username, "name": line.row.name}, role="", region=None, province=None)
    for field_name, word in (("username", "Nama pengguna"), ("name", "Nama lengkap")):
        line.complaints += [f"{word}: {fault}" for fault in form.errors.get(field_name, [])]
    try:
        email_field().clean(line.row.email)
    except ValidationError as fault:
        line.complaints += [f"Surel “{line.row.email[:60]}”: {each}" for each in fault.messages]
    if line.username and line.username in seen:
        line.complaints.append(f"Nama pengguna ini tercantum dua kali, juga di baris {seen[line.username]}.")
    seen.setdefault(line.username, line.row.number)


def _settle_role(line: PersonLine, rights: Rights) -> None:
    said = key_of(line.row.role)
    role = ROLE_WORDS.get(said, "") if said else Role.STAFF.value
    if not role:
        line.complaints.append(f"Peran “{line.row.role[:40]}” tidak dikenal.")
    elif role not in rights.roles:
        line.complaints.append("Anda hanya mengatur staf perangkat daerah; peran lain dibuat administrator.")
    else:
        line.role = role


def _settle_office_of(line: PersonLine, directory: Directory) -> None:
    if not line.row.office:
        line.complaints.append("Perangkat daerah staf kosong.")
        return
    match = directory.find(line.row.office)
    if match.complaint:
        line.complaints.append(match.complaint)
    elif match.pk is not None:
        line.office_pk, line.office_name = match.pk, directory.names[match.pk]


def _compare(line: PersonLine, user: User, rights: Rights) -> None:
    """A file changes names, addresses and offices; whose role or region differs is somebody else or a new account."""
    own = rights.own_region
    if own is not None and (user.role not in rights.roles or user.region_id != own.pk):
        line.complaints.append("Nama pengguna ini sudah dipakai. Pilih nama lain.")
        line.user = None
    elif line.role and (user.role, user.region, user.province) != (line.role, line.region, line.province):
        line.complaints.append(
            "Akun ini sudah ada dengan peran atau daerah lain. Nonaktifkan akun itu, lalu buat yang baru."
        )
