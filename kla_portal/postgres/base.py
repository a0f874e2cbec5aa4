"""The connection that `ENGINE` names: a glance at the socket instead of a question before every request.

Django asks `SELECT 1` before a kept connection is used again. A server that has gone away has closed its end, which
the socket shows for nothing; only a network that fell silent shows nothing, so after a while the question is asked
all the same.
"""

import select
import time
from typing import Any

from django.db.backends.postgresql import base

ASK_AFTER = 15.0  # seconds since the connection was last known to work


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own in everything else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known_at = -ASK_AFTER

    def is_usable(self) -> bool:
        """Whether the server still answers; after an error, a silence or anything unread it is asked."""
        now = time.monotonic()
        is_doubtful = self.errors_occurred or now - self._known_at >= ASK_AFTER or not _is_quiet(self.connection)
        if is_doubtful and not super().is_usable():
            return False
        self._known_at = now
        return True


def _is_quiet(connection: Any) -> bool:
    """Whether nothing waits to be read: neither a last word nor the end of the connection."""
    if connection is None or connection.closed:
        return False
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return not poll.poll(0)
