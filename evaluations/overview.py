"""The page on which everybody sees where an evaluation stands: stages, totals, clusters, offices, what is missing."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from clusters.catalogue import Entry, catalogue_of
from clusters.models import StageWindow
from clusters.predicates import NextTier, Tier, next_tier, tier_for
from clusters.scoring import ZERO, Points, difference, share, total
from clusters.stages import Stage, walked
from evaluations import readers, rules
from evaluations.deadlines import schedule
from evaluations.models import DeadlineMove, Evaluation, EvidenceUse, Responsibility, Sending, StageResult
from evaluations.readers import AwardLine
from evaluations.sending import rules as sending_rules
from evaluations.sending.gap import Gap, gap_of, marks_of
from evaluations.sending.history import history_of
from evaluations.standing import RailLine, Standing


@dataclass(frozen=True, slots=True)
class Step:
    """One stage in the stepper."""

    stage: Stage
    state: str  # done, now, later
    window: StageWindow | None
    finished_at: datetime | None
    left: timedelta | None
    is_open: bool
    moved: DeadlineMove | None  # the letter that counts


@dataclass(frozen=True, slots=True)
class Column:
    """One stage's total with its tier."""

    stage: Stage
    total: Decimal
    tier: Tier | None
    ahead: NextTier | None
    is_final: bool


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """One cluster: maximum, points of the first and the latest stage, progress."""

    line: RailLine
    maximum: Decimal
    claimed: Decimal
    judged: Decimal | None
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office that leads questions: how many are open, how many points hang on them, how many lack evidence."""

    pk: int
    name: str
    leads: int
    empty: int
    at_stake: Decimal
    unproved: int
    lowered: int
    lost: Decimal


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page shows."""

    evaluation: Evaluation
    standing: Standing
    steps: list[Step]
    columns: list[Column]
    clusters: list[ClusterLine]
    offices: list[OfficeLine]
    empty: int
    unproved: int
    unled: int  # questions that no office leads, among those the user sees
    award: AwardLine | None
    is_settling: bool
    can_submit: bool
    can_judge: bool
    gap: Gap | None
    sendings: list[Sending]
    can_approve: bool
    can_reopen: bool

    @property
    def window(self) -> StageWindow | None:
        """Of the self-evaluation."""
        return next((step.window for step in self.steps if step.stage is Stage.EM), None)

    def frame(self) -> dict[str, Any]:
        """What the rail needs."""
        return {"standing": self.standing, "current": "overview"}

    @property
    def latest(self) -> Column:
        """The stage that counts now."""
        return self.columns[-1]

    @property
    def change(self) -> Decimal | None:
        """From the self-evaluation to the latest stage."""
        return difference(self.latest.total, self.columns[0].total) if len(self.columns) > 1 else None

    @property
    def is_judged(self) -> bool:
        """Whether offices are shown by what they lost, and no longer by what they owe."""
        return self.change is not None

    @property
    def is_filling(self) -> bool:
        """Whether this user's next step is to answer: sending or judging comes when all is answered."""
        is_open = self.standing.answered < self.standing.whole and not self.standing.evaluation.is_waiting
        return is_open and (self.can_submit or not self.can_judge)

    @property
    def sees_all(self) -> bool:
        """Whether the user sees every office's questions, so that an office leads to them."""
        return self.standing.mine is None

    @property
    def change_share(self) -> Decimal | None:
        """The same as a percentage of the self-evaluation."""
        return None if self.change is None else share(abs(self.change), self.columns[0].total)

    @property
    def judged_total(self) -> Decimal | None:
        """The latest stage's total, None as long as there is only the claim."""
        return self.latest.total if len(self.columns) > 1 else None

    @property
    def marks(self) -> list[tuple[str, Decimal, str]]:
        """Stages on the ruler."""
        stages = [(each.stage.label.lower(), each.total, each.stage.value.lower()) for each in self.columns]
        return [*marks_of(self.columns[0].total, self.gap), *stages[1:]]

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """Bands of the instrument."""
        return self.standing.sheet.edition.tiers


def build(user: User, evaluation: Evaluation, standing: Standing, at: datetime) -> Overview:
    """Read the page; the number of queries does not depend on the number of rows."""
    results = {each.stage: each for each in rules.visible_results(user).filter(evaluation=evaluation)}
    columns = _columns(standing, results)
    offices, empty, unproved, unled = _offices(evaluation, standing, columns[-1].stage)
    settling = evaluation.is_submitted and not (Stage.EM in results and results[Stage.EM].frozen_at)
    return Overview(
        evaluation,
        standing,
        _steps(evaluation, results, at),
        columns,
        _clusters(standing, columns, results),
        offices,
        empty,
        unproved,
        unled,
        readers.last_awards([evaluation.region_id]).get(evaluation.region_id),
        settling,
        rules.can_submit(user, evaluation),
        evaluation.pk in readers.desks_of(user, [evaluation]),
        gap_of(user, evaluation, standing, results.get(Stage.TI)),
        history_of(user, evaluation),
        sending_rules.can_approve(user, evaluation),
        sending_rules.can_reopen(user, evaluation) and not _is_judged(results),
    )


