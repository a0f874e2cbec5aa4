"""Numbers and dates that may belong to children: counted, told by page, covered in what is kept; never stored."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

# Codes of provinces, with which a NIK begins; then regency and district, the day of birth (women: plus 40), the month.
PROVINCES = {*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98)}
COVER = "•" * 16
MOST_PAGES_TOLD = 20

_SIXTEEN = re.compile(r"(?<![\d.])(?:\d[ .-]?){15}\d(?!\d)")
_BORN = re.compile(r"\b(?:lahir|ttl)\b", re.IGNORECASE)
_MONTHS = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
_DATE = re.compile(
    rf"\b\d{{1,2}}\s?(?:[-/.]\s?\d{{1,2}}\s?[-/.]|\s+(?:{_MONTHS})\s+)\s?((?:19|20)\d\d)\b", re.IGNORECASE
)
_SET_ON = re.compile(r"(?:\bpada tanggal|\btertanggal|hari\s*[/,]\s*tanggal\s*:?)[^\n]{0,20}$", re.IGNORECASE)
NEAR = 60  # letters between "lahir" and a single date that still belong together
OWN_DAY = 5  # years after the youngest in the list, from which on the last date is the paper's own


def is_like_nik(number: str) -> bool:
    """Whether sixteen digits are built like a NIK: a province, a day and a month stand where they should."""
    digits = "".join(filter(str.isdigit, number))
    day, month = int(digits[6:8]), int(digits[8:10])
    return int(digits[:2]) in PROVINCES and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def covered(text: str) -> str:
    """The text without the numbers that are like a NIK."""
    return _SIXTEEN.sub(lambda found: COVER if is_like_nik(found[0]) else found[0], text)


def found_in(pages: Sequence[str]) -> dict[str, Any]:
    """How many numbers like a NIK, how many dates of birth by year, and on which pages."""
    niks = {place: _niks(page) for place, page in enumerate(pages, 1)}
    births = {place: _births(page) for place, page in enumerate(pages, 1)}
    years = sum(births.values(), Counter[str]())
    return {
        "niks": sum(niks.values()),
        "nik_pages": [place for place, count in niks.items() if count][:MOST_PAGES_TOLD],
        "births": dict(years),
        "birth_pages": [place for place, found in births.items() if found][:MOST_PAGES_TOLD],
    }


def _niks(page: str) -> int:
    return sum(is_like_nik(found) for found in _SIXTEEN.findall(page))


def _births(page: str) -> Counter[str]:
    return Counter(found[1] for found in _born(page))


def without_births(text: str) -> str:
    """The text with blanks for dates of birth, so that none of them is taken for the day of the paper."""
    for found in _born(text):
        text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    return text


def _born(page: str) -> list[re.Match[str]]:
    """Dates that follow the word "lahir": one close by, or a column of them; not the day on which it was signed."""
    word = _BORN.search(page)
    if word is None:
        return []
    dates = [each for each in _DATE.finditer(page, word.end()) if not _is_signing(page, each.start())]
    if len(dates) == 1:
        return dates if dates[0].start() - word.end() <= NEAR else []
    years = [int(each[1]) for each in dates]
    return dates[:-1] if years and years[-1] - max(years[:-1]) >= OWN_DAY else dates


def _is_signing(page: str, start: int) -> bool:
    """Whether the words before a date say that something was set or held on it."""
    return _SET_ON.search(page, max(0, start - NEAR), start) is not None
