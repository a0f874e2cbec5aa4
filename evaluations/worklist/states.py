"""The state of an answer while it is being worked on: one function, so that every page counts the same."""

from enum import StrEnum
from functools import cache
from typing import NamedTuple


class State(StrEnum):
    """In the order in which they ask for attention."""

    RETURNED = "RETURNED"
    CHECK = "CHECK"
    EMPTY = "EMPTY"
    DRAFT = "DRAFT"
    READY = "READY"
    LOCKED = "LOCKED"

    @property
    def label(self) -> str:
        """Word on the page."""
        return LABELS[self]

    @property
    def tone(self) -> str:
        """Colour of its pill; word and icon say the same."""
        return LOOKS[self][0]

    @property
    def icon(self) -> str:
        """Name of its icon."""
        return LOOKS[self][1]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self in OPEN


LABELS = {
    State.RETURNED: "Perlu perbaikan",
    State.CHECK: "Perlu diperiksa",
    State.EMPTY: "Belum diisi",
    State.DRAFT: "Draf",
    State.READY: "Siap ditelaah",
    State.LOCKED: "Terkunci",
}
LOOKS = {
    State.RETURNED: ("bad", "arrow-uturn-left"),
    State.CHECK: ("warn", "eye"),
    State.EMPTY: ("", "minus-circle"),
    State.DRAFT: ("brand", "pencil-square"),
    State.READY: ("good", "check"),
    State.LOCKED: ("", "lock-closed"),
}
OPEN = frozenset({State.RETURNED, State.CHECK, State.EMPTY, State.DRAFT})


class Facts(NamedTuple):
    """What the state follows from."""

    is_answered: bool
    wants_proof: bool  # the claim is worth something and evidence is expected
    is_proved: bool
    is_shared: bool  # more than one office answers
    is_confirmed: bool  # by the lead
    needs_check: bool  # copied from another cycle
    is_returned: bool  # a reviewer sent it back and nobody has answered that yet
    is_locked: bool  # the evaluation is sent, and the answer not open again
    is_mended: bool = False  # after sending: something new is there, and waits to be judged


@cache
def state_of(facts: Facts) -> State:
    """Ready is what is answered, proved where proof is expected, and confirmed by the lead where it is shared."""
    if facts.is_locked:
        return State.LOCKED
    if facts.is_mended:
        return State.READY
    if facts.is_returned:
        return State.RETURNED
    if facts.needs_check:
        return State.CHECK
    if not facts.is_answered:
        return State.EMPTY
    if (facts.wants_proof and not facts.is_proved) or (facts.is_shared and not facts.is_confirmed):
        return State.DRAFT
    return State.READY


def is_task(state: State, *, is_led: bool, has_given: bool) -> bool:
    """Whether somebody has something to do: the lead while the question is open, a supporter until it has given.

    What was sent back concerns everybody who had a hand in it.
    """
    return state.is_open and (is_led or state is State.RETURNED or not has_given)
