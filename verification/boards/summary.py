"""A board in one line: how many regions per tier, and how much was lost between self-evaluation and verification."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from clusters.scoring import difference, mean, share
from clusters.stages import Stage
from verification.boards.filters import NO_TIER
from verification.boards.reading import Board


@dataclass(frozen=True, slots=True)
class TierCount:
    """How many regions stand in a tier, by the estimate from their latest score."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Of all regions of the scope, whatever is filtered."""

    regions: int
    silent: int  # regions without any figure
    tiers: tuple[TierCount, ...]
    closed: int  # regions whose administrative verification is closed
    fall: Decimal | None  # mean of their changes from the self-evaluation
    fall_share: Decimal | None  # mean of those changes in percent of the own self-evaluation; negative: they rose

    @property
    def way(self) -> str:
        """Whether the share is a fall or, rarely, a rise."""
        return "naik" if self.fall_share is not None and self.fall_share < 0 else "turun"

    @property
    def size(self) -> Decimal:
        """The share without its sign: the word before it says the way."""
        return abs(self.fall_share or Decimal(0))


def of(board: Board) -> Summary:
    """Counted from the rows alone."""
    counts = Counter(row.tier.code if row.tier else NO_TIER for row in board.rows if row.latest is not None)
    tiers = [TierCount(each.code, each.name, counts[each.code]) for each in sorted(board.edition.tiers, reverse=True)]
    changes = []
    if Stage.VA in board.stages:
        place = board.stages.index(Stage.VA)
        for row in board.rows:
            verified = row.figures[place]
            if verified and verified.is_final and row.claimed:
                changes.append((difference(verified.total, row.claimed), row.claimed))
    return Summary(
        regions=len(board.rows),
        silent=sum(row.latest is None for row in board.rows),
        tiers=(*tiers, TierCount(NO_TIER, "Belum berpredikat", counts[NO_TIER])),
        closed=len(changes),
        fall=mean([change for change, _ in changes]),
        fall_share=mean([share(-change, claimed) for change, claimed in changes]),
    )
