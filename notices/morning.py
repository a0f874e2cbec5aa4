"""What is said every morning: rooms above register their reminders here, each told before the digests are written."""

from collections.abc import Callable
from datetime import date, datetime

Reminder = Callable[[date, datetime], object]  # tells notices; safe to call twice on a day

_reminders: list[Reminder] = []


def register(reminder: Reminder) -> None:
    """Called when a room is ready that has something to remind people of; registered twice, it speaks once."""
    if reminder not in _reminders:
        _reminders.append(reminder)


def remind(*, day: date, at: datetime) -> None:
    """Let every room tell what is due on this day."""
    for reminder in _reminders:
        reminder(day, at)
