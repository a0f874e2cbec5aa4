"""Who else has a question of this evaluation open: kept in the cache alone, forgotten after half a minute.

Two who write in the same instant may lose one of them until the next look; nothing but the page's courtesy hangs on it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from accounts.models import User

KEPT = 30  # seconds since the last sign


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody else at the desk, and the question they look at."""

    name: str
    code: str


def seen(user: User, evaluation_pk: int, stage: str, code: str, at: datetime) -> list[Visitor]:
    """Note that `user` looks at a question; who else is there. No statement."""
    key, now = f"meja:{evaluation_pk}:{stage}", at.timestamp()
    known: dict[int, tuple[str, str, float]] = cache.get(key) or {}
    there = {pk: sign for pk, sign in known.items() if now - sign[2] <= KEPT and pk != user.pk}
    cache.set(key, {**there, user.pk: (str(user), code, now)}, KEPT)
    return [Visitor(name, where) for name, where, _ in sorted(there.values())]
