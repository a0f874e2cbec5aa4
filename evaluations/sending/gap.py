"""What the region's own review expects the province to give, beside what is claimed: the gap before it is sent."""

from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from clusters.catalogue import Entry, catalogue_of
from clusters.predicates import NextTier, Tier, next_tier, tier_for
from clusters.scoring import ZERO, ClusterRule, Points, difference, score, share, total
from clusters.stages import Stage
from evaluations import readers, rules
from evaluations.models import Evaluation, StageResult
from evaluations.progress import PointsSheet, add_judged
from evaluations.readers import ReturnLine
from evaluations.standing import Standing


@dataclass(frozen=True, slots=True)
class ClusterGap:
    """One cluster: claimed, expected, what lies between."""

    rule: ClusterRule
    claimed: Decimal
    expected: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class Returned:
    """An answer that was sent back and not mended, and the points that hang on it."""

    entry: Entry
    line: ReturnLine
    hanging: Decimal


@dataclass(frozen=True, slots=True)
class Gap:
    """The review's total beside the claim."""

    claimed: Decimal
    total: Decimal
    tier: Tier | None
    ahead: NextTier | None
    clusters: list[ClusterGap]
    returned: list[Returned]
    reviewed: int
    whole: int
    is_final: bool

    @property
    def change(self) -> Decimal:
        """From the claim to the expectation."""
        return difference(self.total, self.claimed)

    @property
    def change_share(self) -> Decimal:
        """The same as a percentage of the claim."""
        return share(abs(self.change), self.claimed)

    @property
    def hanging(self) -> Decimal:
        """Points of everything sent back."""
        return total([each.hanging for each in self.returned])


def gap_of(user: User, evaluation: Evaluation, standing: Standing, result: StageResult | None) -> Gap | None:
    """None where nothing has been reviewed or the user does not see it; at most two queries.

    `result` is the review's, if it is settled: once frozen, its rows are what counts.
    """
    if Stage.TI not in evaluation.cycle.stages or not rules.sees_review(user):
        return None
    if evaluation.is_submitted:
        return _settled(standing, result) if result and result.frozen_at and result.answered else None
    sheet = PointsSheet(standing.sheet.edition, standing.sheet.claimed)
    add_judged({evaluation.pk: sheet})
    if Stage.TI not in sheet.judged:
        return None
    expected = sheet.at(Stage.TI)
    now = score(sheet.edition.book, expected)
    points = {each.rule.pk: each.points for each in now.clusters}
    reviewed = sum(each is not None for each in sheet.judged[Stage.TI])
    return _gap(standing, now.total, points, _returned(evaluation, standing, expected), reviewed, is_final=False)


def marks_of(claimed: Decimal, gap: Gap | None) -> list[tuple[str, Decimal, str]]:
    """The claim and, named as the region's own, the expectation on the ruler."""
    marks = [("evaluasi mandiri", claimed, "em")]
    return [*marks, ("telaah internal, perkiraan daerah", gap.total, "ti")] if gap else marks


def _settled(standing: Standing, result: StageResult) -> Gap:
    points = dict(result.clusters.values_list("cluster_id", "points"))
    return _gap(standing, result.total, points, [], result.answered, is_final=True)


def _gap(
    standing: Standing,
    reached: Decimal,
    points: dict[int, Decimal],
    returned: list[Returned],
    reviewed: int,
    *,
    is_final: bool,
) -> Gap:
    edition = standing.sheet.edition
    clusters = [
        ClusterGap(each.rule, each.points, expected, difference(expected, each.points))
        for each in standing.score.clusters
        for expected in [points.get(each.rule.pk, each.points)]
    ]
    return Gap(
        standing.score.total,
        reached,
        tier_for(reached, edition.tiers),
        next_tier(reached, edition.tiers),
        clusters,
        returned,
        reviewed,
        edition.book.size,
        is_final,
    )


def _returned(evaluation: Evaluation, standing: Standing, expected: list[Points]) -> list[Returned]:
    """What the user sees of what was sent back, the heaviest first."""
    entries = catalogue_of(evaluation.cycle.instrument).by_pk
    claimed = standing.sheet.claimed
    lines = []
    for question, line in readers.returned(evaluation).items():
        entry = entries[question]
        lost = difference(claimed[entry.index] or ZERO, expected[entry.index] or ZERO)
        if standing.mine is None or question in standing.mine:
            lines.append(Returned(entry, line, max(ZERO, lost)))
    return sorted(lines, key=lambda each: (-each.hanging, each.entry.index))
