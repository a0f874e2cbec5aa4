"""Mentions in a text: "@nama.pengguna", found and shown the same way."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_MENTION = re.compile(r"(?<![\w@.+-])@([A-Za-z0-9_][\w.+-]*)")  # an address such as nama@dinas.go.id is none

_PRICE = re.compile(r"(?:rp\.?)?\d[\d.]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a comment; `mentions` is the name of whom it names, empty for plain words."""

    text: str
    mentions: str = ""


def mentioned(text: str, known: Mapping[str, int]) -> set[int]:
    """The people a text names, by their user name in small letters; unknown names are plain words."""
    return {known[name] for _, _, name in _found(text, known)}


def unheard(text: str, known: Collection[str]) -> list[str]:
    """What looks like a mention and names nobody in `known`, as it was typed, each once.

    A price is none: "5 buku @10.000".
    """
    heard = {start for start, _, _ in _found(text, dict.fromkeys(known))}
    typed = [hit[1].rstrip(".+-") for hit in _MENTION.finditer(text) if hit.start() not in heard]
    return list({name.lower(): f"@{name}" for name in typed if not _PRICE.match(name)}.values())


def pieces(text: str, names: Mapping[str, str]) -> list[Piece]:
    """The text cut at its mentions; `names` maps a user name in small letters to what the page calls the person."""
    cut, place = [], 0
    for start, end, name in _found(text, names):
        if start > place:
            cut.append(Piece(text[place:start]))
        cut.append(Piece(text[start:end], names[name]))
        place = end
    if place < len(text):
        cut.append(Piece(text[place:]))
    return cut


def _found(text: str, known: Mapping[str, object]) -> list[tuple[int, int, str]]:
    """Start, end and user name; a dot at the end of a sentence does not belong to the name."""
    found = []
    for hit in _MENTION.finditer(text):
        name = hit[1].lower()
        while name and name not in known and name[-1] in ".+-":
            name = name[:-1]
        if name in known:
            found.append((hit.start(), hit.start(1) + len(name), name))
    return found
