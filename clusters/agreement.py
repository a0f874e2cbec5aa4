"""How far two readers of the same answers agree, and how strict one is against the team. Pure: exact fractions.

Points of different questions are compared by their place among the question's own steps, 0 the lowest, 1 the highest.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Pair = tuple[Fraction, Fraction]  # what the first and the second reader gave


def position(points: Decimal | Fraction, steps: Iterable[Decimal]) -> Fraction:
    """Where points stand among the steps: the third of four is 2/3; halfway between two steps is halfway between."""
    ladder = sorted(set(steps) | {Decimal(0)})
    if len(ladder) == 1:
        return Fraction(0)
    for place, (low, high) in enumerate(zip(ladder, ladder[1:], strict=False)):
        if points <= high:
            return (place + (Fraction(points) - Fraction(low)) / Fraction(high - low)) / (len(ladder) - 1)
    return Fraction(1)


def share_equal(pairs: Sequence[Pair]) -> Fraction | None:
    """How many of the pairs are the same judgement; None without pairs."""
    return Fraction(sum(first == second for first, second in pairs), len(pairs)) if pairs else None


def mean_difference(pairs: Sequence[Pair]) -> Fraction | None:
    """What the second reader gives more than the first, on average; None without pairs."""
    return _mean([second - first for first, second in pairs]) if pairs else None


def weighted_kappa(pairs: Sequence[Pair]) -> Fraction | None:
    """Cohen's kappa with quadratic weights: 1 all the same, 0 no better than chance, None where it says nothing.

    The weight of a disagreement is the square of the distance. What chance would give follows from both readers'
    own distributions: the mean of (a - b)^2 over all a of one and all b of the other. Where both give one and the same
    value throughout, or there is a single pair, chance and agreement cannot be told apart.
    """
    if len(pairs) < 2:
        return None
    firsts, seconds = [first for first, _ in pairs], [second for _, second in pairs]
    seen = _mean([(first - second) ** 2 for first, second in pairs])
    by_chance = _mean([each**2 for each in firsts]) + _mean([each**2 for each in seconds])
    by_chance -= 2 * _mean(firsts) * _mean(seconds)
    return 1 - seen / by_chance if by_chance else None


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict: whose, in which indicator, and which share of the claimed points was accepted."""

    verifier: int
    indicator: Hashable
    accepted: Fraction

    @classmethod
    def of(cls, verifier: int, indicator: Hashable, claimed: Decimal, given: Decimal) -> "Judged | None":
        """None where nothing was claimed: there is no share of nothing."""
        return cls(verifier, indicator, Fraction(given) / Fraction(claimed)) if claimed > 0 else None


@dataclass(frozen=True, slots=True)
class Strictness:
    """A verifier's mean share of claimed points accepted, and what the team gives on the same indicators."""

    own: Fraction
    team: Fraction
    count: int

    @property
    def difference(self) -> Fraction:
        """Negative: stricter than the team."""
        return self.own - self.team


def strictness(rows: Iterable[Judged]) -> Mapping[int, Strictness]:
    """Every verifier against the whole team, themselves among it; each verdict weighs the same."""
    by_indicator: dict[Hashable, list[Fraction]] = {}
    by_verifier: dict[int, list[Judged]] = {}
    for row in rows:
        by_indicator.setdefault(row.indicator, []).append(row.accepted)
        by_verifier.setdefault(row.verifier, []).append(row)
    team = {indicator: _mean(shares) for indicator, shares in by_indicator.items()}
    return {
        verifier: Strictness(
            _mean([row.accepted for row in own]), _mean([team[row.indicator] for row in own]), len(own)
        )
        for verifier, own in by_verifier.items()
    }


def hundredths(value: Fraction) -> Decimal:
    """Two decimals for the page, half away from zero, from the exact value: 2/3 becomes 0.67."""
    cents = (abs(value) * 200 + 1) // 2
    return Decimal(cents if value >= 0 else -cents) / 100


def _mean(values: Sequence[Fraction]) -> Fraction:
    return Fraction(sum(values, Fraction(0)), len(values))
