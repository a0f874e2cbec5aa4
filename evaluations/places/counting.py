"""From ticks to the figure of an answer. Pure: what nobody has said yet counts against the region."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from clusters.models import Option
from clusters.scales import HUNDRED
from clusters.scoring import hundredths


def percentage(met: int, unmet: int, whole: int, *, fewer_is_better: bool) -> Decimal | None:
    """The share of places that meet a question, in percent with two decimals; None while nobody has said anything.

    Places still open count as unmet, or as met where a low share earns more (places with cases of malnutrition), so
    that a sheet filled by half never claims more than the whole sheet could.
    """
    if not whole or met + unmet == 0:
        return None
    counted = whole - unmet if fewer_is_better else met
    return hundredths(Decimal(counted) * HUNDRED / Decimal(whole))


def fewer_is_better(options: Sequence[Option]) -> bool:
    """Whether the lowest range of percentages earns the most."""
    ranged: Collection[Option] = [each for each in options if each.upto is not None]
    if not ranged:
        return False
    lowest = min(ranged, key=lambda each: HUNDRED if each.upto is None else each.upto)
    return lowest.points == max(each.points for each in ranged) and lowest.points > min(each.points for each in ranged)
