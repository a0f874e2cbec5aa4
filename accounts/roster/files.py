"""The spreadsheet of people and offices: its columns, an example to fill in, and its rows as plain text."""

import re
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from typing import IO, Any

from accounts.models import Office, User
from kla_portal import spreadsheets, tables
from kla_portal.spreadsheets import writing

MOST_PEOPLE, MOST_OFFICES = 1_000, 300  # rows of one file
PEOPLE = {
    "username": ("Nama pengguna", "Username"),
    "name": ("Nama lengkap", "Nama"),
    "role": ("Peran",),
    "place": ("Kode daerah", "Daerah"),
    "office": ("Perangkat daerah", "OPD", "Instansi"),
    "email": ("Surel", "Email", "E-mail"),
}
OFFICES = {
    "place": ("Kode daerah", "Daerah"),
    "name": ("Nama perangkat daerah",),
    "aliases": ("Nama lain", "Singkatan"),
}
ADVICE = (
    "Nama pengguna: 3 sampai 40 huruf kecil, angka, titik, atau garis. Yang sudah ada diubah, bukan digandakan.",
    "Peran: {roles}. Kosong berarti staf perangkat daerah.",
    "Kode daerah: kode kabupaten/kota, misalnya 63.10; untuk verifikator kode provinsi. Kosong berarti daerah Anda.",
    "Perangkat daerah: hanya untuk staf; pilih dari daftar di selnya, atau tulis singkatan seperti Capil. Yang baru "
    "ditulis di lembar berikutnya.",
    "Surel boleh kosong. Kata sandi dan NIP tidak diminta: jangan menuliskannya di berkas ini.",
    "Perangkat daerah: beberapa nama lain dipisahkan titik koma. Nama lain yang sudah ada tidak dihapus.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as the file says it."""

    number: int
    faults: tuple[str, ...]
    username: str
    name: str
    role: str
    place: str
    office: str
    email: str


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One office as the file says it."""

    number: int
    faults: tuple[str, ...]
    place: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything a file says."""

    people: tuple[PersonRow, ...]
    offices: tuple[OfficeRow, ...]
    ignored: tuple[str, ...] = ()

    def carried(self) -> dict[str, Any]:
        """As a form carries it from the preview to the confirmation."""
        return asdict(self)


class TooMany(Exception):
    """More than one file may bring."""

    def __init__(self) -> None:
        super().__init__(
            f"Satu berkas paling banyak {MOST_PEOPLE} orang dan {MOST_OFFICES} perangkat daerah. "
            "Bagi menjadi beberapa berkas."
        )


def from_carried(carried: dict[str, Any]) -> Rows:
    """The rows out of a form that was signed."""
    return Rows(
        tuple(PersonRow(**{**row, "faults": tuple(row["faults"])}) for row in carried["people"]),
        tuple(
            OfficeRow(**{**row, "faults": tuple(row["faults"]), "aliases": tuple(row["aliases"])})
            for row in carried["offices"]
        ),
        tuple(carried["ignored"]),
    )


def read(file: IO[bytes]) -> Rows:
    """Rows of both sheets; a file may hold only one of them.

    Raises `SpreadsheetRefused`, `HeadingsMissing` or `TooMany`.
    """
    sheets = spreadsheets.read(file, most_rows=2 * MOST_PEOPLE, most_columns=30)
    offices = _table(sheets, OFFICES, ("name",))
    people = _table(sheets, PEOPLE, ("username", "name"))
    if people is None and not (offices and offices.lines):
        raise tables.HeadingsMissing(["Nama pengguna", "Nama lengkap"])
    found = Rows(
        tuple(_person(line) for line in people.lines) if people else (),
        tuple(_office(line) for line in offices.lines) if offices else (),
        tuple(people.ignored if people else ()),
    )
    if len(found.people) > MOST_PEOPLE or len(found.offices) > MOST_OFFICES:
        raise TooMany
    return found


def _table(sheets: list[spreadsheets.Sheet], columns: Any, required: tuple[str, ...]) -> tables.Table | None:
    try:
        return tables.table_of(sheets, columns, required)
    except tables.HeadingsMissing:
        return None


def _person(line: tables.Line) -> PersonRow:
    said = {name: " ".join(line.cells.get(name, "").split()) for name in PEOPLE}
    return PersonRow(line.number, line.faults, **{**said, "place": _code(said["place"])})


def _office(line: tables.Line) -> OfficeRow:
    aliases = (" ".join(each.split()) for each in re.split(r"[;\n]", line.cells.get("aliases", "")))
    name = " ".join(line.cells["name"].split())
    place = _code(line.cells.get("place", ""))
    return OfficeRow(line.number, line.faults, place, name, tuple(each for each in aliases if each))


def _code(said: str) -> str:
    """A region's code has two digits behind the dot; a spreadsheet that took it for a number has dropped the nought."""
    said = said.strip()
    return f"{said}0" if re.fullmatch(r"\d\d\.\d", said) else said


def example(people: Iterable[User], offices: Iterable[Office], roles: Collection[str], at: datetime) -> bytes:
    """A workbook to fill in, with those people and offices in it already, and lists in the cells of role and office."""
    labels = [label for role, label in User.Role.choices if role in roles]
    target = BytesIO()
    with writing.opened(target, title="Pengguna dan perangkat daerah", at=at) as book:
        head = book.add_format({**writing.FONT, "bold": True, "bg_color": "#E6F0FA", "bottom": 1})
        cell = book.add_format({**writing.FONT, "num_format": "@"})
        sheet = _sheet(book, "Pengguna", PEOPLE, (24, 32, 26, 13, 42, 34), head, cell, map(_of_person, people))
        _offer(sheet, "role", labels)
        _offer(sheet, "office", f"='Perangkat daerah'!$B$2:$B${MOST_OFFICES + 1}")
        rows = ((each.region.code, each.name, "; ".join(each.aliases)) for each in offices)
        _sheet(book, "Perangkat daerah", OFFICES, (13, 48, 60), head, cell, rows)
        notes = book.add_worksheet("Petunjuk")
        notes.set_column(0, 0, 130)
        for number, line in enumerate(ADVICE):
            notes.write_string(number, 0, line.format(roles="; ".join(labels)), cell)
    return target.getvalue()


def _offer(sheet: Any, column: str, source: "list[str] | str") -> None:
    """A list to choose from; another word may still be typed, for short names are recognised."""
    place = list(PEOPLE).index(column)
    sheet.data_validation(1, place, MOST_PEOPLE, place, {
        "validate": "list", "source": source, "error_type": "information", "error_title": PEOPLE[column][0],
        "error_message": "Tulisan ini tidak ada di daftar; dicocokkan saat diunggah.",
    })  # fmt: skip


def _of_person(user: User) -> tuple[str, ...]:
    place = user.region.code if user.region else user.province.code if user.province else ""
    return (user.username, user.first_name, str(user.get_role_display()), place, str(user.office or ""), user.email)


def _sheet(book: Any, name: str, columns: Any, widths: Any, head: Any, cell: Any, rows: Iterable[Any]) -> Any:
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, cell)
    for column, headings in enumerate(columns.values()):
        sheet.write_string(0, column, headings[0], head)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, writing.text(text), cell)
    return sheet
