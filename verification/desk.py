"""The judge's desk: where the stage stands, and the questions of a cluster with what was claimed and judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlencode

from accounts.models import User
from clusters.catalogue import Catalogue, Entry, catalogue_of
from clusters.models import Indicator, StageWindow
from clusters.predicates import NextTier, Tier, next_tier, tier_for
from clusters.scoring import ZERO, Points, Score, difference
from clusters.stages import Stage, before
from evaluations import rules as evaluation_rules
from evaluations import windows
from evaluations.evidence.listing import counts_for
from evaluations.models import Evaluation
from evaluations.progress import PointsSheet, points_sheet
from kla_portal.numbers import saat
from verification import rules


class Finding(StrEnum):
    """What a stage has done to a question, for word, icon and colour on the page."""

    OPEN = "belum"
    ACCEPTED = "diterima"
    LOWERED = "turun"
    RAISED = "naik"


WORDS: Mapping[Finding, tuple[str, str, str]] = {  # word, icon, colour
    Finding.OPEN: ("Belum dinilai", "clock", "plain"),
    Finding.ACCEPTED: ("Diterima", "check-circle", "good"),
    Finding.LOWERED: ("Diturunkan", "arrow-down-circle", "bad"),
    Finding.RAISED: ("Dinaikkan", "arrow-up-circle", "brand"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which questions the desk lists; what the address says beyond the known words is ignored."""

    cluster: str = ""  # empty: all
    finding: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], catalogue: Catalogue, first: str) -> "Filter":
        """From an address; without a word about clusters the desk opens at `first`."""
        code = query.get("klaster", first)
        finding = query.get("keadaan", "")
        known = (Finding.OPEN.value, Finding.LOWERED.value)
        return cls(code if catalogue.cluster(code) else "", finding if finding in known else "")

    @property
    def query(self) -> str:
        """The filter as part of an address, so that next and previous keep it."""
        return urlencode({"klaster": self.cluster, "keadaan": self.finding})

    def holds(self, line: "Line") -> bool:
        """Whether a question is listed."""
        return self.cluster in ("", line.cluster) and self.finding in ("", line.finding.value)


@dataclass(frozen=True, slots=True)
class Line:
    """One question at this stage: claimed by the offices, brought in from the stage before, judged now."""

    entry: Entry
    claimed: Points
    before: Decimal
    judged: Points

    @property
    def cluster(self) -> str:
        """Code of its cluster."""
        return self.entry.question.indicator.cluster.code

    @property
    def finding(self) -> Finding:
        """What the stage has done to it."""
        if self.judged is None:
            return Finding.OPEN
        if self.judged == self.before:
            return Finding.ACCEPTED
        return Finding.LOWERED if self.judged < self.before else Finding.RAISED

    @property
    def change(self) -> Decimal | None:
        """What the stage gave or took; None before it has judged."""
        return None if self.judged is None else difference(self.judged, self.before)

    @property
    def words(self) -> tuple[str, str, str]:
        """Word, icon and colour of the finding."""
        return WORDS[self.finding]


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

    @property
    def judged(self) -> int:
        """Questions with a verdict at this stage."""
        return sum(line.judged is not None for line in self.lines)

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
            counts.setdefault(line.cluster, []).append(line.judged is not None)
        names = {each.rule.code: each.rule.name for each in self.score.clusters}
        return [ClusterCount(code, names[code], sum(done), len(done)) for code, done in counts.items()]

    def line(self, entry: Entry) -> Line:
        """The line of one question."""
        return self.lines[entry.index]


def stage_of(evaluation: Evaluation) -> Stage:
    """The stage on the desk: the running one, or the last when all are closed."""
    return Stage(evaluation.stage) if evaluation.stage else evaluation.cycle.used_stages[-1]


def standing_of(user: User, evaluation: Evaluation, at: datetime) -> Standing:
    """Read and add up: claims, verdicts, window, and for a verifier the mandate; four queries."""
    stage = stage_of(evaluation)
    sheet = points_sheet(evaluation)
    score = sheet.score_at(stage)
    window = windows.window_of(evaluation, stage)
    may_judge = rules.can_judge(user, evaluation)
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
        refusal(evaluation, stage, window, at, may_judge=may_judge),
    )


def _lines(evaluation: Evaluation, sheet: PointsSheet, stage: Stage) -> list[Line]:
    earlier = before(stage, evaluation.cycle.stages)
    brought = sheet.at(earlier[-1]) if earlier else sheet.claimed
    judged: list[Points] = sheet.judged.get(stage) or [None] * sheet.edition.book.size
    entries = catalogue_of(evaluation.cycle.instrument).entries
    return [
        Line(entry, claimed, points or ZERO, now)
        for entry, claimed, points, now in zip(entries, sheet.claimed, brought, judged, strict=True)
    ]


def refusal(evaluation: Evaluation, stage: Stage, window: StageWindow | None, at: datetime, *, may_judge: bool) -> str:
    """Why the judge cannot save anything now, in one sentence; empty when everything is open."""
    name = stage.label
    if not evaluation.stage:
        return "Semua tahap evaluasi ini sudah ditutup. Penilaian hanya dapat dibaca."
    if not may_judge:
        return f"{name} dinilai oleh orang yang ditugaskan. Anda dapat membaca, tetapi tidak menilai."
    if window is None:
        return f"Jadwal {name.lower()} belum ditetapkan. Hubungi administrator."
    if at < window.opens_at:
        return f"{name} baru dibuka {saat(window.opens_at, window.time_zone)}."
    if at >= window.closes_at:
        return f"{name} berakhir {saat(window.closes_at, window.time_zone)}. Penilaian tidak dapat diubah lagi."
    return ""


@dataclass(frozen=True, slots=True)
class Group:
    """An indicator with those of its questions that are listed, each with its number of documents."""

    indicator: Indicator
    rows: list[tuple[Line, int]]


def listed(user: User, standing: Standing, chosen: Filter) -> list[Group]:
    """What a filter lists, under its indicators; two queries for the documents."""
    lines = [line for line in standing.lines if chosen.holds(line)]
    counts = _documents(user, standing.evaluation, lines)
    groups: dict[int, Group] = {}
    for line in lines:
        indicator = line.entry.question.indicator
        group = groups.setdefault(indicator.pk, Group(indicator, []))
        group.rows.append((line, counts.get(line.entry.question.pk, 0)))
    return list(groups.values())


def _documents(user: User, evaluation: Evaluation, lines: list[Line]) -> dict[int, int]:
    wanted = [line.entry.question.pk for line in lines]
    answers = evaluation_rules.visible_answers(user).filter(evaluation=evaluation, question__in=wanted)
    questions: dict[int, int] = dict(answers.values_list("pk", "question_id"))
    return {questions[pk]: count for pk, count in counts_for(questions, user).items()}


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
