"""Content of a province's papers: one row per region with its settled totals, the latest stage, the tier."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Province, Region
from clusters import predicates, scoring
from clusters.models import Cycle
from clusters.rulebook import edition_of
from clusters.stages import Stage, walked
from evaluations.models import Evaluation, StageFigure, StageResult
from reports.content.naskah import Texts, texts_of
from reports.houses import House
from verification.models import Award

UNSENT = "Belum mengirim"
ABSENT = "Belum membuka evaluasi"


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region; `totals` in the order of the content's stages, None where a stage is not settled."""

    code: str
    name: str
    state: str
    totals: tuple[Decimal | None, ...]
    claimed: Decimal | None
    verified: Decimal | None  # of the latest settled stage after the self-evaluation
    difference: Decimal | None
    tier: str  # of the latest settled stage; empty: below the first
    award: str  # "Madya (2023)"

    @property
    def is_judged(self) -> bool:
        """Whether somebody's word stands beside the region's own."""
        return self.verified is not None


@dataclass(frozen=True, slots=True)
class ProvinceContent:
    """Everything a province's papers say."""

    province: str
    province_code: str
    zone: str
    cycle: str
    award_year: int
    is_demo: bool
    maximum: Decimal
    stages: tuple[tuple[str, str], ...]  # code and label
    rows: tuple[RegionRow, ...]  # by the regions' codes
    sources: tuple[tuple[str, str, str], ...]  # region, stage, whose figure it is: totals from outside the portal
    texts: Texts

    @property
    def ranked(self) -> tuple[RegionRow, ...]:
        """Judged regions, the highest total first."""
        judged = [each for each in self.rows if each.verified is not None]
        return tuple(sorted(judged, key=lambda each: (-(each.verified or Decimal(0)), each.code)))

    @property
    def waiting(self) -> tuple[RegionRow, ...]:
        """Regions without a judged total."""
        return tuple(each for each in self.rows if each.verified is None)


def build_province(province: Province, cycle: Cycle) -> ProvinceContent:
    """The province in the cycle, from settled rows alone; a constant number of queries for any number of regions."""
    house = House(province=province)
    cases = {each.region_id: each for each in Evaluation.objects.filter(region__province=province, cycle=cycle)}
    results = _results(province, cycle)
    awards = {each.region_id: each for each in Award.objects.filter(region__province=province).order_by("year")}
    stages = walked(cycle.stages)
    tiers = edition_of(cycle.instrument).tiers
    regions = Region.objects.filter(province=province).order_by("code")
    return ProvinceContent(
        province=province.name,
        province_code=province.code,
        zone=house.zone,
        cycle=cycle.name,
        award_year=cycle.award_year,
        is_demo=any(each.is_demo for each in cases.values()),
        maximum=cycle.instrument.maximum,
        stages=tuple((each.value, each.label) for each in stages),
        rows=tuple(
            _row(each, cases.get(each.pk), results.get(each.pk, {}), stages, tiers, awards.get(each.pk))
            for each in regions
        ),
        sources=_sources(province, cycle),
        texts=texts_of(house),
    )


def _sources(province: Province, cycle: Cycle) -> tuple[tuple[str, str, str], ...]:
    """Which totals the ministry or somebody else has given."""
    figures = StageFigure.objects.filter(
        evaluation__region__province=province, evaluation__cycle=cycle, indicator__isnull=True
    ).order_by("evaluation__region__code", "stage")
    rows = figures.values_list("evaluation__region__name", "stage", "source")
    return tuple((name, Stage(stage).label, source) for name, stage, source in rows)


def _results(province: Province, cycle: Cycle) -> dict[int, dict[str, Decimal]]:
    frozen = StageResult.objects.filter(
        evaluation__region__province=province, evaluation__cycle=cycle, frozen_at__isnull=False,
        evaluation__submitted_at__isnull=False,
    )  # fmt: skip
    found: dict[int, dict[str, Decimal]] = {}
    for region, stage, total in frozen.values_list("evaluation__region", "stage", "total"):
        found.setdefault(region, {})[stage] = total
    return found


def _row(
    region: Region,
    case: Evaluation | None,
    totals: dict[str, Decimal],
    stages: Sequence[Stage],
    tiers: Sequence[predicates.Tier],
    award: Award | None,
) -> RegionRow:
    judged = [totals[each.value] for each in stages if each is not Stage.EM and each.value in totals]
    claimed, verified = totals.get(Stage.EM.value), judged[-1] if judged else None
    settled = [totals[each.value] for each in stages if each.value in totals]
    tier = predicates.tier_for(settled[-1], tiers) if settled else None
    return RegionRow(
        code=region.code,
        name=region.name,
        state=_state(case),
        totals=tuple(totals.get(each.value) for each in stages),
        claimed=claimed,
        verified=verified,
        difference=scoring.difference(verified, claimed) if verified is not None and claimed is not None else None,
        tier=tier.name if tier else "",
        award=f"{award.predicate} ({award.year})" if award else "",
    )


def _state(case: Evaluation | None) -> str:
    if case is None:
        return ABSENT
    if not case.is_submitted:
        return UNSENT
    return Stage(case.stage).label if case.stage else "Selesai"
