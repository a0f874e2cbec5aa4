"""What will be done by the deadline at the present pace: of the whole evaluation and of each office in charge."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Min

from accounts.models import User
from clusters.models import StageWindow
from clusters.planning import Forecast, forecast
from evaluations import rules
from evaluations.models import Answer, Evaluation, Responsibility
from evaluations.worklist.states import State

FAR = 366  # days; a date beyond says nothing


@dataclass(frozen=True, slots=True)
class Prospect:
    """An office, or the whole: its forecast, and the day on which it would be done."""

    name: str
    forecast: Forecast
    done_on: date | None  # None: done already, not known, or too far away to say
    waits_for: str = ""  # of the whole: an office that would not be done in a year, so that there is no day to name
    office: int | None = None  # its key; None: the whole

    @property
    def never(self) -> bool:
        """Whether there is a pace, and no end to be seen."""
        return self.forecast.is_known and self.done_on is None and self.forecast.done < self.forecast.whole


@dataclass(frozen=True, slots=True)
class Outlook:
    """Everything the card shows."""

    whole: Prospect
    offices: list[Prospect]  # those that will be farthest from done first
    closes_at: datetime
    time_zone: str

    @property
    def late(self) -> int:
        """Offices that will not be done in time."""
        return sum(each.forecast.falls_short for each in self.offices)


@dataclass(frozen=True, slots=True)
class _Calendar:
    today: date
    begun: date
    closes: date

    def prospect(self, name: str, days: Iterable[date], whole: int) -> Prospect:
        ages = [max(0, (self.today - day).days) for day in days]
        worked = (self.today - self.begun).days
        found = forecast(ages, whole=whole, days_worked=worked, days_left=(self.closes - self.today).days)
        near = found.days_needed is not None and 0 < found.days_needed <= FAR
        return Prospect(name, found, self.today + timedelta(days=found.days_needed or 0) if near else None)


def build(
    user: User, evaluation: Evaluation, states: Mapping[int, State], window: StageWindow | None, at: datetime
) -> Outlook | None:
    """The outlook over the questions that `states` holds; None when the work is over or has not begun. Two queries."""
    if evaluation.is_submitted or window is None or not window.is_open(at) or not states:
        return None
    zone = ZoneInfo(window.time_zone)
    dates = {
        pk: moment.astimezone(zone).date()
        for pk, moment in _finished(evaluation)
        if pk in states and not states[pk].is_open
    }
    today, opened, closes = (each.astimezone(zone).date() for each in (at, evaluation.opened_at, window.closes_at))
    first = min(dates.values(), default=today) - timedelta(days=1)  # answers may be older: imported, or written by hand
    calendar = _Calendar(today, min(opened, first), closes)
    offices = [] if rules.sees_only_own_questions(user) else _offices(evaluation, states, dates, calendar)
    whole = calendar.prospect(evaluation.region.name, dates.values(), len(states))
    return Outlook(_held_back(whole, offices), offices, window.closes_at, window.time_zone)


def _held_back(whole: Prospect, offices: list[Prospect]) -> Prospect:
    """No office does another's questions: what one will leave undone is undone in the whole, which ends with the last.

    Offices of which too little is known hold nothing back.
    """
    if whole.forecast.expected is None:
        return whole
    undone = sum(each.forecast.whole - (each.forecast.expected or 0) for each in offices if each.forecast.is_known)
    expected = min(whole.forecast.expected, whole.forecast.whole - undone)
    still = next((each.name for each in offices if each.never), "")
    days = [each.done_on for each in (whole, *offices) if each.done_on]
    return Prospect(
        whole.name, replace(whole.forecast, expected=expected), None if still else max(days, default=None), still
    )


def _finished(evaluation: Evaluation) -> Iterable[tuple[int, datetime]]:
    """Answered questions with the moment the lead confirmed them, or else of their first save; one query."""
    rows = Answer.objects.filter(evaluation=evaluation, points__isnull=False).annotate(first=Min("versions__saved_at"))
    for pk, confirmed, first, last in rows.values_list("question_id", "confirmed_at", "first", "saved_at"):
        if moment := confirmed or first or last:
            yield pk, moment


def _offices(
    evaluation: Evaluation, states: Mapping[int, State], dates: Mapping[int, date], calendar: _Calendar
) -> list[Prospect]:
    leads = Responsibility.objects.filter(evaluation=evaluation, is_lead=True).values_list(
        "question_id", "office_id", "office__name"
    )
    led: dict[tuple[int, str], list[int]] = defaultdict(list)
    for question, office, name in leads:
        if question in states:
            led[office, name].append(question)
    found = [
        replace(calendar.prospect(name, [dates[pk] for pk in asked if pk in dates], len(asked)), office=office)
        for (office, name), asked in led.items()
    ]
    return sorted(found, key=_farthest)


def _farthest(prospect: Prospect) -> Any:
    known = prospect.forecast
    return known.share if known.share is not None else known.share_now, -known.whole, prospect.name
