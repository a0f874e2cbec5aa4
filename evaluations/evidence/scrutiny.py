"""What a verifier may stumble over in one document: plain facts in, doubts out; asks no database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format

from evaluations.evidence.parsers.kinds import PICTURES
from evaluations.evidence.suggestions import Suggestions
from evaluations.models import Evidence, EvidenceWarning

Code, Kind = EvidenceWarning.Code, Evidence.DocumentKind

SHORT_SIDE, LONG_SIDE = 500, 800  # pixels below which nobody reads a picture
LEAST_LETTERS = 20
CHILDHOOD = 18  # years
REGULATIONS = (Kind.PERDA, Kind.PERBUP, Kind.SK, Kind.CIRCULAR)
LASTING = (Kind.PERDA, Kind.PERBUP)  # in force until the next one, however old
LONG = (Kind.PERDA, Kind.PERBUP, Kind.MOU, Kind.REPORT, Kind.MODULE)  # never a single page
_LONG_LINE = re.compile(r"\b(perda|perbup|peraturan|laporan|modul|sop|profil|rad|pks|mou)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:halaman|hal\.?|page)\s*1\s*(?:dari|of|/)\s*(?:[2-9]|1\d)|\bterlampir\b|\bsebagaimana .{0,40}lampiran\b", re.I
)


@dataclass(frozen=True, slots=True)
class Period:
    """What the cycle and its instrument ask of dates."""

    years: tuple[int, ...]
    regulations_until: date | None


@dataclass(frozen=True, slots=True)
class Subject:
    """One document: what people say of it, what was measured, what was guessed, what it is expected to be."""

    media_type: str
    page_count: int | None = None
    kind: str = ""
    dated_on: date | None = None
    valid_until: date | None = None
    named_on: date | None = None  # by the camera, in the name of the file
    says_more: bool = False  # its only page speaks of others
    expected: Sequence[str] = ()  # lines of expected evidence that it covers
    facts: Mapping[str, Any] = field(default_factory=dict)
    guessed: Suggestions = field(default_factory=Suggestions)

    @property
    def likely_kind(self) -> str:
        """What people say it is, else what it looks like."""
        return self.kind or self.guessed.document_kind

    @property
    def likely_day(self) -> date | None:
        """What people say, else what it seems to say."""
        return self.dated_on or self.guessed.dated_on

    @property
    def likely_year(self) -> int | None:
        """The same for the year."""
        return self.dated_on.year if self.dated_on else self.guessed.year

    @property
    def is_picture(self) -> bool:
        """A photo or a scanned picture."""
        return self.media_type in PICTURES

    @property
    def is_photo(self) -> bool:
        """A picture that nobody has called anything else."""
        return self.is_picture and self.likely_kind in ("", Kind.PHOTO)


def speaks_of_more(text: str) -> bool:
    """Whether a single page says that others belong to it."""
    return bool(_MORE.search(text))


def doubts(subject: Subject, period: Period) -> dict[str, str]:
    """Code of each doubt with its detail in words."""
    found = {
        Code.COVER_ONLY: _cover(subject),
        Code.UNDATED: _undated(subject),
        Code.LATE_REGULATION: _late(subject, period),
        Code.WRONG_YEAR: _year(subject, period),
        Code.EXPIRED: _expired(subject, period),
        Code.BLANK_PAGES: _pages(subject.facts.get("blank", [])) or None,
        Code.SMALL_PICTURE: _small(subject),
        Code.PHOTO_UNPLACED: _unplaced(subject),
        Code.CHILD_DATA: _children(subject, period),
    }
    if found[Code.LATE_REGULATION] is not None:
        found[Code.WRONG_YEAR] = None  # said already, and more exactly
    return {code.value: detail for code, detail in found.items() if detail is not None}


def _cover(subject: Subject) -> str | None:
    if subject.page_count != 1 or subject.is_photo:
        return None
    long_line = next((line for line in subject.expected if _LONG_LINE.search(line)), None)
    if subject.says_more or subject.likely_kind in LONG:
        return ""
    return None if long_line is None else f"diharapkan: {long_line}"[:200]


def _undated(subject: Subject) -> str | None:
    read = "letters" in subject.facts or subject.is_picture
    silent = subject.facts.get("letters", 0) < LEAST_LETTERS
    return "" if read and silent and subject.dated_on is None and not subject.is_photo else None


def _late(subject: Subject, period: Period) -> str | None:
    day = subject.likely_day
    if subject.likely_kind not in REGULATIONS or day is None or period.regulations_until is None:
        return None
    if day <= period.regulations_until:
        return None
    return f"bertanggal {_day(day)}, batasnya {_day(period.regulations_until)}"


def _year(subject: Subject, period: Period) -> str | None:
    year = subject.likely_year
    if year is None or not period.years or min(period.years) <= year <= max(period.years):
        return None
    lasts = subject.valid_until is not None and subject.valid_until.year >= min(period.years)
    if year < min(period.years) and (subject.likely_kind in LASTING or lasts):
        return None
    return f"tahun {year}"


def _expired(subject: Subject, period: Period) -> str | None:
    until = subject.valid_until
    if until is None or not period.years or until.year >= max(period.years):
        return None
    return f"berlaku sampai {_day(until)}"


def _small(subject: Subject) -> str | None:
    width, height = subject.facts.get("width", 0), subject.facts.get("height", 0)
    if not width or (min(width, height) >= SHORT_SIDE and max(width, height) >= LONG_SIDE):
        return None
    return f"{width} × {height} piksel"


def _unplaced(subject: Subject) -> str | None:
    if not subject.is_photo or "has_place" not in subject.facts:
        return None
    missing = [] if subject.facts.get("taken") or subject.dated_on or subject.named_on else ["waktu"]
    missing += [] if subject.facts["has_place"] else ["tempat"]
    return f"tanpa {' dan '.join(missing)}" if missing else None


def _children(subject: Subject, period: Period) -> str | None:
    facts = subject.facts
    youngest = min(period.years, default=0) - CHILDHOOD
    births = sum(count for year, count in facts.get("births", {}).items() if int(year) > youngest)
    said = []
    if facts.get("niks"):
        said.append(f"{facts['niks']} nomor mirip NIK ({_pages(facts['nik_pages'])})")
    if births:
        said.append(f"{births} tanggal lahir anak ({_pages(facts['birth_pages'])})")
    return "; ".join(said)[:200] or None


def _day(day: date) -> str:
    return str(date_format(day, "j F Y"))


def _pages(numbers: Sequence[int]) -> str:
    """[2, 3, 7] -> "hal. 2, 3, 7"; a long list ends with dots."""
    if not numbers:
        return ""
    return "hal. " + ", ".join(map(str, numbers[:8])) + (", …" if len(numbers) > 8 else "")
