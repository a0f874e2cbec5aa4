"""What the portal does every day by itself: the relay promises it once the day's hour has come, also on an idle portal.

A day's work is keyed by its date. It is promised when no job of that date exists, so a relay that was down in the
morning catches up the same day, and a day that passed without any relay is left out. Two relays may promise the same
day twice; the work itself must not mind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from jobs import kinds
from jobs.models import Job
from jobs.promises import promise


@dataclass(frozen=True, slots=True)
class Daily:
    """A kind of work that is due every day from `hour` on, by the portal's clock."""

    hour: int
    queue: Job.Queue


_DAILY: dict[str, Daily] = {}


def daily(name: str, *, hour: int, queue: Job.Queue, sentence_on_failure: str) -> Callable[[kinds.Work], kinds.Work]:
    """Register a function as the daily work of `name`; it is handed `day`, the date as text."""

    def register(work: kinds.Work) -> kinds.Work:
        _DAILY[name] = Daily(hour, queue)
        return kinds.kind(name, sentence_on_failure=sentence_on_failure)(work)

    return register


def promise_due(at: datetime) -> int:
    """Promise what today still lacks; returns how much that was. One query when nothing is missing."""
    local = timezone.localtime(at)
    day = local.date().isoformat()
    due = {name: each for name, each in _DAILY.items() if local.hour >= each.hour}
    known = set(Job.objects.filter(kind__in=due, key=day).values_list("kind", flat=True)) if due else set()
    missing = [name for name in due if name not in known]
    for name in missing:
        with transaction.atomic():
            promise(kind=name, key=day, queue=due[name].queue, at=at, day=day)
    return len(missing)
