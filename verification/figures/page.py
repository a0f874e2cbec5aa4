"""The page on which figures are entered: what the portal adds up itself, what stands in for it, what would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.forms import BoundField

from clusters.predicates import Tier, tier_for
from clusters.scoring import IndicatorScore, Score, difference, score
from clusters.stages import Stage
from evaluations.models import Evaluation
from evaluations.progress import PointsSheet, points_sheet
from kla_portal.numbers import isian
from verification.figures.forms import TOTAL, FiguresForm


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator with its field."""

    own: IndicatorScore
    field: BoundField


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the preview."""

    name: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        """What the figures give or take."""
        return difference(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would stand if these figures were saved."""

    before: Score
    after: Score
    tier_before: Tier | None
    tier_after: Tier | None
    changes: list[Change]

    @property
    def change(self) -> Decimal:
        """Of the total."""
        return difference(self.after.total, self.before.total)


def sheet_of(evaluation: Evaluation) -> PointsSheet:
    """The points at the ministry's stage with the figures that stand."""
    return points_sheet(evaluation)


def initial_of(sheet: PointsSheet) -> dict[str, str]:
    """The fields as the standing figures fill them."""
    standing = sheet.figures.get(Stage.VF, {})
    return {TOTAL if key is None else f"i-{key}": isian(points) for key, points in standing.items()}


def rows_of(sheet: PointsSheet, form: FiguresForm) -> list[Row]:
    """Indicators in the instrument's order with the portal's own sums."""
    own = score(sheet.edition.book, sheet.at(Stage.VF))
    return [Row(each, form[f"i-{each.rule.pk}"]) for cluster in own.clusters for each in cluster.indicators]


def preview_of(sheet: PointsSheet, figures: Mapping[int | None, Decimal]) -> Preview:
    """Both scores, added up in the same place."""
    before, after = sheet.score_at(Stage.VF), score(sheet.edition.book, sheet.at(Stage.VF), figures)
    tiers = sheet.edition.tiers
    pairs = zip(_indicators(before), _indicators(after), strict=True)
    changes = [
        Change(f"{new.rule.code} {new.rule.name}", old.points, new.points)
        for old, new in pairs
        if old.points != new.points or old.is_outside != new.is_outside
    ]
    return Preview(before, after, tier_for(before.total, tiers), tier_for(after.total, tiers), changes)


def _indicators(found: Score) -> list[IndicatorScore]:
    return [each for cluster in found.clusters for each in cluster.indicators]
