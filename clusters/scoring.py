"""The only place where points are added. Pure: no database, no clock, no float.

An evaluation's points are one sequence in the order of the instrument's questions; the rule book says which stretch of
it belongs to which indicator, and which indicators to which cluster. So one evaluation and half a million add up alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")
HUNDREDTH = Decimal("0.01")

Points = Decimal | None  # None: nobody has answered yet, worth nothing


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
    """Points of one indicator; `surplus` is what its ceiling cut off (indicator 19 of 2024: 54 against 51)."""

    rule: IndicatorRule
    points: Decimal
    surplus: Decimal
    answered: int


@dataclass(frozen=True, slots=True)
class ClusterScore:
    """Points of one cluster with its indicators."""

    rule: ClusterRule
    points: Decimal
    answered: int
    indicators: tuple[IndicatorScore, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Three levels of one evaluation at one stage; every figure has two decimals."""

    total: Decimal
    maximum: Decimal
    answered: int
    clusters: tuple[ClusterScore, ...]


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


def score(book: RuleBook, points: Sequence[Points]) -> Score:
    """Add one evaluation up: questions to indicators (ceiling), indicators to clusters, clusters to the total.

    `points` has one entry per question in the order of the instrument. Raises `WrongShape` for another length.
    """
    if len(points) != book.size:
        raise WrongShape(f"{len(points)} points for {book.size} questions")
    clusters = tuple(_cluster(rule, points) for rule in book.clusters)
    return Score(
        total=sum((each.points for each in clusters), ZERO),
        maximum=book.maximum,
        answered=sum(each.answered for each in clusters),
        clusters=clusters,
    )


def _cluster(rule: ClusterRule, points: Sequence[Points]) -> ClusterScore:
    indicators = tuple(_indicator(each, points) for each in rule.indicators)
    return ClusterScore(
        rule=rule,
        points=sum((each.points for each in indicators), ZERO),
        answered=sum(each.answered for each in indicators),
        indicators=indicators,
    )


def _indicator(rule: IndicatorRule, points: Sequence[Points]) -> IndicatorScore:
    given = [each for each in points[rule.start : rule.stop] if each is not None]
    claimed = sum(given, ZERO)
    reached = min(claimed, rule.maximum)
    return IndicatorScore(rule=rule, points=reached, surplus=claimed - reached, answered=len(given))
