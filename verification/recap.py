"""Stages side by side on three levels, what each stage changed, and where the points went. Stores nothing.

A frozen stage shows the rows it was frozen with; a running one, which only judges see, is added up now.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from accounts.models import User
from clusters.catalogue import Entry, catalogue_of
from clusters.predicates import NextTier, Tier, next_tier, tier_for
from clusters.scoring import ZERO, ClusterRule, IndicatorRule, Points, difference, share, total
from clusters.stages import Stage, walked
from evaluations import rules as evaluation_rules
from evaluations.models import Evaluation, StageResult
from evaluations.standing import Standing, standing_for
from verification import rules, whereabouts
from verification.figures import reading as outside
from verification.models import Award, Verdict
from verification.progress import is_past
from verification.whereabouts import Part


@dataclass(frozen=True, slots=True)
class Column:
    """One stage: total and tier, and its points on the three levels."""

    stage: Stage
    total: Decimal
    tier: Tier | None
    ahead: NextTier | None
    frozen_at: datetime | None
    judged: int
    clusters: dict[int, Decimal]
    indicators: dict[int, Decimal]
    surplus: dict[int, Decimal]
    points: tuple[Points, ...]  # one per question, in the order of the instrument

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The total and what the clusters come to: two numbers only where the total is a figure from outside."""
        return self.total, total(list(self.clusters.values()))


@dataclass(frozen=True, slots=True)
class Figures:
    """A row's numbers: the maximum, one figure per stage, the change from the first to the last."""

    maximum: Decimal
    stages: tuple[Points, ...]

    @property
    def change(self) -> Decimal | None:
        """None while there is but one stage."""
        if len(self.stages) < 2:
            return None
        return difference(self.stages[-1] or ZERO, self.stages[0] or ZERO)

    @property
    def latest(self) -> Points:
        """What counts now."""
        return self.stages[-1]

    @property
    def fell(self) -> bool:
        """Whether points were lost on the way."""
        return (self.change or ZERO) < ZERO


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question with everything judges said about it."""

    entry: Entry
    figures: Figures
    verdicts: tuple[Verdict, ...]  # current ones, in the order of the stages


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator; `absorbed` is what its ceiling takes from the last stage."""

    rule: IndicatorRule
    figures: Figures
    absorbed: Decimal
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """One cluster with its indicators."""

    rule: ClusterRule
    figures: Figures
    indicators: tuple[IndicatorLine, ...]

    def cut(self, *, only_fallen: bool, indicator: str = "", only: frozenset[int] | None = None) -> "ClusterLine":
        """Without indicators that have nothing to show; with `indicator` (its code) that one, with `only` questions."""

        def shows(line: QuestionLine) -> bool:
            return (line.figures.fell or not only_fallen) and (only is None or line.entry.question.pk in only)

        kept = [
            replace(each, questions=tuple(line for line in each.questions if shows(line)))
            for each in self.indicators
            if indicator in ("", each.rule.code)
        ]
        return replace(self, indicators=tuple(each for each in kept if each.questions))


@dataclass(frozen=True, slots=True)
class Recap:
    """Everything the page and the paper say."""

    evaluation: Evaluation
    standing: Standing
    columns: tuple[Column, ...]
    figures: Figures
    clusters: tuple[ClusterLine, ...]
    by_cluster: tuple[Part, ...]
    by_reason: tuple[Part, ...]
    sources: list[outside.Source]  # figures that come from outside
    award: Award | None
    is_own: bool  # cut down to an office's questions
    fallen: int  # questions, among those the user sees, that lost points

    @property
    def first(self) -> Column:
        """The self-evaluation."""
        return self.columns[0]

    @property
    def last(self) -> Column:
        """The latest stage this user may see."""
        return self.columns[-1]

    def sections(
        self, *, only_fallen: bool, indicator: str = "", only: frozenset[int] | None = None
    ) -> list[ClusterLine]:
        """The clusters cut down to questions the user sees, and if so wished to those that lost points or to `only`."""
        cut = (cluster.cut(only_fallen=only_fallen, indicator=indicator, only=only) for cluster in self.clusters)
        return [each for each in cut if each.indicators]

    @property
    def change_share(self) -> Decimal | None:
        """The change as a percentage of the self-evaluation."""
        return None if self.figures.change is None else share(abs(self.figures.change), self.first.total)

    @property
    def start(self) -> tuple[str, Decimal]:
        """Where the waterfalls begin."""
        return self.first.stage.label, self.first.total

    @property
    def end(self) -> tuple[str, Decimal]:
        """Where they end."""
        return self.last.stage.label, self.last.total

    @property
    def marks(self) -> list[tuple[str, Decimal, str]]:
        """Stages on the ruler."""
        return [(each.stage.label.lower(), each.total, each.stage.value.lower()) for each in self.columns]


def build(user: User, evaluation: Evaluation) -> Recap:
    """Read and lay side by side; the number of queries does not depend on the number of rows."""
    standing = standing_for(user, evaluation)
    columns = _columns(user, evaluation, standing)
    verdicts = _verdicts(user, evaluation, columns)
    clusters = _clusters(evaluation, standing, columns, verdicts)
    questions = [question for cluster in clusters for each in cluster.indicators for question in each.questions]
    changes = [(each.rule.name, each.figures.change or ZERO) for each in clusters]
    return Recap(
        evaluation=evaluation,
        standing=standing,
        columns=columns,
        figures=Figures(standing.sheet.edition.book.maximum, tuple(each.total for each in columns)),
        clusters=clusters,
        by_cluster=outside.by_cluster(changes, *columns[-1].ends),
        sources=outside.sources_of(evaluation, standing.sheet, [each.stage for each in columns]),
        by_reason=_by_reason(standing, columns, questions),
        award=rules.visible_awards(user).filter(region_id=evaluation.region_id).order_by("-year").first(),
        is_own=standing.mine is not None,
        fallen=sum(each.figures.fell for each in questions),
    )


