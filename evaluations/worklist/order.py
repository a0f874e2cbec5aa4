"""In which order questions ask for attention: came back, to be looked at again, open by date and points, the rest."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import IntEnum

from evaluations.worklist.standing import Line
from evaluations.worklist.states import State


class Group(IntEnum):
    """Parts of the list, from its top."""

    RETURNED = 0
    CHECK = 1
    OPEN = 2
    WAITING = 3
    DONE = 4

    @property
    def label(self) -> str:
        """Heading on the page."""
        return HEADINGS[self]


HEADINGS = {
    Group.RETURNED: "Dikembalikan, perlu diperbaiki",
    Group.CHECK: "Salinan yang perlu diperiksa",
    Group.OPEN: "Perlu dikerjakan",
    Group.WAITING: "Menunggu perangkat daerah lain",
    Group.DONE: "Selesai",
}
Place = tuple[int, date, Decimal, int]


def group_of(line: Line) -> Group:
    """Where in the list a line stands."""
    if not line.state.is_open:
        return Group.DONE
    if not line.is_task:
        return Group.WAITING
    return {State.RETURNED: Group.RETURNED, State.CHECK: Group.CHECK}.get(line.state, Group.OPEN)


def place_of(line: Line, office: int | None, group: int | None = None) -> Place:
    """What is sorted by: group, own date, points at stake; without a date last, equals and what is done by number."""
    group = group_of(line) if group is None else group
    if group == Group.DONE:
        return group, date.max, Decimal(0), line.entry.index
    return group, line.due_for(office) or date.max, -line.maximum, line.entry.index


def in_order(lines: Iterable[Line], office: int | None) -> list[Line]:
    """The list."""
    return sorted(lines, key=lambda line: place_of(line, office))
