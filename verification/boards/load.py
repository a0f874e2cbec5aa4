"""What each verifier has been given, how much of it is judged, and when it will be done at the present pace."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from accounts.models import User
from clusters.models import StageWindow
from clusters.planning import Forecast, forecast
from clusters.rulebook import edition_of
from clusters.stages import Stage
from evaluations import rules as evaluation_rules
from verification.boards.scope import Scope
from verification.models import Assignment, Verdict
from verification.review.reading import changed_verdicts

FAR = 366  # days; a date beyond says nothing


@dataclass(frozen=True, slots=True)
class Portion:
    """One mandate: a region, which clusters of it (empty: all), how many questions and how many judged by anybody."""

    evaluation: int
    region: str
    clusters: tuple[str, ...]
    whole: int
    done: int


@dataclass(frozen=True, slots=True)
class Load:
    """A verifier at one stage: all mandates whose evaluation is at that stage now."""

    verifier: int
    name: str
    stage: Stage
    portions: tuple[Portion, ...]
    own: int  # verdicts given by this verifier
    last_on: date | None  # the day of the last of them
    forecast: Forecast
    done_on: date | None  # at the present pace; None: done, not known or too far away
    closes_at: datetime | None
    time_zone: str
    is_over: bool  # the window is closed

    @property
    def is_late(self) -> bool:
        """Whether something will be missing at the window's end, or is missing after it."""
        return self.forecast.falls_short or (self.is_over and self.forecast.done < self.forecast.whole)

    @property
    def left(self) -> int:
        """Questions that still wait."""
        return self.forecast.whole - self.forecast.done

    @property
    def never(self) -> bool:
        """Whether there is a pace, and no end to be seen."""
        return self.forecast.is_known and self.done_on is None and self.left > 0


@dataclass(frozen=True, slots=True)
class Loads:
    """Everybody with work now, the latest first; and regions for which nobody has a mandate."""

    rows: tuple[Load, ...]
    orphans: tuple[tuple[int, str, str], ...]  # evaluation, region, stage

    @property
    def late(self) -> int:
        """How many will not be done in time."""
        return sum(each.is_late for each in self.rows)


@dataclass(frozen=True, slots=True)
class _Judged:
    """Current verdicts of one cluster of one evaluation: by whom on which day, how many."""

    by: int
    day: date
    count: int


def build(user: User, scope: Scope, at: datetime) -> Loads:
    """Five statements, whatever the number of verifiers and regions."""
    cases = evaluation_rules.visible_evaluations(user).filter(cycle=scope.cycle, stage__in=Assignment.STAGES)
    if scope.province is not None:
        cases = cases.filter(region__province=scope.province)
    present = {pk: (stage, region) for pk, stage, region in cases.values_list("pk", "stage", "region__name")}
    windows = {each.stage: each for each in StageWindow.objects.filter(cycle=scope.cycle)}
    mandates = [
        each
        for each in Assignment.objects.filter(evaluation__in=present).select_related("verifier")
        if present[each.evaluation_id][0] == each.stage
    ]
    judged = _judged(list(present), windows)
    sizes = {
        cluster.code: sum(each.stop - each.start for each in cluster.indicators)
        for cluster in edition_of(scope.cycle.instrument).book.clusters
    }
    rows = [
        _load(given, present, judged, sizes, windows.get(given[0].stage), at) for given in _grouped(mandates).values()
    ]
    held = {each.evaluation_id for each in mandates}
    orphans = sorted((region, pk, stage) for pk, (stage, region) in present.items() if pk not in held)
    return Loads(
        tuple(sorted(rows, key=_latest)), tuple((pk, region, Stage(stage).label) for region, pk, stage in orphans)
    )


def _grouped(mandates: Iterable[Assignment]) -> dict[tuple[int, str], list[Assignment]]:
    groups: dict[tuple[int, str], list[Assignment]] = defaultdict(list)
    for each in mandates:
        groups[each.verifier_id, each.stage].append(each)
    return groups


def _judged(cases: Sequence[int], windows: Mapping[str, StageWindow]) -> dict[tuple[int, str], list[_Judged]]:
    """By evaluation and cluster, counted by the database; the day is that of the windows' clock.

    A verdict on what has changed since does not count: the question waits again.
    """
    zone = next((each.time_zone for each in windows.values()), settings.TIME_ZONE)
    rows = (
        Verdict.objects.current()
        .filter(Q(stage=F("answer__evaluation__stage")), answer__evaluation__in=cases)
        .exclude(pk__in=list(changed_verdicts(cases)))
        .annotate(day=TruncDate("given_at", tzinfo=ZoneInfo(zone)))
        .values_list("answer__evaluation_id", "answer__question__indicator__cluster__code", "given_by_id", "day")
        .annotate(count=Count("pk"))
    )
    found: dict[tuple[int, str], list[_Judged]] = defaultdict(list)
    for evaluation, cluster, by, day, count in rows:
        found[evaluation, cluster].append(_Judged(by, day, count))
    return found


def _load(
    given: Sequence[Assignment], present: Mapping[int, tuple[str, str]],
    judged: Mapping[tuple[int, str], list[_Judged]], sizes: Mapping[str, int], window: StageWindow | None,
    at: datetime,
) -> Load:  # fmt: skip
    zone = ZoneInfo(window.time_zone if window else settings.TIME_ZONE)
    today, verifier = at.astimezone(zone).date(), given[0].verifier
    portions, ages, own = [], [], []
    for mandate in sorted(given, key=lambda each: present[each.evaluation_id][1]):
        codes = [code for code in sizes if not mandate.clusters or code in mandate.clusters]
        found = [each for code in codes for each in judged.get((mandate.evaluation_id, code), ())]
        own += [each for each in found if each.by == verifier.pk]
        ages += [max(0, (today - each.day).days) for each in found for _ in range(each.count)]
        portions.append(
            Portion(
                mandate.evaluation_id,
                present[mandate.evaluation_id][1],
                tuple(mandate.clusters),
                sum(sizes[code] for code in codes),
                sum(each.count for each in found),
            )  # fmt: skip
        )
    given_at = min(each.assigned_at for each in given)
    begun = max(given_at, window.opens_at) if window else given_at  # nobody is slow before the stage has opened
    worked = max([(today - begun.astimezone(zone).date()).days, *(age + 1 for age in ages)])
    days_left = (window.closes_at.astimezone(zone).date() - today).days if window else 0
    ahead = forecast(ages, whole=sum(each.whole for each in portions), days_worked=worked, days_left=days_left)
    near = ahead.days_needed is not None and 0 < ahead.days_needed <= FAR
    return Load(
        verifier.pk, str(verifier), Stage(given[0].stage), tuple(portions), sum(each.count for each in own),
        max((each.day for each in own), default=None), ahead,
        today + timedelta(days=ahead.days_needed or 0) if near else None,
        window.closes_at if window else None, str(zone.key), bool(window and at >= window.closes_at),
    )  # fmt: skip


def _latest(load: Load) -> tuple[bool, bool, int, str]:
    """Those who will be late first, then those with most left."""
    return not load.is_late, not load.left, -load.left, load.name
