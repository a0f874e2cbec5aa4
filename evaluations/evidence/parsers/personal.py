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
NEAR = 60  # letters between "lahir" and a single date that still belong together


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
    """Years of dates that follow the word "lahir": one close by, or a column of them."""
    word = _BORN.search(page)
    if word is None:
        return Counter()
    dates = list(_DATE.finditer(page, word.end()))
    if len(dates) == 1 and dates[0].start() - word.end() > NEAR:
        return Counter()
    return Counter(found[1] for found in dates)
