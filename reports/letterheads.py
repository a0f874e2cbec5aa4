"""A letterhead as printed: the region's own, or a plain one made of its name; and the number of a paper."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reports.houses import House
from reports.models import Letterhead

KNOWN_NAMES = frozenset({"urut", "tahun", "bulan", "kode"})
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
DEFAULT_PATTERN = "400.2/{urut}/KLA/{tahun}"
TEXTS = ("government", "office", "address", "contact", "city", "number_pattern", "signatory_position",
         "signatory_name", "signatory_rank", "signatory_number")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above and below a paper. Part of a document's fingerprint: another signatory is another paper."""

    government: str
    office: str
    address: str
    contact: str
    city: str
    position: str
    name: str
    rank: str
    number: str  # NIP as typed, 18 digits or empty
    logo: str  # storage name, which carries the picture's sha256; empty: no logo

    @property
    def masked_number(self) -> str:
        """The NIP on a screen: it tells a birth date and a sex, so only its end is shown."""
        return f"{'•' * 15}{self.number[-3:]}" if self.number else ""

    @property
    def spaced_number(self) -> str:
        """The NIP as people read it: 19700101 199503 1 001."""
        match = re.fullmatch(r"(\d{8})(\d{6})(\d)(\d{3})", self.number)
        return " ".join(match.groups()) if match else self.number


def letterhead_of(house: House) -> Letterhead | None:
    """The settings of a house, if it has any."""
    return Letterhead.objects.filter(**house.keys).first()


def masthead_of(house: House) -> Masthead:
    """The house's letterhead; one without settings gets its name and no signatory."""
    found = letterhead_of(house)
    logo = logo_of(house, found)
    if found is None:
        plain = suggested(house)
        return Masthead(plain["government"], plain["office"], "", "", "", "", "", "", "", logo)
    return Masthead(
        government=found.government,
        office=found.office,
        address=found.address,
        contact=found.contact,
        city=found.city,
        position=found.signatory_position,
        name=found.signatory_name,
        rank=found.signatory_rank,
        number=found.signatory_number,
        logo=logo,
    )


def logo_of(house: House, letterhead: Letterhead | None) -> str:
    """Storage name of the logo: a region's seal, or the picture a province's letterhead carries."""
    if house.region:
        return house.region.seal.name or ""
    return letterhead.logo if letterhead else ""


def suggested(house: House) -> dict[str, str]:
    """What the form of a house without a letterhead begins with."""
    office = (
        "Tim Verifikasi Kabupaten/Kota Layak Anak" if house.is_province else "Gugus Tugas Kabupaten/Kota Layak Anak"
    )
    return {"government": f"Pemerintah {house.name}", "office": office, "number_pattern": DEFAULT_PATTERN}


@dataclass(frozen=True, slots=True)
class Preview:
    """A letterhead on the screen."""

    masthead: Masthead
    logo: str
    number: str


def preview(values: Mapping[str, Any], house: House, stored: Letterhead | None) -> Preview:
    """How typed values would look; a logo that came with them stands in for the stored one."""
    texts = {name: str(values.get(name) or "") for name in TEXTS}
    masthead = Masthead(
        government=texts["government"],
        office=texts["office"],
        address=texts["address"],
        contact=texts["contact"],
        city=texts["city"],
        position=texts["signatory_position"],
        name=texts["signatory_name"],
        rank=texts["signatory_rank"],
        number=texts["signatory_number"],
        logo=logo_of(house, stored),
    )
    picture = values.get("logo")
    logo = _address(picture) if isinstance(picture, bytes) else logo_address(masthead)
    number = number_from(texts["number_pattern"], sequence=1, year=2025, month=5, code=house.code)
    return Preview(masthead, logo, number)


def logo_address(masthead: Masthead) -> str:
    """The logo as a data: address, the only kind the PDF engine may fetch; empty when there is none."""
    if not masthead.logo or not default_storage.exists(masthead.logo):
        return ""
    with default_storage.open(masthead.logo) as picture:
        return _address(picture.read())


def _address(picture: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(picture).decode()


def unknown_names(pattern: str) -> set[str]:
    """Names in curly braces that no number knows; a broken brace or a path into an object counts as unknown."""
    try:
        fields = [
            (name, spec, conversion) for _, name, spec, conversion in Formatter().parse(pattern) if name is not None
        ]
    except ValueError:
        return {pattern}
    return {name or "{}" for name, spec, conversion in fields if name not in KNOWN_NAMES or spec or conversion}


def number_from(pattern: str, *, sequence: int, year: int, month: int, code: str) -> str:
    """A paper's number: "400.2/{urut}/KLA/{tahun}" becomes "400.2/007/KLA/2025". Only the known names are replaced."""
    values = {"urut": f"{sequence:03d}", "tahun": str(year), "bulan": ROMAN[month - 1], "kode": code}
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), pattern)


def keep_logo(picture: bytes) -> str:
    """Store a logo under its own sha256 and return the storage name; the same picture is stored once."""
    name = f"lambang/{hashlib.sha256(picture).hexdigest()}.png"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(picture))
