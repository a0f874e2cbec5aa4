"""The only place where points are added. Pure: no database, no clock, no float.

An evaluation's points are one sequence in the order of the instrument's questions; the rule book says which stretch of
it belongs to which indicator, and which indicators to which cluster. So one evaluation and half a million add up alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")
HUNDREDTH = Decimal("0.01")

Points = Decimal | None  # None: nobody has answered yet, worth nothing
Figures = Mapping[int | None, Decimal]  # from outside, by the key of an indicator; under None the total itself
NO_FIGURES: Figures = {}


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """One indicator: its ceiling and its stretch `[start, stop)` of the sequence of questions."""

    pk: int
    code: str
    maximum: Decimal
    start: int
    stop: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class ClusterRule:
    """One cluster and its indicators in the order of the instrument."""

    pk: int
    code: str
    maximum: Decimal
    indicators: tuple[IndicatorRule, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """What scoring must know of an instrument; `size` is its number of questions."""

    maximum: Decimal
    size: int
    clusters: tuple[ClusterRule, ...]


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """Points of one indicator; `surplus` is what its ceiling cut off (indicator 19 of 2024: 54 against 51).

    Where a figure from outside stands in, `surplus` is what the questions come to beyond it, negative when they come to
    less: points and surplus are always the sum of the questions.
    """

    rule: IndicatorRule
    points: Decimal
    surplus: Decimal
    answered: int
    is_outside: bool = False  # a figure from outside stands in for the sum


@dataclass(frozen=True, slots=True)
class ClusterScore:
    """Points of one cluster with its indicators."""

    rule: ClusterRule
    points: Decimal
    answered: int
    indicators: tuple[IndicatorScore, ...]

    @property
    def is_outside(self) -> bool:
        """Whether a figure from outside is in it."""
        return any(each.is_outside for each in self.indicators)


@dataclass(frozen=True, slots=True)
class Score:
    """Three levels of one evaluation at one stage; every figure has two decimals."""

    total: Decimal
    maximum: Decimal
    answered: int
    clusters: tuple[ClusterScore, ...]
    is_outside: bool = False  # the total is a figure from outside

    @property
    def own_total(self) -> Decimal:
        """What the clusters come to; another number than the total only where that is a figure from outside."""
        return sum((each.points for each in self.clusters), ZERO)


class WrongShape(ValueError):
    """The points do not belong to this rule book: another number of questions."""


def hundredths(points: Decimal) -> Decimal:
    """Round half up to two decimals, the one rounding of the portal: 0.165 becomes 0.17."""
    return points.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def total(values: Sequence[Decimal]) -> Decimal:
    """The sum of points already given, for a column that is no level of the instrument."""
    return sum(values, ZERO)


def difference(later: Decimal, earlier: Decimal) -> Decimal:
    """What changed from one stage to the next: negative when points were lost."""
    return later - earlier


def share(part: Decimal, whole: Decimal) -> Decimal:
    """`part` as a percentage of `whole` with one decimal; 0 when there is no whole."""
    return (part * 100 / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) if whole else Decimal("0.0")


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The arithmetic mean, rounded like everything else; None of nothing. Never used for a score."""
    return hundredths(sum(values, ZERO) / len(values)) if values else None


def score(book: RuleBook, points: Sequence[Points], figures: Figures = NO_FIGURES) -> Score:
    """Add one evaluation up: questions to indicators (ceiling), indicators to clusters, clusters to the total.

    `points` has one entry per question in the order of the instrument. Raises `WrongShape` for another length. A figure
    of an indicator stands in for the sum of its questions, one of the total for the sum of the clusters.
    """
    if len(points) != book.size:
        raise WrongShape(f"{len(points)} points for {book.size} questions")
    clusters = tuple(_cluster(rule, points, figures) for rule in book.clusters)
    whole = figures.get(None)
    return Score(
        total=sum((each.points for each in clusters), ZERO) if whole is None else whole,
        maximum=book.maximum,
        answered=sum(each.answered for each in clusters),
        clusters=clusters,
        is_outside=whole is not None,
    )


def at_stake(book: RuleBook, points: Sequence[Points], stakes: Mapping[int, Decimal]) -> Decimal:
    """What the total is less when the questions at these places give nothing instead of their stakes.

    The ceilings hold: what an indicator has beyond its maximum cannot be lost. The other questions give `points`.
    """
    rules = [rule for cluster in book.clusters for rule in cluster.indicators]
    return sum((_stake(rule, points, stakes) for rule in rules), ZERO)


def _stake(rule: IndicatorRule, points: Sequence[Points], stakes: Mapping[int, Decimal]) -> Decimal:
    places = range(rule.start, rule.stop)
    risked = sum((stakes[place] for place in places if place in stakes), ZERO)
    safe = sum((points[place] or ZERO for place in places if place not in stakes), ZERO)
    return min(safe + risked, rule.maximum) - min(safe, rule.maximum)


def _cluster(rule: ClusterRule, points: Sequence[Points], figures: Figures) -> ClusterScore:
    indicators = tuple(_indicator(each, points, figures.get(each.pk)) for each in rule.indicators)
    return ClusterScore(
        rule=rule,
        points=sum((each.points for each in indicators), ZERO),
        answered=sum(each.answered for each in indicators),
        indicators=indicators,
    )


def _indicator(rule: IndicatorRule, points: Sequence[Points], figure: Points) -> IndicatorScore:
    given = [each for each in points[rule.start : rule.stop] if each is not None]
    claimed = sum(given, ZERO)
    reached = min(claimed, rule.maximum) if figure is None else figure
    surplus = claimed - reached
    return IndicatorScore(rule, points=reached, surplus=surplus, answered=len(given), is_outside=figure is not None)
