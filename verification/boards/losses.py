"""Where the points of a province went: every closed region's change, cut by indicator, cluster, reason, office, region.

Only closed stages count. Each cut adds up to the sum of the regions' changes, to the hundredth.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from accounts.models import User
from clusters.rulebook import edition_of
from clusters.scoring import ZERO, ClusterRule, IndicatorRule, Points, difference, mean, share, total
from clusters.stages import Stage, walked
from evaluations import rules as evaluation_rules
from evaluations.models import Answer, ClusterResult, IndicatorResult, Responsibility
from verification import whereabouts
from verification.boards.scope import Scope
from verification.models import Verdict
from verification.waterfalls import NOBODY
from verification.whereabouts import CEILING, OUTSIDE, Part, change_of, named


@dataclass(frozen=True, slots=True)
class RegionLoss:
    """One region: settled totals of the self-evaluation and of its latest closed stage."""

    evaluation: int
    name: str
    stage: Stage
    claimed: Decimal
    latest: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class IndicatorLoss:
    """One indicator over all closed regions."""

    cluster: str
    rule: IndicatorRule
    change: Decimal  # of all regions together
    mean_share: Decimal | None  # mean percent lost of what each region had claimed
    lost_in: int  # regions that lost points here
    regions: tuple[tuple[int, str, Decimal], ...]  # evaluation, region, change; the heaviest loss first


@dataclass(frozen=True, slots=True)
class Losses:
    """All cuts of a scope's change."""

    regions: tuple[RegionLoss, ...]
    indicators: tuple[IndicatorLoss, ...]  # the heaviest loss first
    by_cluster: tuple[Part, ...]
    by_indicator: tuple[Part, ...]
    by_reason: tuple[Part, ...]
    by_office: tuple[Part, ...]
    change: Decimal

    @property
    def claimed(self) -> Decimal:
        """What the closed regions claimed together."""
        return total([each.claimed for each in self.regions])

    @property
    def latest(self) -> Decimal:
        """What they have together."""
        return total([each.latest for each in self.regions])

    @property
    def change_share(self) -> Decimal:
        """The change in percent of what was claimed."""
        return share(abs(self.change), self.claimed)

    @property
    def cuts(self) -> list["Cut"]:
        """What the page draws beside the indicators."""
        return [
            Cut("Per alasan", "Alasan", self.by_reason, "alasan"),
            Cut("Per klaster", "Klaster", self.by_cluster),
            Cut("Per perangkat daerah", "Perangkat daerah", self.by_office, "perangkat"),
        ]

    @property
    def start(self) -> tuple[str, Decimal]:
        """Where the waterfalls begin."""
        return Stage.EM.label, self.claimed

    @property
    def end(self) -> tuple[str, Decimal]:
        """Where they end."""
        return "Setelah verifikasi", self.latest


@dataclass(frozen=True, slots=True)
class Cut:
    """One way of cutting the change: title, head of its column, parts."""

    title: str
    head: str
    parts: tuple[Part, ...]
    link: str = ""  # under which word the recap of a region shows the questions of a part

    @property
    def change(self) -> Decimal:
        """What the parts come to together."""
        return change_of(self.parts)

    @property
    def steps(self) -> list[tuple[str, Decimal]]:
        """Bars of the waterfall."""
        return [(part.label, part.amount) for part in self.parts]


@dataclass(frozen=True, slots=True)
class _Levels:
    """Settled rows of one level: (evaluation, stage) -> key -> points; `surplus` summed per evaluation and stage."""

    clusters: Mapping[tuple[int, str], Mapping[int, Decimal]]
    indicators: Mapping[tuple[int, str], Mapping[int, Decimal]]
    surplus: Mapping[tuple[int, str], Decimal]

    def change(self, region: RegionLoss, level: Mapping[tuple[int, str], Mapping[int, Decimal]], key: int) -> Decimal:
        after = level[region.evaluation, region.stage.value].get(key, ZERO)
        return difference(after, level[region.evaluation, Stage.EM.value].get(key, ZERO))

    def whole(self, region: RegionLoss) -> Decimal:
        """The change as far as the clusters explain it."""
        ends = (self.clusters[region.evaluation, stage] for stage in (region.stage.value, Stage.EM.value))
        later, earlier = (total(list(each.values())) for each in ends)
        return difference(later, earlier)

    def absorbed(self, region: RegionLoss) -> Decimal:
        """What ceilings took before and take no more."""
        return difference(
            self.surplus[region.evaluation, Stage.EM.value], self.surplus[region.evaluation, region.stage.value]
        )


