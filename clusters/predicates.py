"""The only place where a total becomes a tier. Pure: no database, no clock, no float."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, order=True)
class Tier:
    """One band of the instrument; `floor` is its lowest whole score. Ordered by floor."""

    floor: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class NextTier:
    """The tier above and how many points are missing to its floor."""

    tier: Tier
    missing: Decimal


def tier_for(total: Decimal, tiers: Iterable[Tier]) -> Tier | None:
    """The highest tier whose floor the whole part reaches: 800.38 is Nindya, not Utama; None below the first.

    Source: fraction rule `floor`, inferred from published scores (Tanah Bumbu 2024: 800,38 announced as Nindya).
    """
    reached = [tier for tier in tiers if int(total) >= tier.floor]
    return max(reached) if reached else None


def next_tier(total: Decimal, tiers: Iterable[Tier]) -> NextTier | None:
    """The lowest tier not yet reached and its distance: 800.38 lacks 0.62 to Utama; None in the highest."""
    ahead = [tier for tier in tiers if int(total) < tier.floor]
    return NextTier(min(ahead), min(ahead).floor - total) if ahead else None


def spans(tiers: Sequence[Tier], maximum: int) -> list[tuple[Tier | None, int, int]]:
    """The whole scale as stretches `(tier, from, to)` without holes, the one below the first tier first."""
    ordered = sorted(tiers)
    edges = [0, *(tier.floor for tier in ordered), maximum]
    return list(zip([None, *ordered], edges[:-1], edges[1:], strict=True))
