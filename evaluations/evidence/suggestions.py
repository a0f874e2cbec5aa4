"""Guesses at what a document is, from its name and its first lines: offered to people, never taken for granted."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from evaluations.evidence.parsers.personal import without_births
from evaluations.models import Evidence, EvidenceText

Kind = Evidence.DocumentKind
HEAD = 3000  # letters in which a paper says what it is
TITLE_LINES = 600
NUMBER_LETTERS = 120

_KINDS = (
    (Kind.PERDA, r"\bperda\b|peraturan daerah"),
    (Kind.PERBUP, r"\bper(?:bup|wali|wal|wako)\b|peraturan (?:bupati|wali ?kota)"),
    (Kind.CIRCULAR, r"surat edaran|instruksi (?:bupati|wali ?kota)|\bse bupati\b"),
    (Kind.MOU, r"\bmou\b|\bpks\b|nota kesepahaman|kesepakatan bersama|perjanjian kerja ?sama"),
    (Kind.INVITATION, r"\bundangan\b"),
    (Kind.ATTENDANCE, r"daftar hadir|presensi|absensi"),
    (Kind.MINUTES, r"\bnotul(?:a|en|ensi)\b|risalah rapat"),
    (Kind.CERTIFICATE, r"\bsertifikat\b|\bpiagam\b"),
    (Kind.DPA, r"\bdpa\b|dokumen pelaksanaan anggaran|\banggaran\b|\bapbd\b"),
    (Kind.MODULE, r"\bsop\b|standar operasional|\bmodul\b|\bpedoman\b|\bjuknis\b|petunjuk teknis"),
    (Kind.SK, r"\bsk\b|surat keputusan|keputusan (?:bupati|wali ?kota|kepala|camat|lurah|direktur)"),
    (Kind.REPORT, r"\blaporan\b"),
    (Kind.PHOTO, r"\bfoto\b|\bdokumentasi\b|\bimg[ _-]?\d"),
    (Kind.DATA, r"\bdata\b|\bprofil\b|\brekap\w*\b|\bmatriks\b|\bcakupan\b|\bdaftar\b"),
)
_MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
    "desember",
)  # fmt: skip
_YEAR = r"((?:19|20)\d\d)"
_SPELLED = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+{_YEAR}\b", re.IGNORECASE)
_FIGURES = re.compile(rf"\b(\d{{1,2}})[-/.](\d{{1,2}})[-/.]{_YEAR}\b")
_ISO = re.compile(rf"(?<!\d){_YEAR}[-_.](\d\d)[-_.](\d\d)(?!\d)")
_TIGHT = re.compile(rf"(?<!\d){_YEAR}(\d\d)(\d\d)(?!\d)")  # in names of files only: in a text it begins a NIP
_WRITTEN = (_SPELLED, _FIGURES, _ISO)
_SET_ON = re.compile(r"(?:pada tanggal|tanggal\s*:|tertanggal)\s*", re.IGNORECASE)
_NUMBER = re.compile(
    rf"\b(?:nomor|no\.)\s*[:.]?\s*(\d[\w.\-]{{0,40}}(?:\s?/\s?[\w.\-]{{1,40}}){{0,8}})(?:\s+tahun\s+{_YEAR})?",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_UPLOADED = re.compile(r"^Foto diunggah .*", re.DOTALL)  # `arrivals.js` names nameless photos by the moment they came
# What telephones and messengers call a photo; a messenger's day is that of sending, which is the last it can be of.
_BY_CAMERA = re.compile(
    rf"^(?:(?:IMG|PXL|MVIMG|PANO|DSC)[-_ ]?)?{_YEAR}(\d\d)(\d\d)[-_ ](?:\d{{6}}|WA\d+)"
    rf"|^(?:WhatsApp Image |photo_){_YEAR}-(\d\d)-(\d\d)(?: at |_)\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the details may be; empty where nothing could be guessed."""

    document_kind: str = ""
    number: str = ""
    dated_on: date | None = None
    year: int | None = None

    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        day = self.dated_on.isoformat() if self.dated_on else ""
        return {"document_kind": self.document_kind, "number": self.number, "dated_on": day, "year": self.year}


