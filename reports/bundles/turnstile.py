"""How many archives one web process sends at once, and one person: a stream holds a thread as long as it lasts."""

import logging
import threading
import weakref
from collections import Counter
from collections.abc import Iterator

from django.conf import settings

from reports.bundles.archive import Torn

PER_PERSON = 2

logger = logging.getLogger(__name__)
_lock = threading.Lock()
_inside: Counter[int] = Counter()


class TooMany(Exception):
    """No room for another archive now."""


class Turn:
    """A place among those who are sent an archive; given back when closed, or forgotten."""

    def __init__(self, user_id: int) -> None:
        with _lock:
            if _inside.total() >= settings.BUNDLES_AT_ONCE or _inside[user_id] >= PER_PERSON:
                raise TooMany
            _inside[user_id] += 1
        self.end = weakref.finalize(self, _leave, user_id)


class Stream:
    """The bytes of an archive as a server takes them; whatever ends it gives the turn back."""

    def __init__(self, chunks: Iterator[bytes], turn: Turn, name: str) -> None:
        self._chunks, self._turn, self._name = chunks, turn, name

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._chunks)
        except Torn as torn:  # the server cuts the connection: fewer bytes than announced, no closing directory
            logger.error("%s breaks off: %s", self._name, torn)
            raise

    def close(self) -> None:
        """Called by the server at the end, also when the other side is gone."""
        self._turn.end()


def _leave(user_id: int) -> None:
    with _lock:
        _inside[user_id] -= 1
        if _inside[user_id] <= 0:
            del _inside[user_id]
