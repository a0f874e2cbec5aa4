"""Where points went between two stages: parts that add up to the change, to the hundredth. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clusters.scoring import ZERO, total

RAISED = "Nilai dinaikkan"
UNEXPLAINED = "Tanpa alasan"
CEILING = "Batas nilai indikator"
OUTSIDE = "Angka dari luar portal"


@dataclass(frozen=True, slots=True)
class Part:
    """One step of the waterfall: `count` questions moved the total by `amount`; over a province, in which regions."""

    label: str
    amount: Decimal
    count: int = 0
    regions: tuple[tuple[int, str, Decimal], ...] = ()  # evaluation, region, its amount; the heaviest loss first


def label_of(reason: str, change: Decimal) -> str:
    """The part a question's step belongs to."""
    return RAISED if change > ZERO else reason or UNEXPLAINED


def by_cluster(changes: Iterable[tuple[str, Decimal]]) -> tuple[Part, ...]:
    """The clusters in the instrument's order, those without change too."""
    return tuple(Part(name, change) for name, change in changes)


def by_reason(
    steps: Iterable[tuple[str, Decimal]], ceilings: Decimal = ZERO, outside: Decimal = ZERO
) -> tuple[Part, ...]:
    """Steps `(reason, change)` gathered: the heaviest loss first, then what was raised, last what ceilings absorb.

    `outside` is what figures from outside move beyond the questions.

    An indicator's ceiling that cut points off before and cuts off fewer now softens the fall: `ceilings` is positive.
    """
    lost: dict[str, list[Decimal]] = {}
    gained: list[Decimal] = []
    for reason, change in steps:
        if change > ZERO:
            gained.append(change)
        elif change < ZERO:
            lost.setdefault(reason or UNEXPLAINED, []).append(change)
    parts = sorted(
        (Part(reason, total(changes), len(changes)) for reason, changes in lost.items()),
        key=lambda part: (part.amount, part.label),
    )
    if gained:
        parts.append(Part(RAISED, total(gained), len(gained)))
    if ceilings:
        parts.append(Part(CEILING, ceilings))
    if outside:
        parts.append(Part(OUTSIDE, outside))
    return tuple(parts)


def change_of(parts: Sequence[Part]) -> Decimal:
    """What the parts come to together."""
    return total([part.amount for part in parts])


def named(*parts: tuple[str, Decimal]) -> tuple[Part, ...]:
    """Parts that no question moved; those without an amount are left out."""
    return tuple(Part(label, amount) for label, amount in parts if amount)