def stored(plain: dict[str, Any]) -> Suggestions:
    """Back from the row; nothing for a document that nobody has read yet."""
    day = plain.get("dated_on")
    return Suggestions(
        plain.get("document_kind", ""),
        plain.get("number", ""),
        date.fromisoformat(day) if day else None,
        plain.get("year"),
    )


def of(evidence: Evidence) -> Suggestions:
    """What was guessed for a document, nothing while it has not been read. One query."""
    plain = EvidenceText.objects.filter(evidence=evidence).values_list("suggestions", flat=True).first()
    return stored(plain or {})


def for_page(evidence: Evidence) -> list[tuple[str, str]]:
    """Guesses for details that nobody has filled in, in words: [("Nomor", "12 Tahun 2023")]. One query."""
    guessed = of(evidence)
    offered = []
    if guessed.document_kind and not evidence.document_kind:
        offered.append(("Jenis", str(Kind(guessed.document_kind).label)))
    if guessed.number and not evidence.number:
        offered.append(("Nomor", guessed.number))
    if guessed.dated_on and not evidence.dated_on:
        offered.append(("Tanggal", str(date_format(guessed.dated_on, "j F Y"))))
    return offered


def day_in(words: str) -> date | None:
    """The first day named in a short text: "12 Juni 2024", "12/06/2024"."""
    return _first(words[:40], *_WRITTEN, _TIGHT, anchored=False)


def day_of_photo(name: str) -> date | None:
    """The day that a camera or a messenger wrote into the name of a file; what people write there may be any day."""
    found = _BY_CAMERA.match(name)
    if found is None:
        return None
    year, month, day = (int(each) for each in found.groups() if each)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def guess(name: str, text: str, *, taken: str = "", is_picture: bool = False) -> Suggestions:
    """Kind, number and day, the name first and the head of the text after it; a photo's own day counts most."""
    name, head = _spaced(_UPLOADED.sub("", name)), text[:HEAD]
    kind = _kind(name) or (Kind.PHOTO if is_picture else _kind(head[:TITLE_LINES]))
    number, number_year = _number(head) if not is_picture else ("", None)
    if not number:
        number, number_year = _number(name)
    day = _day_of(taken) or _day(without_births(head)) or _day(name) or _first(name, _TIGHT, anchored=False)
    named = _BARE_YEAR.search(name)
    year = day.year if day else number_year or (int(named[1]) if named else None)
    return Suggestions(kind, number, day, year)


def _spaced(name: str) -> str:
    return " ".join(re.sub(r"[_\-]+", " ", name).split()) + " " + name


def _kind(words: str) -> str:
    words = " ".join(words.lower().split())
    hits = [(found.start(), kind) for kind, pattern in _KINDS if (found := re.search(pattern, words))]
    return min(hits, key=lambda hit: hit[0])[1].value if hits else ""


def _number(words: str) -> tuple[str, int | None]:
    found = _NUMBER.search(words)
    if found is None:
        return "", None
    number = " ".join(found[1].split()).strip(" .-")
    year = int(found[2]) if found[2] else None
    tail = _BARE_YEAR.search(number.rsplit("/", 1)[-1]) if "/" in number else None
    return (f"{number} Tahun {year}" if year else number)[:NUMBER_LETTERS], year or (int(tail[1]) if tail else None)


def _day(words: str) -> date | None:
    """The day after "pada tanggal" or "tanggal:", else the first day that is named."""
    for place in [*(found.end() for found in _SET_ON.finditer(words)), None]:
        near = words if place is None else words[place : place + 30]
        day = _first(near, *_WRITTEN, anchored=place is not None)
        if day:
            return day
    return None


def _first(words: str, *patterns: re.Pattern[str], anchored: bool) -> date | None:
    for pattern in patterns:
        found = pattern.search(words)
        if found and not (anchored and found.start() > 20) and (day := _made(pattern, found)):
            return day
    return None


def _made(pattern: re.Pattern[str], found: re.Match[str]) -> date | None:
    first, second, third = found.groups()
    try:
        if pattern is _SPELLED:
            return date(int(third), _MONTHS.index(second.lower()) + 1, int(first))
        return (
            date(int(third), int(second), int(first))
            if pattern is _FIGURES
            else date(int(first), int(second), int(third))
        )
    except ValueError:
        return None


def _day_of(taken: str) -> date | None:
    try:
        return date.fromisoformat(taken) if taken else None
    except ValueError:
        return None
