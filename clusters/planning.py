"""What will be done by the deadline at the present pace. Pure: ages in days are handed in; no clock, no float.

The pace is what was finished in the last fourteen days, or since work began, spread evenly over those days. Nothing is
said before there is enough to say it from: three days of work, and a week or three finished questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

WINDOW = 14
LEAST_DAYS, ENOUGH_DAYS, ENOUGH_DONE = 3, 7, 3


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the work stands and where it leads; `expected` None: too little is known yet."""

    done: int
    whole: int
    recent: int  # finished within the days looked at
    days_seen: int  # how many days were looked at
    expected: int | None  # done by the deadline
    days_needed: int | None  # until everything is done; None: unknown, or never at this pace

    @property
    def is_known(self) -> bool:
        """Whether there is enough to say anything."""
        return self.expected is not None

    @property
    def share_now(self) -> Decimal:
        """Percent done."""
        return _percent(self.done, self.whole)

    @property
    def share(self) -> Decimal | None:
        """Percent done by the deadline."""
        return None if self.expected is None else _percent(self.expected, self.whole)

    @property
    def per_week(self) -> Decimal | None:
        """How many are finished in a week."""
        if self.expected is None:
            return None
        return (Decimal(self.recent * 7) / self.days_seen).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def per_day(self) -> Decimal:
        """How many are finished in a day, over the days looked at."""
        return (Decimal(self.recent) / self.days_seen).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def falls_short(self) -> bool:
        """Whether something will be missing at the deadline."""
        return self.expected is not None and self.expected < self.whole


def forecast(ages: Sequence[int], *, whole: int, days_worked: int, days_left: int) -> Forecast:
    """From the age in days of everything done (0: today) to what will be done in `days_left` days.

    14 of 40 done, 7 of them within 14 days, 10 days left: 5 more, 19 by the deadline.
    """
    done = min(len(ages), whole)
    days_seen = max(1, min(WINDOW, days_worked))
    recent = sum(age < days_seen for age in ages)
    if done >= whole:
        return Forecast(done, whole, recent, days_seen, whole, 0)
    if days_seen < LEAST_DAYS or (days_seen < ENOUGH_DAYS and recent < ENOUGH_DONE):
        return Forecast(done, whole, recent, days_seen, None, None)
    expected = min(whole, done + recent * max(0, days_left) // days_seen)
    needed = -(-(whole - done) * days_seen // recent) if recent else None
    return Forecast(done, whole, recent, days_seen, expected, needed)


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else Decimal("100.0")