@dataclass(frozen=True, slots=True)
class _Step:
    """One question of one region that changed: at which reason, by how much, who leads it."""

    question: tuple[int, int]  # evaluation and question
    reason: str
    change: Decimal
    office: str


def build(user: User, scope: Scope) -> Losses:
    """Six statements, whatever the number of regions; one more for the instrument when it is new."""
    regions = _regions(user, scope)
    levels, steps = _levels(regions), _steps(regions, scope)
    book = edition_of(scope.cycle.instrument).book
    change = total([each.change for each in regions])
    explained = total([levels.whole(each) for each in regions])
    on_top = difference(change, explained)
    ceilings = total([levels.absorbed(each) for each in regions])
    inside = difference(explained, total([total([each.change for each in steps]), ceilings]))
    rest = named((CEILING, ceilings), (OUTSIDE, total([inside, on_top])))
    indicators = _indicators(book.clusters, regions, levels)
    outside = named((OUTSIDE, on_top))
    clusters = (
        (each, total([levels.change(one, levels.clusters, each.pk) for one in regions])) for each in book.clusters
    )
    return Losses(
        regions,
        indicators,
        (*(Part(f"{each.code} · {each.name}", lost) for each, lost in clusters), *outside),
        (*(Part(each.rule.name, each.change, each.lost_in) for each in indicators), *outside),
        (*_reasons(steps, regions), *rest),
        (*_offices(steps, regions), *rest),
        change,
    )


def _regions(user: User, scope: Scope) -> tuple[RegionLoss, ...]:
    results = evaluation_rules.visible_results(user).filter(
        evaluation__cycle=scope.cycle, evaluation__region__province=scope.province, frozen_at__isnull=False
    )
    found: dict[int, dict[str, tuple[str, Decimal]]] = defaultdict(dict)
    for pk, stage, name, points in results.values_list("evaluation_id", "stage", "evaluation__region__name", "total"):
        found[pk][stage] = name, points
    order = [each.value for each in walked(scope.cycle.stages)]
    regions = []
    for pk, stages in found.items():
        last = [stage for stage in order if stage in stages][-1:]
        if Stage.EM.value in stages and last and last[0] != Stage.EM:
            name, latest = stages[last[0]]
            claimed = stages[Stage.EM.value][1]
            regions.append(RegionLoss(pk, name, Stage(last[0]), claimed, latest, difference(latest, claimed)))
    return tuple(sorted(regions, key=lambda each: (each.change, each.name)))


def _levels(regions: Sequence[RegionLoss]) -> _Levels:
    wanted = {"result__evaluation__in": [each.evaluation for each in regions], "result__frozen_at__isnull": False}
    clusters: dict[tuple[int, str], dict[int, Decimal]] = defaultdict(dict)
    rows = ClusterResult.objects.filter(**wanted)
    for pk, stage, cluster, points in rows.values_list(
        "result__evaluation_id", "result__stage", "cluster_id", "points"
    ):
        clusters[pk, stage][cluster] = points
    indicators: dict[tuple[int, str], dict[int, Decimal]] = defaultdict(dict)
    surplus: dict[tuple[int, str], list[Decimal]] = defaultdict(list)
    columns = ("result__evaluation_id", "result__stage", "indicator_id", "points", "surplus")
    for pk, stage, indicator, points, over in IndicatorResult.objects.filter(**wanted).values_list(*columns):
        indicators[pk, stage][indicator] = points
        surplus[pk, stage].append(over)
    return _Levels(clusters, indicators, defaultdict(lambda: ZERO, {key: total(each) for key, each in surplus.items()}))