def _is_judged(results: dict[str, StageResult]) -> bool:
    """Whether the province has begun, as far as it is settled: then reopening is not offered."""
    return any(each.answered for stage, each in results.items() if stage not in (Stage.EM, Stage.TI))


def _steps(evaluation: Evaluation, results: dict[str, StageResult], at: datetime) -> list[Step]:
    windows = {each.stage: each for each in evaluation.cycle.windows.all()}
    moves = schedule.last_moves(evaluation.cycle_id)
    used = evaluation.cycle.used_stages
    now = used.index(Stage(evaluation.stage)) if evaluation.stage else len(used)
    steps = []
    for place, stage in enumerate(used):
        window = windows.get(stage.value)
        finished = evaluation.submitted_at if stage in (Stage.EM, Stage.TI) else None
        if stage in results and results[stage].frozen_at:
            finished = finished or results[stage].frozen_at
        state = "done" if place < now else "now" if place == now else "later"
        if stage is Stage.TI:  # beside the self-evaluation: it has its window and ends with it
            window, state = window or windows.get(Stage.EM.value), "done" if evaluation.is_submitted else "now"
        left = window.closes_at - at if window and state == "now" else None
        is_open = bool(window and window.is_open(at))
        steps.append(Step(stage, state, window, finished, left, is_open, moves.get(stage.value)))
    return steps


def _columns(standing: Standing, results: dict[str, StageResult]) -> list[Column]:
    tiers = standing.sheet.edition.tiers
    columns = [Column(Stage.EM, standing.score.total, standing.tier, standing.ahead, standing.evaluation.is_submitted)]
    for stage in walked(standing.evaluation.cycle.stages)[1:]:
        result = results.get(stage.value)
        if result and result.frozen_at:
            columns.append(
                Column(stage, result.total, tier_for(result.total, tiers), next_tier(result.total, tiers), True)
            )
    return columns


def _clusters(standing: Standing, columns: list[Column], results: dict[str, StageResult]) -> list[ClusterLine]:
    latest = columns[-1].stage
    judged = dict(results[latest.value].clusters.values_list("cluster_id", "points")) if latest is not Stage.EM else {}
    lines = {line.code: line for line in standing.rail}
    return [
        ClusterLine(
            lines[each.rule.code],
            each.rule.maximum,
            each.points,
            judged.get(each.rule.pk),
            difference(judged[each.rule.pk], each.points) if each.rule.pk in judged else None,
        )
        for each in standing.score.clusters
        if each.rule.code in lines
    ]


def _offices(evaluation: Evaluation, standing: Standing, latest: Stage) -> tuple[list[OfficeLine], int, int, int]:
    """Offices by what they owe; over all questions: how many are empty, claimed without evidence, led by nobody."""
    proved = set(
        EvidenceUse.objects.counted()
        .filter(answer__evaluation=evaluation)
        .values_list("answer__question_id", flat=True)
    )
    leads = Responsibility.objects.filter(evaluation=evaluation, is_lead=True).values_list(
        "question_id", "office_id", "office__name"
    )
    entries = catalogue_of(evaluation.cycle.instrument).by_pk
    grouped: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    for question, office, name in leads:
        if standing.mine is None or question in standing.mine:
            grouped[office, name].append(entries[question])
    judged = standing.sheet.at(latest)
    lines = [_office(office, led, standing.sheet.claimed, judged, proved) for office, led in grouped.items()]
    owing = sorted(lines, key=lambda line: (-line.lost, -line.at_stake, -line.unproved, line.name))
    return (
        [line for line in owing if line.lost or line.empty or line.unproved],
        sum(line.empty for line in lines),
        sum(line.unproved for line in lines),
        standing.whole - sum(line.leads for line in lines),
    )


def _office(
    office: tuple[int, str], led: list[Entry], claimed: list[Points], judged: list[Points], proved: set[int]
) -> OfficeLine:
    empty = [each for each in led if claimed[each.index] is None]
    unproved = [
        each for each in led if claimed[each.index] and each.question.evidence and each.question.pk not in proved
    ]
    falls = [difference(claimed[each.index] or ZERO, judged[each.index] or ZERO) for each in led]
    lost = [fall for fall in falls if fall > ZERO]
    return OfficeLine(
        *office,
        len(led),
        len(empty),
        total([each.question.maximum for each in empty]),
        len(unproved),
        len(lost),
        total(lost),
    )
