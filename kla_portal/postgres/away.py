"""Whether an error says that the server is away: not reached, restarted, shutting down."""

from django.db.utils import InterfaceError, OperationalError

GOING_OR_COMING = (None, "57P01", "57P02", "57P03")  # no word, told to stop, another process crashed, not up yet


def is_away(error: BaseException | None) -> bool:
    """A lost connection carries no code of the server; a statement that took too long has one, and is no absence."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return getattr(error.__cause__, "pgcode", "of another database") in GOING_OR_COMING
