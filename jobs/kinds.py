"""The kinds of work the portal knows: each app's `tasks.py` registers a plain function under a name.

The function takes ids by keyword and must be safe to run twice. If it has a parameter `progress`, it is handed a
callable that writes the percentage on the job's row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

Progress = Callable[[int], None]
Work = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A registered kind: its work and the Indonesian sentence shown when it is given up."""

    name: str
    work: Work
    sentence: str


class UnknownKind(LookupError):
    """A job names a kind that no app registers."""


class Refused(Exception):
    """Raised by work that can never succeed; its sentence is shown to people and the job is not repeated."""


class NotYet(Exception):
    """Raised by work that waits for something outside; the job is due again after `delay`, the attempt not counted."""

    def __init__(self, delay: timedelta) -> None:
        super().__init__(str(delay))
        self.delay = delay


_KINDS: dict[str, Kind] = {}


def kind(name: str, *, sentence_on_failure: str) -> Callable[[Work], Work]:
    """Register a function as the work of `name`; it stays an ordinary function."""

    def register(work: Work) -> Work:
        _KINDS[name] = Kind(name, work, sentence_on_failure)
        return work

    return register


def find(name: str) -> Kind:
    """The registered kind. Raises `UnknownKind`."""
    try:
        return _KINDS[name]
    except KeyError:
        raise UnknownKind(name) from None
