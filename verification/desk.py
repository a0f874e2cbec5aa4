"""The judge's desk: where the stage stands, and the questions of a cluster with what was claimed and judged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from accounts.models import User
from clusters.catalogue import Entry, catalogue_of
from clusters.models import Cluster, Indicator, StageWindow
from clusters.predicates import NextTier, Tier, next_tier, tier_for
from clusters.scoring import ZERO, Points, Score, difference
from clusters.stages import Stage, before, walked
from evaluations import windows
from evaluations.models import Evaluation
from evaluations.progress import PointsSheet, judged_sheet
from evaluations.worklist.standing import states_of
from kla_portal.numbers import saat
from verification import blinds, rules
from verification.findings import Finding, Lens
from verification.lines import Filter, Line
from verification.progress import judged_now
from verification.reach import EVERYWHERE, Reach
from verification.review import returning
from verification.review.reading import reviews_of
from verification.shelf import Shelf


@dataclass(frozen=True, slots=True)
class ClusterCount:
    """A cluster in the desk's rail."""

    code: str
    name: str
    judged: int
    whole: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The running stage: total and tier as they move, how much is judged, how much time is left."""

    evaluation: Evaluation
    stage: Stage
    sheet: PointsSheet
    claimed: Decimal
    score: Score
    tier: Tier | None
    ahead: NextTier | None
    lines: tuple[Line, ...]
    window: StageWindow | None
    left: timedelta | None
    may_judge: bool
    refusal: str  # why nothing can be saved now; empty when it can
    reach: Reach = EVERYWHERE  # which clusters the user judges
    second: Mapping[int, bool] = field(default_factory=dict)  # questions the user reads a second time, owed or given

    @property
    def is_review(self) -> bool:
        """Whether this is the region's own review, beside the self-evaluation."""
        return self.stage is Stage.TI

    @property
    def may_return(self) -> bool:
        """Whether answers can be sent back at this stage."""
        return self.stage in returning.STAGES

    def without_end(self) -> "Standing":
        """The same for a question that may be judged after the window's end."""
        is_late = self.may_judge and self.left is not None and self.left <= timedelta(0)
        return replace(self, refusal="") if is_late and self.evaluation.stage else self

    @property
    def waiting(self) -> int:
        """Questions that wait for the reviewer."""
        return sum(line.is_waiting for line in self.lines)

    @property
    def judged(self) -> int:
        """Questions with a verdict at this stage."""
        return sum(line.is_judged for line in self.lines)

    @property
    def unjudged(self) -> int:
        """Questions without one."""
        return len(self.lines) - self.judged

    @property
    def change(self) -> Decimal:
        """Against the self-evaluation."""
        return difference(self.score.total, self.claimed)

    @property
    def clusters(self) -> list[ClusterCount]:
        """Progress per cluster, in the instrument's order."""
        counts: dict[str, list[bool]] = {}
        for line in self.lines:
            counts.setdefault(line.cluster, []).append(line.is_judged)
        names = {each.rule.code: each.rule.name for each in self.score.clusters}
        return [ClusterCount(code, names[code], sum(done), len(done)) for code, done in counts.items()]

    def at_question(self, entry: Entry) -> "Standing":
        """The same as far as one question goes: those of others are there to be read."""
        cluster = entry.question.indicator.cluster
        if entry.question.pk in self.second:
            return replace(self, refusal=SECOND)
        if self.refusal or self.reach.holds(cluster.code):
            return self
        return replace(self, refusal=foreign(cluster))

    @property
    def unseen(self) -> list[int]:
        """Questions whose verdict is kept from the user until they have read them themselves."""
        return [question for question, is_owed in self.second.items() if is_owed]

    def line(self, entry: Entry) -> Line:
        """The line of one question."""
        return self.lines[entry.index]


def stage_of(evaluation: Evaluation) -> Stage:
    """The stage on the desk: the one that is judged now, or the last when all are closed."""
    now = judged_now(evaluation)
    return Stage(now) if now else walked(evaluation.cycle.stages)[-1]


@dataclass(frozen=True, slots=True)
class Mandate:
    """What was found of a judge before a save: the clusters, and the questions read a second time."""

    reach: Reach
    second: Mapping[int, bool]


def standing_of(user: User, evaluation: Evaluation, at: datetime, *, saved_with: Mandate | None = None) -> Standing:
    """Read and add up: claims, verdicts, what was sent back, window, and for a verifier the mandate; five queries.

    A review also reads the states of the answers. Right after a save the mandate is known and the window open.
    """
    stage = stage_of(evaluation)
    sheet = judged_sheet(evaluation)
    second = saved_with.second if saved_with else blinds.own_readings(user, evaluation)
    sheet.hide(stage, [pk for pk, is_owed in second.items() if is_owed])
    score = sheet.score_at(stage)
    window = None if saved_with else windows.window_of(evaluation, stage)
    reach = saved_with.reach if saved_with else rules.reach_of(user, evaluation)
    may_judge = bool(reach)
    tiers = sheet.edition.tiers
    return Standing(
        evaluation,
        stage,
        sheet,
        sheet.score_at(Stage.EM).total,
        score,
        tier_for(score.total, tiers),
        next_tier(score.total, tiers),
        tuple(_lines(evaluation, sheet, stage)),
        window,
        window.closes_at - at if window else None,
        may_judge,
        "" if saved_with else refusal(evaluation, stage, window, at, may_judge=may_judge),
        reach,
        second,
    )


