"""What stands in a digest: plain text, from what the portal itself has written. No query, no clock.

A mail leaves the house, so it says less than the page: where people wrote freely (why an answer came back, what
somebody commented) it names the occasion and the address only, and no long run of digits, such as a NIK, ever passes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kla_portal.numbers import bulat
from notices.models import Notice

MOST_LINES = 25
FREE_WORDS = {Notice.Kind.RETURNED, Notice.Kind.MENTIONED, Notice.Kind.COMMENTED}
LONG_NUMBER = re.compile(r"(?:\d[ .-]?){15,}\d")


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as the mail needs it."""

    kind: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Digest:
    """One person's mail."""

    subject: str
    body: str


def digest(name: str, told: Sequence[Told], standing: Sequence[str], site: str) -> Digest:
    """The whole mail: greeting, news by kind, how the work stands, how to be rid of it."""
    count = len(told)
    parts = [f"Yth. {one_line(name)},", f"Ada {count} pemberitahuan baru untuk Anda di Portal KLA.", *_news(told, site)]
    if count > MOST_LINES:
        parts.append(f"... dan {count - MOST_LINES} lainnya di portal.")
    if standing:
        parts.append("Keadaan pekerjaan\n" + "\n".join(f"- {_safe(line)}" for line in standing))
    parts.append(f"Semua pemberitahuan: {site}/pemberitahuan/")
    parts.append(
        "-- \n"
        "Surel ini dikirim otomatis, paling banyak satu kali sehari; jangan dibalas.\n"
        f"Mengganti alamat atau mematikan ringkasan ini: {site}/akun/"
    )
    return Digest(f"Portal KLA: {bulat(count)} pemberitahuan baru", "\n\n".join(parts) + "\n")


def one_line(text: str, most: int = 150) -> str:
    """Without line breaks or control characters: nothing a name holds can become a header or a paragraph."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:most]


def _news(told: Sequence[Told], site: str) -> list[str]:
    order = list(Notice.Kind.values)
    ordered = sorted(told, key=lambda each: order.index(each.kind))[:MOST_LINES]
    blocks = []
    for kind, group in groupby(ordered, key=lambda each: each.kind):
        lines = [line for each in group for line in _lines(each, site)]
        blocks.append("\n".join([Notice.Kind(kind).label, *lines]))
    return blocks


def _lines(told: Told, site: str) -> list[str]:
    link = f"{site}{one_line(told.link, 300)}" if told.link else ""
    if Notice.Kind(told.kind) in FREE_WORDS:
        return [f"- {link or 'lihat portal'}"]
    return [f"- {_safe(told.text)}", *([f"  {link}"] if link else [])]


def _safe(text: str) -> str:
    return LONG_NUMBER.sub("[angka ditutup]", one_line(text, 400))
