"""The pages on which an administrator sees the windows of a cycle and the letters that moved them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, QuerySet

from clusters.models import Cycle, StageWindow
from clusters.stages import Stage, crossed
from evaluations.models import DeadlineMove


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage of a cycle: its window and the letter that counts."""

    stage: Stage
    window: StageWindow | None
    last: DeadlineMove | None
    is_open: bool
    left: timedelta | None  # until it closes, while it is open

    @property
    def follows(self) -> bool:
        """Whether it is open as long as the self-evaluation: a review without a window of its own."""
        return self.window is None and self.stage is Stage.TI

    @property
    def word(self) -> str:
        """Its state in a word or two."""
        if self.follows:
            return "Mengikuti evaluasi mandiri"
        if self.window is None:
            return "Belum dijadwalkan"
        if self.is_open:
            return "Terbuka"
        return "Ditutup" if self.left is None else "Belum dibuka"


@dataclass(frozen=True, slots=True)
class CycleLine:
    """One cycle in the list: its stages, and in how many regions it runs."""

    cycle: Cycle
    stages: list[StageLine]
    regions: int


def cycles(at: datetime) -> list[CycleLine]:
    """All cycles, the latest first; three queries."""
    found = Cycle.objects.annotate(region_count=Count("evaluations")).prefetch_related("windows__moves__moved_by")
    return [CycleLine(each, _lines(each, at), each.region_count) for each in found.order_by("-award_year", "-pk")]


def lines_of(cycle: Cycle, at: datetime) -> list[StageLine]:
    """The stages of one cycle with their windows."""
    return _lines(cycle, at)


def crossed_of(lines: list[StageLine]) -> list[tuple[StageLine, StageLine]]:
    """Pairs of stages of which the earlier closes after the later."""
    by_stage = {line.stage: line for line in lines}
    closing = {line.stage: line.window.closes_at for line in lines if line.window}
    return [(by_stage[first], by_stage[second]) for first, second in crossed(closing, by_stage)]


def history_of(cycle: Cycle) -> QuerySet[DeadlineMove]:
    """All letters of a cycle, the latest first."""
    return DeadlineMove.objects.filter(window__cycle=cycle).select_related("window", "moved_by").order_by("-pk")


def last_moves(cycle_id: int) -> dict[str, DeadlineMove]:
    """The letter that counts, by stage; one query."""
    moves = DeadlineMove.objects.filter(window__cycle=cycle_id).select_related("window").order_by("pk")
    return {move.window.stage: move for move in moves}


def initial_of(line: StageLine) -> dict[str, Any]:
    """What the form begins with: the window as it is, in its own wall time."""
    zone = line.window.time_zone if line.window else settings.TIME_ZONE
    values: dict[str, Any] = {"time_zone": zone, "seen": line.last.pk if line.last else 0}
    if line.window:
        for name in ("opens_at", "closes_at"):
            values[name] = getattr(line.window, name).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
    return values


def _lines(cycle: Cycle, at: datetime) -> list[StageLine]:
    windows = {each.stage: each for each in cycle.windows.all()}
    return [_line(stage, windows.get(stage.value), at) for stage in cycle.used_stages]


def _line(stage: Stage, window: StageWindow | None, at: datetime) -> StageLine:
    if window is None:
        return StageLine(stage, None, None, is_open=False, left=None)
    moves = sorted(window.moves.all(), key=lambda each: each.pk)
    left = window.closes_at - at if at < window.closes_at else None
    return StageLine(stage, window, moves[-1] if moves else None, window.is_open(at), left)
