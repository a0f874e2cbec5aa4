"""The phrases beside a note: the most used first, no more than can be looked through."""

from accounts.models import User
from verification.models import Phrase
from verification.phrases import rules

SHOWN = 60


def phrases_for(user: User) -> list[Phrase]:
    """What the user may use; one query."""
    return list(rules.visible_phrases(user)[:SHOWN])
