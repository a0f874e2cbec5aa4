"""Laying the rows of a file beside what stands: new, changed, unchanged or refused, each refusal with its sentence."""

import hashlib
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from accounts.forms import PersonForm, email_field
from accounts.models import Office, Province, Region, User
from accounts.offices.names import Directory, Named, key_of
from accounts.roster.bounds import CHANGED, NEW, REFUSED, UNCHANGED, Rights, region_of, regions_of
from accounts.roster.files import PersonRow, Rows
from accounts.roster.office_rows import OfficeLine, RefusedOffices, office_lines

Role = User.Role
ROLE_WORDS = {key_of(label): value for value, label in Role.choices} | {
    "staf": "STAFF", "operator": "OPERATOR", "sekretaris": "OPERATOR", "penelaah": "REVIEWER",
    "verifikator": "VERIFIER", "pimpinan": "LEADER", "admin": "ADMIN",
}  # fmt: skip


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
    regions = regions_of(rows, rights, lock=lock)
    offices = Office.objects.filter(region__in=[region.pk for region in regions.values()])
    by_region: dict[int, list[Named]] = {}
    for office in offices.order_by("pk"):
        by_region.setdefault(office.region_id, []).append(office)
    lines = office_lines(rows.offices, regions, rights, by_region)
    refused = RefusedOffices(lines)
    directories = {region.pk: Directory(by_region.get(region.pk, []), region.name) for region in regions.values()}
    known = User.objects.select_related("office", "region", "province")
    known = known.select_for_update(of=("self",)) if lock else known
    users = {
        user.username: user
        for user in known.filter(username__in={row.username.lower() for row in rows.people if row.username})
    }
    provinces = {each.code: each for each in Province.objects.all()}
    seen: dict[str, int] = {}
    people = [_person_line(row, rights, regions, provinces, directories, refused, users, seen) for row in rows.people]
    return Preview(people, lines, rows.ignored)


def _person_line(
    row: PersonRow,
    rights: Rights,
    regions: dict[str, Region],
    provinces: dict[str, Province],
    directories: dict[int, Directory],
    refused: RefusedOffices,
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
        line.region = region_of(row.place, regions, rights, line.complaints)
    if line.role == Role.STAFF and line.region is not None:
        _settle_office_of(line, directories[line.region.pk], refused)
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


def _settle_office_of(line: PersonLine, directory: Directory, refused: RefusedOffices) -> None:
    if not line.row.office:
        line.complaints.append("Perangkat daerah staf kosong.")
        return
    match = directory.find(line.row.office)
    if match.complaint:
        in_the_way = refused.complaint(line.row.office, line.region) if line.region else ""
        line.complaints.append(in_the_way or match.complaint)
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
