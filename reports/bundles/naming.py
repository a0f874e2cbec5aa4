"""Names inside the archive: plain letters, short enough for the longest path Windows takes, unlike each other."""

import re
import unicodedata

from clusters.models import Question
from evaluations.evidence import names

MOST = 60


def folder_of(question: Question) -> str:
    """`1 K Kelembagaan/Indikator 03/3.12`: cluster, indicator, question, in the instrument's order."""
    indicator = question.indicator
    cluster = indicator.cluster
    number = indicator.code.zfill(2) if indicator.code.isdigit() else plain(indicator.code)
    first = f"{cluster.position} {plain(f'{cluster.code} {cluster.name}', 36)}"
    return f"{first}/Indikator {number}/{plain(question.code)}"


def file_of(number: int, title: str, file_name: str) -> str:
    """`02 SK Gugus Tugas.pdf`: the number keeps equal titles apart, the ending is the one found by content."""
    _, dot, ending = file_name.rpartition(".")
    ending = re.sub(r"[^a-z0-9]", "", ending.lower())[:5] if dot else ""
    return f"{number:02d} {plain(names.stem(title))}" + (f".{ending}" if ending else "")


def plain(words: str, most: int = MOST) -> str:
    """ASCII letters, digits and a few signs; never empty, never ending in a dot or a blank."""
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    kept = " ".join(re.sub(r"[^A-Za-z0-9 ._()-]+", " ", ascii_only).split())
    return kept[:most].strip(". ") or "dokumen"
