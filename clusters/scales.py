"""From a measured figure to the option it earns. Pure.

The instrument states ranges in the options' own words ("Di atas 25% sampai 50%"); `read_range` turns them into bounds
once, when the file is loaded, so that pages and imports compare numbers, never words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_RANGE = re.compile(r"^Di atas (?P<above>\d+)% sampai (?P<upto>\d+)%$")
_OVER = re.compile(r"^Di atas (?P<above>\d+)%$")
_ONLY = re.compile(r"^(?P<upto>\d+)%$")

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Range:
    """Percentages `above < x <= upto`; `above` None stands for "exactly upto"."""

    above: Decimal | None
    upto: Decimal

    def holds(self, measure: Decimal) -> bool:
        """Whether a percentage falls into this range."""
        return measure == self.upto if self.above is None else self.above < measure <= self.upto


def read_range(label: str) -> Range | None:
    """The bounds a label states: "0%", "Di atas 25% sampai 50%", "Di atas 75%"; None when it states none."""
    if match := _RANGE.match(label):
        return Range(Decimal(match["above"]), Decimal(match["upto"]))
    if match := _OVER.match(label):
        return Range(Decimal(match["above"]), HUNDRED)
    if match := _ONLY.match(label):
        return Range(None, Decimal(match["upto"]))
    return None


def has_holes(ranges: Sequence[Range]) -> bool:
    """Whether some hundredth of a percent from 0 to 100 falls into no range or into two."""
    steps = (Decimal(step) / 100 for step in range(10_001))
    return any(sum(each.holds(step) for each in ranges) != 1 for step in steps)


def option_for_percentage(measure: Decimal, ranges: Sequence[Range]) -> int:
    """Position of the option whose range holds the percentage. Raises `ValueError` outside 0 to 100."""
    for position, each in enumerate(ranges):
        if each.holds(measure):
            return position
    raise ValueError(f"{measure} % falls into no range")


class Trend:
    """Positions of the five options of a two-year comparison, in the order of the instrument file."""

    NONE, ONE_YEAR, WORSE, SAME, BETTER = range(5)


def option_for_trend(before: Decimal | None, now: Decimal | None, *, lower_is_better: bool) -> int:
    """Position of the option that two yearly figures earn: fewer infant deaths are better, more certificates are."""
    if before is None and now is None:
        return Trend.NONE
    if before is None or now is None:
        return Trend.ONE_YEAR
    if before == now:
        return Trend.SAME
    return Trend.BETTER if (now < before) == lower_is_better else Trend.WORSE