def _columns(user: User, evaluation: Evaluation, standing: Standing) -> tuple[Column, ...]:
    """The stages that follow each other: the region's own expectation is no step on the way of the points."""
    results = evaluation_rules.visible_results(user).filter(evaluation=evaluation)
    found = {each.stage: each for each in results.prefetch_related("clusters", "indicators")}
    moving = rules.sees_moving_stages(user)
    columns = []
    for stage in walked(evaluation.cycle.stages):
        judged = stage in standing.sheet.judged or is_past(evaluation, stage)
        if stage is Stage.EM or stage.value in found or (moving and judged):
            columns.append(_column(standing, stage, found.get(stage.value)))
    return tuple(columns)


def _column(standing: Standing, stage: Stage, result: StageResult | None) -> Column:
    points, given = tuple(standing.sheet.at(stage)), standing.sheet.judged.get(stage, [])
    judged = sum(each is not None for each in given)
    if result is not None and result.frozen_at is not None:
        indicators = result.indicators.all()  # prefetched
        levels = (
            {each.cluster_id: each.points for each in result.clusters.all()},
            {each.indicator_id: each.points for each in indicators},
            {each.indicator_id: each.surplus for each in indicators},
        )
        return _shown(standing, stage, result.total, result.frozen_at, judged, levels, points)
    score = standing.sheet.score_at(stage)
    scored = [each for cluster in score.clusters for each in cluster.indicators]
    levels = (
        {each.rule.pk: each.points for each in score.clusters},
        {each.rule.pk: each.points for each in scored},
        {each.rule.pk: each.surplus for each in scored},
    )
    return _shown(standing, stage, score.total, None, judged, levels, points)


def _shown(
    standing: Standing,
    stage: Stage,
    reached: Decimal,
    frozen_at: datetime | None,
    judged: int,
    levels: tuple[dict[int, Decimal], dict[int, Decimal], dict[int, Decimal]],
    points: tuple[Points, ...],
) -> Column:
    tiers = standing.sheet.edition.tiers
    tier, ahead = tier_for(reached, tiers), next_tier(reached, tiers)
    return Column(stage, reached, tier, ahead, frozen_at, judged, *levels, points)


def _verdicts(user: User, evaluation: Evaluation, columns: Sequence[Column]) -> dict[int, list[Verdict]]:
    """Current verdicts of the shown stages by question, earlier stages first; one query."""
    shown = [each.stage.value for each in columns]
    found = (
        rules.visible_verdicts(user)
        .current()
        .filter(answer__evaluation=evaluation, stage__in=shown)
        .select_related("answer", "option", "given_by")
    )
    grouped: dict[int, list[Verdict]] = {}
    for verdict in sorted(found, key=lambda each: shown.index(each.stage)):
        grouped.setdefault(verdict.answer.question_id, []).append(verdict)
    return grouped


def _clusters(
    evaluation: Evaluation, standing: Standing, columns: Sequence[Column], verdicts: dict[int, list[Verdict]]
) -> tuple[ClusterLine, ...]:
    entries = catalogue_of(evaluation.cycle.instrument).entries

    def question(entry: Entry) -> QuestionLine:
        figures = Figures(entry.question.maximum, tuple(each.points[entry.index] for each in columns))
        return QuestionLine(entry, figures, tuple(verdicts.get(entry.question.pk, ())))

    def indicator(rule: IndicatorRule) -> IndicatorLine:
        seen = [
            each
            for each in entries[rule.start : rule.stop]
            if standing.mine is None or each.question.pk in standing.mine
        ]
        figures = Figures(rule.maximum, tuple(each.indicators[rule.pk] for each in columns))
        return IndicatorLine(rule, figures, columns[-1].surplus[rule.pk], tuple(question(each) for each in seen))

    return tuple(
        ClusterLine(
            cluster,
            Figures(cluster.maximum, tuple(each.clusters[cluster.pk] for each in columns)),
            tuple(indicator(each) for each in cluster.indicators),
        )
        for cluster in standing.sheet.edition.book.clusters
    )


def _by_reason(standing: Standing, columns: Sequence[Column], questions: Sequence[QuestionLine]) -> tuple[Part, ...]:
    """Steps of every question the user sees, each under its verdict's reason; the whole case also has its ceilings."""
    steps = []
    for line in questions:
        reasons = {each.stage: each.get_reason_display() if each.reason else "" for each in line.verdicts}
        for column, earlier, later in zip(columns[1:], line.figures.stages, line.figures.stages[1:], strict=False):
            steps.append((reasons.get(column.stage, ""), difference(later or ZERO, earlier or ZERO)))
    if standing.mine is not None:
        return whereabouts.by_reason(steps)
    last, figures = columns[-1], standing.sheet.figures.get(columns[-1].stage, {})
    return whereabouts.by_reason(steps, *outside.moved(figures, columns[0].surplus, last.surplus, last.ends))