def _lines(evaluation: Evaluation, sheet: PointsSheet, stage: Stage) -> list[Line]:
    earlier = before(stage, evaluation.cycle.stages)
    brought = sheet.at(earlier[-1]) if earlier else sheet.claimed
    judged: list[Points] = sheet.judged.get(stage) or [None] * sheet.edition.book.size
    entries = catalogue_of(evaluation.cycle.instrument).entries
    rows = zip(entries, sheet.claimed, brought, judged, strict=True)
    reviews = reviews_of(evaluation, stage) if stage in sheet.moving and judged_now(evaluation) == stage else {}
    states = states_of(evaluation) if stage is Stage.TI else {}
    return [
        Line(
            entry,
            claimed,
            points or ZERO,
            now,
            states[pk].state if states else None,
            reviews.get(pk) if now is not None else None,
        )
        for entry, claimed, points, now in rows
        for pk in [entry.question.pk]
    ]


SECOND = (
    "Anda penilai kedua pertanyaan ini. Nilailah di halaman penilaian ganda; penilaian pertama baru tampak sesudahnya."
)


def foreign(cluster: Cluster) -> str:
    """Why a question is only there to be read."""
    return f"Klaster {cluster.code} {cluster.name} dinilai verifikator lain. Anda dapat membaca, tetapi tidak menilai."


def refusal(evaluation: Evaluation, stage: Stage, window: StageWindow | None, at: datetime, *, may_judge: bool) -> str:
    """Why the judge cannot save anything now, in one sentence; empty when everything is open."""
    name = stage.label
    if not evaluation.stage:
        return "Semua tahap evaluasi ini sudah ditutup. Penilaian hanya dapat dibaca."
    if not may_judge and stage is Stage.TI:
        return f"{name} dikerjakan penelaah dan operator daerah ini. Anda dapat membaca, tetapi tidak menilai."
    if not may_judge:
        return f"{name} dinilai oleh orang yang ditugaskan. Anda dapat membaca, tetapi tidak menilai."
    if stage is Stage.TI and evaluation.is_waiting:
        return str(windows.AwaitingApproval())
    if window is None:
        return f"Jadwal {name.lower()} belum ditetapkan. Hubungi administrator."
    if at < window.opens_at:
        return f"{name} baru dibuka {saat(window.opens_at, window.time_zone)}."
    if at >= window.closes_at:
        return f"{name} berakhir {saat(window.closes_at, window.time_zone)}. Penilaian tidak dapat diubah lagi."
    return ""


@dataclass(frozen=True, slots=True)
class Group:
    """An indicator with those of its questions that are listed; none where the list is in another order."""

    indicator: Indicator | None
    rows: list[tuple[Line, int]]  # with the number of documents

    @property
    def unjudged(self) -> int:
        """Questions that can still be accepted at once."""
        return sum(line.judged is None for line, _ in self.rows)


def listed(standing: Standing, chosen: Filter, shelf: Shelf, now: Entry | None = None) -> list[Group]:
    """What a filter lists, under its indicators; the question that is open `now` is there even if it does not fit."""
    ranked = chosen.ranked(standing.lines)
    rows = [(line, shelf.counts[line.entry.question.pk]) for line in ranked if chosen.holds(line) or line.entry is now]
    if ranked is not standing.lines:
        return [Group(None, rows)] if rows else []
    groups: dict[int, Group] = {}
    for row in rows:
        indicator = row[0].entry.question.indicator
        groups.setdefault(indicator.pk, Group(indicator, [])).rows.append(row)
    return list(groups.values())


def start_of(groups: list[Group]) -> Entry | None:
    """Where to begin: the first listed question that waits to be judged, else the first."""
    lines = [line for group in groups for line, _ in group.rows]
    waiting = (line for line in lines if not line.is_judged)
    found = next(waiting, lines[0] if lines else None)
    return found.entry if found else None


def counted(standing: Standing, chosen: Filter) -> list[tuple[str, str, int]]:
    """Every filter with its words and how many questions of the chosen cluster it lists."""
    lines = [line for line in standing.lines if chosen.cluster in ("", line.cluster)]
    found = Counter(line.finding.value for line in lines)
    lenses = (Finding.READY, *Lens)
    ways = {way: replace(chosen, finding=way.value) for way in lenses}
    found |= {way.value: sum(map(each.holds, lines)) for way, each in ways.items()}
    return [(value, words, found[value] if value else len(lines)) for value, words in chosen.findings]


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """One cluster before the stage is closed: maximum, claimed, judged, change, what still waits."""

    code: str
    name: str
    maximum: Decimal
    claimed: Decimal
    points: Decimal
    change: Decimal
    unjudged: int


def cluster_rows(standing: Standing) -> list[ClusterRow]:
    """The summary that is read before a stage is closed."""
    claimed = standing.sheet.score_at(Stage.EM)
    return [
        ClusterRow(
            now.rule.code,
            now.rule.name,
            now.rule.maximum,
            first.points,
            now.points,
            difference(now.points, first.points),
            count.whole - count.judged,
        )
        for first, now, count in zip(claimed.clusters, standing.score.clusters, standing.clusters, strict=True)
    ]
