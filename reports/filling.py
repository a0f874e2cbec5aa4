"""The texts of a house with their names replaced by what they stand for in one paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from kla_portal import terbilang
from kla_portal.numbers import angka, hari
from reports import wording
from reports.content.naskah import Texts
from reports.issues import Issue
from reports.letterheads import Masthead

DOTS = "." * 44


@dataclass(frozen=True, slots=True)
class About:
    """What the names in braces stand for, apart from the day and the number."""

    region: str
    province: str
    cycle: str
    stage: str
    zone: str
    verified: Decimal | None
    tier: str


def day_of(issue: Issue, zone: str) -> date:
    """The paper's day on the clock of the house."""
    return issue.issued_at.astimezone(ZoneInfo(zone)).date()


def fill(texts: Texts, about: About, masthead: Masthead, issue: Issue) -> dict[str, str]:
    """Every text, filled, by its name; `deadline` is the day until which recommendations are followed."""
    day = day_of(issue, about.zone)
    deadline = hari(day + timedelta(days=texts.deadline_days))
    values = {
        "hari_tanggal": terbilang.tanggal(day),
        "tanggal": hari(day),
        "tempat": masthead.city or about.region or about.province,
        "nomor": issue.number,
        "daerah": about.region,
        "provinsi": about.province,
        "siklus": about.cycle,
        "tahap": about.stage.lower(),
        "tenggat": deadline,
        "nilai": angka(about.verified),
        "nilai_huruf": "" if about.verified is None else terbilang.pecahan(about.verified),
        "predikat": about.tier or "belum berpredikat",
    }
    return filled_all(texts, values) | {"deadline": deadline, **values}


def filled_all(texts: Texts, values: Mapping[str, str]) -> dict[str, str]:
    """Every text of a house, filled."""
    return {name: wording.filled(text, values) for name, text in texts.pairs}


def people_of(texts: Mapping[str, str], role: str) -> dict[str, str]:
    """One who signs: position, name or a dotted line, NIP in groups."""
    return {
        "party": texts.get(f"{role}_party", ""),
        "position": texts[f"{role}_position"],
        "name": texts[f"{role}_name"] or DOTS,
        "number": spaced(texts.get(f"{role}_number", "")),
    }


def spaced(number: str) -> str:
    """A NIP as people read it."""
    return " ".join((number[:8], number[8:14], number[14], number[15:])) if len(number) == 18 else number


def laws(texts: Mapping[str, str]) -> list[str]:
    """The legal basis, a rule per line."""
    return [line.strip() for line in texts["law"].splitlines() if line.strip()]
