"""Recognising an office by what people call it: "Capil", "dinas  dukcapil", "Dinkes Kab. Tapin". No query, no Django.

An exact name, alias or code (spaces, capitals and punctuation aside) always wins. Only then words that are left out in
speech are left out here: "Dinas" and its like in front, the region behind, either half of "Dinas PPPA (DP3AP2KB)".
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Protocol

KINDS = frozenset(["dinas", "badan", "kantor", "bagian", "biro", "unit", "opd", "kecamatan", "kec", "sekretariat"])
PLACES = frozenset(["kab", "kabupaten", "kota", "pemkab", "pemkot"])
LONGEST = 200  # of a name; what is longer is no office
ALIKE = 0.62  # how near a suggestion must be


class Named(Protocol):
    """What is needed of an office row."""

    pk: int
    code: str
    name: str
    aliases: list[str]


@dataclass(frozen=True, slots=True)
class Match:
    """What a name was recognised as: one office, several it could be, or the nearest one."""

    said: str
    pk: int | None = None
    candidates: tuple[str, ...] = ()
    nearest: str = ""

    @property
    def complaint(self) -> str:
        """Why it is not taken, and what to write instead; empty when it was recognised."""
        if self.pk is not None:
            return ""
        if self.candidates:
            return f"“{self.said}” dapat berarti {' atau '.join(self.candidates)}. Tulis nama lengkapnya."
        if self.nearest:
            return f"“{self.said}” tidak dikenal. Maksud Anda {self.nearest}?"
        return f"“{self.said}” tidak dikenal. Tulis nama perangkat daerah yang terdaftar, atau tambahkan dulu."


def words_of(text: str) -> list[str]:
    """Words in plain small letters: "Dinas P&K" -> dinas, p, dan, k."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold().replace("&", " dan ")
    return re.findall(r"[^\W_]+", plain)


def key_of(text: str) -> str:
    """The same for all ways to space, punctuate and capitalise a name."""
    return "".join(words_of(text))


def _loose(words: Sequence[str], place: Sequence[str]) -> str:
    left = list(words)
    if place and left[-len(place) :] == list(place):
        left = left[: -len(place)]
    while left and left[-1] in PLACES:
        left.pop()
    while left and left[0] in KINDS:
        left.pop(0)
    return "".join(left)


def _halves(name: str) -> list[str]:
    """The name without what stands in brackets, and what stands there; both sides of a slash with spaces."""
    inside = re.findall(r"\(([^()]+)\)", name)
    outside = re.sub(r"\([^()]*\)", " ", name)
    return [name, outside, *inside, *re.split(r"\s/\s", outside)]


class Directory:
    """The offices of one region under all their names."""

    def __init__(self, offices: Iterable[Named], region: str = "") -> None:
        self.offices = list(offices)
        words = words_of(region)
        self._found: dict[str, Match] = {}
        self.place = words[1:] if words and words[0] in PLACES else words

    @cached_property
    def names(self) -> dict[int, str]:
        """The proper name by key."""
        return {each.pk: each.name for each in self.offices}

    @cached_property
    def exact(self) -> dict[str, list[int]]:
        """Keys of names, aliases and codes as they are."""
        return _index((key_of(name), each.pk) for each in self.offices for name in _all_names(each))

    @cached_property
    def loose(self) -> dict[str, list[int]]:
        """The same with what speech leaves out left out."""
        return _index(
            (_loose(words_of(half), self.place), each.pk)
            for each in self.offices
            for name in _all_names(each)
            for half in _halves(name)
        )

    def find(self, said: str) -> Match:
        """The office that is meant, or why it cannot be told; a file says the same name a hundred times."""
        said = " ".join(said[: 10 * LONGEST].split())[:LONGEST]
        if said not in self._found:
            self._found[said] = self._look_up(said)
        return self._found[said]

    def _look_up(self, said: str) -> Match:
        for index, key in ((self.exact, key_of(said)), (self.loose, _loose(words_of(said), self.place))):
            found = index.get(key, []) if key else []
            if len(found) == 1:
                return Match(said, found[0])
            if found:
                return Match(said, candidates=tuple(sorted(self.names[pk] for pk in found)))
        return Match(said, nearest=self._nearest(said))

    def listed(self, said: str) -> list[Match]:
        """Several offices in one text, parted by semicolons or lines, or by commas where every part is known.

        Commas come second because names hold them: "Dinas Pariwisata, Kepemudaan, dan Olahraga".
        """
        found = []
        for part in re.split(r"[;\n]", said):
            if not part.strip():
                continue
            match = self.find(part)
            pieces = [self.find(piece) for piece in part.split(",") if piece.strip()]
            split = match.pk is None and len(pieces) > 1 and any(piece.pk is not None for piece in pieces)
            found += pieces if split else [match]
        return found

    def taken(self, names: Iterable[str], but: int | None = None) -> tuple[str, str] | None:
        """The first of these names that another office has already, with that office's name."""
        for name in names:
            others = [pk for pk in self.exact.get(key_of(name), []) if pk != but]
            if others:
                return name, self.names[others[0]]
        return None

    def _nearest(self, said: str) -> str:
        """The office whose name is most like it; none for a word that half of them begin with ("Dinas")."""
        if not _loose(words_of(said), self.place):
            return ""
        close = get_close_matches(key_of(said), self.exact, n=1, cutoff=ALIKE) or get_close_matches(
            _loose(words_of(said), self.place), [key for key in self.loose if key], n=1, cutoff=ALIKE
        )
        if not close:
            return ""
        return self.names[(self.exact.get(close[0]) or self.loose[close[0]])[0]]


def _all_names(office: Named) -> list[str]:
    return [office.name, office.code, *office.aliases]


def _index(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, pk in pairs:
        if key and pk not in found.setdefault(key, []):
            found[key].append(pk)
    return found
