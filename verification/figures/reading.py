"""Which figures of an evaluation come from outside, from where, and what they move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clusters.scoring import ZERO, Figures, difference, total
from clusters.stages import Stage
from evaluations.models import Evaluation, StageFigure
from evaluations.progress import PointsSheet
from verification import whereabouts
from verification.whereabouts import Part


@dataclass(frozen=True, slots=True)
class Source:
    """Where some figures of a stage come from, and which they are."""

    stage: Stage
    source: str
    total: Decimal | None
    indicators: tuple[str, ...]  # codes


def sources_of(evaluation: Evaluation, sheet: PointsSheet, stages: list[Stage]) -> list[Source]:
    """For the recap: one line per stage and source; one query, none where nothing comes from outside."""
    wanted = [stage.value for stage in stages if sheet.figures.get(stage)]
    if not wanted:
        return []
    rows = StageFigure.objects.filter(evaluation=evaluation, stage__in=wanted).select_related("indicator")
    found: dict[tuple[str, str], list[StageFigure]] = {}
    for row in rows.order_by("stage", "indicator__position"):
        found.setdefault((row.stage, row.source), []).append(row)
    return [
        Source(
            Stage(stage),
            source,
            next((each.points for each in figures if each.indicator is None), None),
            tuple(each.indicator.code for each in figures if each.indicator is not None),
        )
        for (stage, source), figures in found.items()
    ]


def moved(
    figures: Figures, before: Mapping[int, Decimal], now: Mapping[int, Decimal], totals: tuple[Decimal, Decimal]
) -> tuple[Decimal, Decimal]:
    """What ceilings absorb and what figures from outside move, so that all parts add up to the change.

    `before` and `now` are the surplus by indicator at both ends, `totals` the last total and its clusters' sum.
    """
    ceilings = [difference(before[pk], surplus) for pk, surplus in now.items() if pk not in figures]
    outside = [difference(before[pk], surplus) for pk, surplus in now.items() if pk in figures]
    return total(ceilings), total([*outside, difference(*totals)])


def by_cluster(changes: Iterable[tuple[str, Decimal]], reached: Decimal, summed: Decimal) -> tuple[Part, ...]:
    """Parts by cluster, and what a total from outside adds to them."""
    parts, gap = whereabouts.by_cluster(changes), difference(reached, summed)
    return (*parts, Part(whereabouts.OUTSIDE, gap)) if gap != ZERO else parts
