"""Which events fit what somebody looks for. The columns it filters by have indexes; words are looked for last."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.events import WORDS
from accounts.journal import acts, subjects
from accounts.models import AuditEvent, User

PORTAL = "portal"
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the trail is cut down to; empty: not by this."""

    by: str = ""
    region: str = ""  # a region's key, or the portal's own chain
    action: str = ""  # an act or a kind of acts
    about: str = ""
    words: str = ""
    start: date | None = None
    end: date | None = None


def narrowed(events: QuerySet[AuditEvent], wanted: Wanted, user: User) -> QuerySet[AuditEvent]:
    """Events that fit everything that is wanted."""
    if wanted.region:
        region = None if wanted.region == PORTAL else int(wanted.region)
        events = events.filter(chain__region=region)
    if wanted.action:
        events = events.filter(action__in=acts.actions_of(wanted.action))
    if wanted.by:
        events = events.filter(_by(wanted.by))
    if wanted.about:
        events = events.filter(subject__in=subjects.sought(user, wanted.about))
    if wanted.start:
        events = events.filter(at__gte=_midnight(wanted.start))
    if wanted.end:
        events = events.filter(at__lt=_midnight(wanted.end) + timedelta(days=1))
    if wanted.words:
        events = events.annotate(told=Cast("details", TextField()))
        for word in wanted.words.split()[:MOST_WORDS]:
            events = events.filter(_says(word))
    return events


def _by(name: str) -> Q:
    """Part of a username or a name; `portal` means nobody: what the portal did by itself."""
    if name.lower() == PORTAL:
        return Q(by__isnull=True)
    return Q(by__in=_named(name))


def _named(name: str) -> QuerySet[User]:
    people = User.objects.filter(username__icontains=name)
    for word in name.split()[:MOST_WORDS]:
        people = people | User.objects.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return people


def _says(word: str) -> Q:
    """The act's name, the person, the region or the details have the word."""
    named = [action for action, words in WORDS.items() if word.lower() in words.lower()]
    return (
        Q(action__in=named) | Q(told__icontains=word) | Q(subject__iexact=word)
        | Q(chain__region__name__icontains=word) | Q(by__username__icontains=word) | Q(by__first_name__icontains=word)
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    """The day's first moment; years the calendar cannot hold in every zone are brought to its edge."""
    day = min(max(day, date(2, 1, 1)), date(9998, 12, 31))
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
