"""The words in which the table of addresses is written: who gets which status."""

from typing import NamedTuple

ROLES = ("STAFF", "OPERATOR", "REVIEWER", "LEADER", "VERIFIER", "ADMIN")
LOGIN = 302  # nobody is sent to the log-in


class Row(NamedTuple):
    """Statuses by role; `fields` are what the request carries."""

    own: dict[str, int]
    other: dict[str, int]
    nobody: int = LOGIN
    fields: dict[str, str] | None = None


def who(status: int, **roles: int) -> dict[str, int]:
    """One status for all roles but those named."""
    return dict.fromkeys(ROLES, status) | roles


def same(statuses: dict[str, int], nobody: int = LOGIN) -> Row:
    """What does not depend on the region."""
    return Row(statuses, statuses, nobody)


def case(statuses: dict[str, int], **fields: str) -> Row:
    """What belongs to a region: not found for everybody elsewhere."""
    return Row(statuses, who(404), LOGIN, fields or None)


EVERYBODY = same(who(200))
OPEN = same(who(200), nobody=200)
ONWARD = same(who(302))
ABSENT = same(who(404))
ADMIN_PAGE = same(who(403, ADMIN=200))
ADMIN_OBJECT = same(who(404, ADMIN=200))
ADMIN_ACT = same(who(404, ADMIN=302))
CASE = case(who(200))
ANSWERING = case(who(403, STAFF=302, OPERATOR=302, VERIFIER=404))  # while it is being answered: no verifier yet
SENDING = case(who(403, OPERATOR=200, VERIFIER=404))
DESK = case(who(404, VERIFIER=200, ADMIN=200))
PAPER = case(who(200, STAFF=404))
TRAIL = same(who(403, OPERATOR=200, ADMIN=200))
LETTERHEAD = case(who(403, OPERATOR=200, ADMIN=200))
