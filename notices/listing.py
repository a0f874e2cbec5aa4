"""The bell and the page behind it: what a person was told, unread first, grouped by day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.utils import formats

from accounts.models import User
from accounts.people import zone_of
from notices import rules
from notices.models import Notice

PAGE = 30
MANY = 100  # the bell stops counting here and says "99+"
ICONS = {
    Notice.Kind.RETURNED: "arrow-uturn-left",
    Notice.Kind.MENTIONED: "at-symbol",
    Notice.Kind.COMMENTED: "chat-bubble-left-right",
    Notice.Kind.ASSIGNED: "clipboard-document-list",
    Notice.Kind.DEADLINE: "clock",
    Notice.Kind.SENDING: "paper-airplane",
    Notice.Kind.IMPORTED: "arrow-down-tray",
    Notice.Kind.CONFIRM: "check-badge",
    Notice.Kind.MAIL: "envelope",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One notice with its picture."""

    notice: Notice
    icon: str


@dataclass(frozen=True, slots=True)
class Day:
    """The notices of one day, those that wait apart from those that were read."""

    heading: str
    is_unread: bool
    lines: list[Line]


def waiting_for(user: Any) -> int:
    """How many notices a person has not read, at most `MANY`; one query on its index, none for a stranger."""
    return rules.visible_notices(user).unread()[:MANY].count() if isinstance(user, User) else 0


def page_of(user: User, number: str | None, at: datetime) -> tuple[Page[Notice], list[Day]]:
    """A page of a person's notices; two queries at any length."""
    page = Paginator(rules.visible_notices(user).unread_first(), PAGE).get_page(number)
    zone = ZoneInfo(zone_of(user))
    today = at.astimezone(zone).date()
    days = [
        Day(_heading(day, today), is_unread, [Line(each, ICONS.get(Notice.Kind(each.kind), "bell")) for each in group])
        for (is_unread, day), group in groupby(
            page.object_list, key=lambda each: (each.read_at is None, each.told_at.astimezone(zone).date())
        )
    ]
    return page, days


def _heading(day: date, today: date) -> str:
    if day == today:
        return "Hari ini"
    return "Kemarin" if day == today - timedelta(days=1) else str(formats.date_format(day, "l, j F Y"))
