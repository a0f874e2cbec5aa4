"""A tick sheet as it comes back: per place what is wanted and what the person saw."""

from collections.abc import Mapping

from django.http import QueryDict

from evaluations.places import sheets
from evaluations.places.actions import Conflict, Ticks

WORDS: Mapping[str, bool | None] = {"ya": True, "tidak": False, "": None}
FILL = {"ya": True, "tidak": False}  # the buttons that give every open place the same word


def ticks_in(sent: QueryDict, rest: str = "") -> tuple[dict[int, bool | None], dict[int, bool | None]]:
    """`wanted` and `seen` by place pk, from fields "t-<pk>" and "w-<pk>"; what is no such word is left out.

    `rest` is the word for places that the form leaves open, from one of the two buttons that fill them.
    """
    wanted, seen = _fields(sent, "t-"), _fields(sent, "w-")
    if rest in FILL:
        wanted = {pk: FILL[rest] if value is None else value for pk, value in {**seen, **wanted}.items()}
    return {pk: value for pk, value in wanted.items() if pk in seen}, seen


def rest_of(wanted: Ticks, seen: Ticks, conflict: Conflict) -> dict[str, list[tuple[int, str, str]]]:
    """What a conflict screen carries along unseen: the places nobody disputes, as (pk, seen, wanted)."""
    disputed = {each.place.pk for each in conflict.disputed}
    rest = [(pk, sheets.WORDS[seen[pk]], sheets.WORDS[value]) for pk, value in wanted.items() if pk not in disputed]
    return {"undisputed": rest}


def _fields(sent: QueryDict, prefix: str) -> dict[int, bool | None]:
    found = {}
    for name, value in sent.items():
        number = name.removeprefix(prefix)
        if name.startswith(prefix) and number.isascii() and number.isdigit() and len(number) < 19 and value in WORDS:
            found[int(number)] = WORDS[str(value)]
    return found
