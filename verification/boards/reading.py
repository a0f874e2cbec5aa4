"""The rows of a board, read from settled results, mandates and awards: eight statements for any number of regions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from accounts.models import User
from clusters.models import StageWindow
from clusters.predicates import Tier, tier_for
from clusters.rulebook import Edition, edition_of
from clusters.scoring import Points, difference, share
from clusters.stages import SHORT_LABELS, Stage
from evaluations import rules as evaluation_rules
from verification import rules
from verification.boards.scope import Scope
from verification.models import Assignment, Award

UNSENT, UNOPENED, DONE = "Belum dikirim", "Belum dibuka", "Selesai"
STATES = {
    "belum-kirim": UNSENT,
    "belum-mulai": "Belum dimulai",
    "berjalan": "Berjalan",
    "lengkap": "Lengkap, belum ditutup",
    "selesai": DONE,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A stage's settled total; it moves as long as the stage is open."""

    total: Decimal
    is_final: bool
    answered: int


@dataclass(frozen=True, slots=True)
class Row:
    """One region; `evaluation` 0: nothing that this user may open."""

    code: str
    name: str
    province: str
    evaluation: int
    stage: str  # code of the present stage; empty: none, or over
    stage_name: str
    state: str  # a key of `STATES`
    figures: tuple[Figure | None, ...]  # in the order of the board's stages
    claimed: Points
    latest: Points
    change: Points
    fall_share: Decimal | None  # percent of the self-evaluation
    is_final: bool  # whether the latest figure is settled for good
    tier: Tier | None
    award: str
    award_year: int | None
    done: int
    whole: int
    verifiers: tuple[tuple[int, str], ...]
    closes_at: datetime | None
    days_left: int | None  # negative: the window is over
    is_sent: bool

    @property
    def percent(self) -> int:
        """Progress of the present stage, whole percents."""
        return 100 * self.done // self.whole if self.whole else 0


@dataclass(frozen=True, slots=True)
class Board:
    """All regions of a scope, before anything is filtered, in the order of their codes."""

    scope: Scope
    stages: tuple[Stage, ...]
    edition: Edition
    rows: tuple[Row, ...]
    windows: dict[str, StageWindow]
    verifiers: tuple[tuple[int, str], ...]  # everybody who judges now, by name


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read, by region or evaluation."""

    cases: dict[int, tuple[int, str, bool]]  # region -> evaluation, stage, sent
    results: dict[int, dict[str, Figure]]
    mandates: dict[tuple[int, str], list[tuple[int, str]]]
    awards: dict[int, tuple[str, int]]


def build(user: User, scope: Scope, at: datetime) -> Board:
    """Read everything; nothing is asked per region."""
    stages = tuple(
        each for each in scope.cycle.used_stages if each is not Stage.TI or evaluation_rules.sees_review(user)
    )
    edition = edition_of(scope.cycle.instrument)
    regions = rules.board_regions(user, scope.province).order_by("code")
    found = _Found(*_cases(user, scope), _mandates(scope), _awards(scope))
    windows = {each.stage: each for each in StageWindow.objects.filter(cycle=scope.cycle)}
    lines = regions.values_list("pk", "code", "name", "province__name")
    rows = tuple(_row(line, found, stages, edition, windows, at, moving=scope.is_national) for line in lines)
    verifiers = sorted({each for row in rows for each in row.verifiers}, key=lambda each: (each[1], each[0]))
    return Board(scope, stages, edition, rows, windows, tuple(verifiers))


def _cases(user: User, scope: Scope) -> tuple[dict[int, tuple[int, str, bool]], dict[int, dict[str, Figure]]]:
    cases = evaluation_rules.visible_evaluations(user).filter(cycle=scope.cycle)
    results = evaluation_rules.visible_results(user).filter(evaluation__cycle=scope.cycle)
    if scope.province is not None:
        cases = cases.filter(region__province=scope.province)
        results = results.filter(evaluation__region__province=scope.province)
    settled: dict[int, dict[str, Figure]] = defaultdict(dict)
    for pk, stage, total, frozen_at, answered in results.values_list(
        "evaluation_id", "stage", "total", "frozen_at", "answered"
    ):
        settled[pk][stage] = Figure(total, frozen_at is not None, answered)
    opened = cases.values_list("region_id", "pk", "stage", "submitted_at")
    return {region: (pk, stage, sent is not None) for region, pk, stage, sent in opened}, settled


def _mandates(scope: Scope) -> dict[tuple[int, str], list[tuple[int, str]]]:
    mandates = Assignment.objects.filter(evaluation__cycle=scope.cycle)
    if scope.province is not None:
        mandates = mandates.filter(evaluation__region__province=scope.province)
    names = ("verifier__first_name", "verifier__last_name", "verifier__username")
    found: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for pk, stage, verifier, first, last, username in mandates.order_by("verifier__username").values_list(
        "evaluation_id", "stage", "verifier_id", *names
    ):
        found[pk, stage].append((verifier, f"{first} {last}".strip() or username))
    return found


def _awards(scope: Scope) -> dict[int, tuple[str, int]]:
    """The last official predicate of each region."""
    awards = Award.objects.order_by("year")
    if scope.province is not None:
        awards = awards.filter(region__province=scope.province)
    return {pk: (name, year) for pk, name, year in awards.values_list("region_id", "predicate", "year")}


def _row(
    line: tuple[int, str, str, str], found: _Found, stages: Sequence[Stage], edition: Edition,
    windows: dict[str, StageWindow], at: datetime, *, moving: bool,
) -> Row:  # fmt: skip
    region, code, name, province = line
    pk, stage, is_sent = found.cases.get(region, (0, "", False))
    results = found.results.get(pk, {})
    figures = tuple(results.get(each.value) for each in stages)
    claimed, latest = _ends(stages, figures)
    change = difference(latest.total, claimed.total) if latest and claimed and latest is not claimed else None
    present = results.get(stage)
    state, stage_name = _state(pk, stage, present, edition.book.size, moving=moving)
    window = windows.get(stage) if pk else None
    award, year = found.awards.get(region, ("", None))
    return Row(
        code, name, province, pk, stage, stage_name, state, figures,
        claimed.total if claimed else None, latest.total if latest else None, change,
        share(-change, claimed.total) if change is not None and claimed else None,
        latest.is_final if latest else False, tier_for(latest.total, edition.tiers) if latest else None,
        award, year, present.answered if present else 0, edition.book.size if pk and stage else 0,
        tuple(found.mandates.get((pk, stage), ())), window.closes_at if window else None,
        (window.closes_at - at).days if window else None, is_sent,
    )  # fmt: skip


def _ends(stages: Sequence[Stage], figures: Sequence[Figure | None]) -> tuple[Figure | None, Figure | None]:
    """The self-evaluation and the latest stage that follows it; the region's own review is no step on the way."""
    way = [figure for stage, figure in zip(stages, figures, strict=True) if figure and stage is not Stage.TI]
    first = way[0] if way and figures[0] is way[0] else None
    return first, way[-1] if way else None


def _state(pk: int, stage: str, present: Figure | None, whole: int, *, moving: bool) -> tuple[str, str]:
    """How far the region is, and the stage's name; what nobody has sent says so and nothing more."""
    if not pk:
        return "belum-kirim", UNOPENED if moving else UNSENT
    if not stage:
        return "selesai", DONE
    name = SHORT_LABELS[Stage(stage)]
    if stage == Stage.EM:
        return "belum-kirim", name
    done = present.answered if present else 0
    return "lengkap" if done >= whole else "berjalan" if done else "belum-mulai", name
