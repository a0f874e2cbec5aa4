"""A page of the trail, newest first: read on from an event's place, so that the last page costs what the first does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from accounts.events import WORDS
from accounts.journal.details import said
from accounts.journal.subjects import Subject, subjects_of
from accounts.models import AuditEvent, User

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One event as page and file show it."""

    event: AuditEvent
    what: str
    subject: Subject
    zone: str  # of the region's clock
    said: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EventPage:
    """A page of events; `older` and `newer` are where the next ones begin, None at the ends."""

    lines: Sequence[Line]
    older: int | None
    newer: int | None


def page_of(user: User, events: QuerySet[AuditEvent], *, before: int | None, after: int | None) -> EventPage:
    """The newest events, those before a place, or those just after it."""
    events = events.select_related("by", "chain__region")
    if after:
        rows = list(events.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
        more_newer, rows = len(rows) > PAGE, rows[:PAGE][::-1]
        return _page(user, rows, older=bool(rows), newer=more_newer)
    if before:
        events = events.filter(pk__lt=before)
    rows = list(events.order_by("-pk")[: PAGE + 1])
    return _page(user, rows[:PAGE], older=len(rows) > PAGE, newer=bool(before))


def lines_of(user: User, events: Iterable[AuditEvent]) -> list[Line]:
    """Events in words; one query for each kind of thing they are about."""
    rows = list(events)
    names = subjects_of(user, rows)
    return [_line(event, names[event.subject]) for event in rows]


def _page(user: User, rows: list[AuditEvent], *, older: bool, newer: bool) -> EventPage:
    return EventPage(
        lines_of(user, rows), rows[-1].pk if rows and older else None, rows[0].pk if rows and newer else None
    )


def _line(event: AuditEvent, subject: Subject) -> Line:
    region = event.chain.region
    return Line(
        event=event,
        what=WORDS.get(event.action, "Kejadian lain"),
        subject=subject,
        zone=str(region.time_zone) if region else settings.TIME_ZONE,
        said=said(event.details),
    )
