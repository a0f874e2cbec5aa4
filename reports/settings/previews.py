"""A house's sentences as they would read on paper: the real letterhead, an example of a day and of points."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from reports import filling, wording
from reports.content.naskah import Texts, texts_of
from reports.houses import House
from reports.issues import Issue
from reports.letterheads import DEFAULT_PATTERN, letterhead_of, masthead_of, number_from

EXAMPLE_CODE = "0" * 12
EXAMPLE_DAY = datetime(2026, 11, 24, 3, tzinfo=UTC)
EXAMPLE_POINTS, EXAMPLE_TIER = Decimal("800.38"), "Nindya"


@dataclass(frozen=True, slots=True)
class Page:
    """What the preview shows."""

    text: dict[str, str]
    laws: list[str]
    first: dict[str, str]
    second: dict[str, str]
    known: dict[str, str]
    is_province: bool


def standard_of(house: House) -> dict[str, str]:
    """The texts that count where the house has none of its own."""
    above = house.above
    return dict(texts_of(above).pairs) if above else wording.resolved()


def example_issue(house: House) -> Issue:
    """A number of the house's own pattern, a day, no code."""
    found = letterhead_of(house)
    pattern = found.number_pattern if found else DEFAULT_PATTERN
    number = number_from(pattern, sequence=1, year=2026, month=11, code=house.code)
    return Issue(number, EXAMPLE_DAY, "0" * 64, EXAMPLE_CODE)


def preview_of(house: House, typed: dict[str, str]) -> Page:
    """The sentences with what has been typed so far."""
    texts = Texts(tuple(sorted(wording.resolved(typed, standard_of(house)).items())))
    province = house.region.province.name if house.region else house.place.name
    about = filling.About(
        region=house.region.name if house.region else "Kabupaten Contoh",
        province=province,
        cycle="Evaluasi KLA 2026",
        stage="Verifikasi administrasi",
        zone=house.zone,
        verified=EXAMPLE_POINTS,
        tier=EXAMPLE_TIER,
    )
    text = filling.fill(texts, about, masthead_of(house), example_issue(house))
    people = {role: filling.people_of(text, role) for role in ("first", "second", "known")}
    return Page(text, filling.laws(text), **people, is_province=house.is_province)