def _indicators(
    clusters: Iterable[ClusterRule], regions: Sequence[RegionLoss], levels: _Levels
) -> tuple[IndicatorLoss, ...]:
    losses = []
    for cluster in clusters:
        for rule in cluster.indicators:
            changes = [(each, levels.change(each, levels.indicators, rule.pk)) for each in regions]
            claims = [levels.indicators[each.evaluation, Stage.EM.value].get(rule.pk, ZERO) for each in regions]
            shares = [share(-change, claim) for (_, change), claim in zip(changes, claims, strict=True) if claim]
            fallen = sorted((change, each.name, each.evaluation) for each, change in changes if change)
            losses.append(
                IndicatorLoss(
                    cluster.code,
                    rule,
                    total([change for _, change in changes]),
                    mean(shares),
                    sum(change < ZERO for _, change in changes),
                    tuple((pk, name, change) for change, name, pk in fallen),
                )  # fmt: skip
            )
    return tuple(sorted(losses, key=lambda each: (each.change, each.rule.start)))


def _steps(regions: Sequence[RegionLoss], scope: Scope) -> list[_Step]:
    """Every judged question of every closed region, stage after stage; two statements."""
    order = [each.value for each in walked(scope.cycle.stages)]
    until = {each.evaluation: order.index(each.stage.value) for each in regions}
    leads = _leads(list(until))
    rows = Answer.objects.filter(
        evaluation__in=list(until), verdicts__is_current=True, verdicts__stage__in=order
    ).values_list("evaluation_id", "question_id", "points", "verdicts__stage", "verdicts__points", "verdicts__reason")
    verdicts: dict[tuple[int, int], list[tuple[int, Decimal, str]]] = defaultdict(list)
    claims: dict[tuple[int, int], Points] = {}
    for pk, question, claimed, stage, points, reason in rows:
        if order.index(stage) <= until[pk]:
            claims[pk, question] = claimed
            verdicts[pk, question].append((order.index(stage), points, reason))
    steps = []
    for key, found in verdicts.items():
        before = claims[key] or ZERO
        for _, points, reason in sorted(found):
            words = Verdict.Reason(reason).label if reason else ""
            steps.append(_Step(key, words, difference(points, before), leads.get(key, NOBODY)))
            before = points
    return steps


def _leads(evaluations: Sequence[int]) -> dict[tuple[int, int], str]:
    """The office in charge of each question, by the name its own region gives it."""
    leads = Responsibility.objects.filter(evaluation__in=evaluations, is_lead=True)
    rows = leads.values_list("evaluation_id", "question_id", "office__code", "office__name").order_by("office__pk")
    names: dict[str, str] = {}
    return {(pk, question): names.setdefault(code, name) for pk, question, code, name in rows}


def _reasons(steps: Sequence[_Step], regions: Sequence[RegionLoss]) -> Iterator[Part]:
    made_of: dict[str, list[_Step]] = defaultdict(list)
    for step in steps:
        if step.change:
            made_of[whereabouts.label_of(step.reason, step.change)].append(step)
    for part in whereabouts.by_reason((each.reason, each.change) for each in steps):
        yield replace(part, regions=_by_region(made_of[part.label], regions))


def _offices(steps: Iterable[_Step], regions: Sequence[RegionLoss]) -> list[Part]:
    """What the questions of each office changed; a question that two stages moved is one question."""
    moved: dict[str, list[_Step]] = defaultdict(list)
    for step in steps:
        if step.change:
            moved[step.office].append(step)
    sums = {office: total([each.change for each in found]) for office, found in moved.items()}
    parts = (
        Part(office, sums[office], len({each.question for each in found}), _by_region(found, regions))
        for office, found in moved.items()
    )
    return sorted(parts, key=lambda part: (part.amount, part.label))


def _by_region(steps: Iterable[_Step], regions: Sequence[RegionLoss]) -> tuple[tuple[int, str, Decimal], ...]:
    changes: dict[int, list[Decimal]] = defaultdict(list)
    for step in steps:
        changes[step.question[0]].append(step.change)
    rows = [
        (each.evaluation, each.name, total(changes[each.evaluation])) for each in regions if each.evaluation in changes
    ]
    return tuple(sorted(rows, key=lambda row: (row[2], row[1])))
