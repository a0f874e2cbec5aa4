"""The list of evaluations a user may open: regions side by side, read from settled rows, never from answers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from accounts.models import User
from clusters.models import Cycle
from clusters.predicates import Tier, tier_for
from clusters.rulebook import edition_of
from clusters.stages import Stage, walked
from evaluations import readers, rules
from evaluations.models import Evaluation, EvaluationQuerySet, StageResult
from evaluations.readers import AwardLine


@dataclass(frozen=True, slots=True)
class Line:
    """One evaluation in the list."""

    evaluation: Evaluation
    claimed: StageResult | None
    judged: StageResult | None
    tier: Tier | None
    award: AwardLine | None
    questions: int
    can_judge: bool

    @property
    def stage_name(self) -> str:
        """Where it is now."""
        return Stage(self.evaluation.stage).label if self.evaluation.stage else "Selesai"


def visible(user: User, words: str, stage: str) -> EvaluationQuerySet:
    """The evaluations this user may open, narrowed by region name or code and by stage, in the order of the codes."""
    found = rules.visible_evaluations(user).for_page().order_by("-cycle__code", "region__code")
    if words:
        found = found.filter(Q(region__name__icontains=words) | Q(region__code__startswith=words))
    if stage:
        found = found.filter(stage="" if stage == "selesai" else stage)
    return found.prefetch_related(Prefetch("results", rules.visible_results(user), to_attr="seen"))


def lines(user: User, evaluations: list[Evaluation]) -> list[Line]:
    """With totals, tiers, awards and whether the desk is this user's; one query for each of the last two."""
    desks = readers.desks_of(user, evaluations)
    awards = readers.last_awards({each.region_id for each in evaluations})
    return [_line(each, awards, can_judge=each.pk in desks) for each in evaluations]


def _line(evaluation: Evaluation, awards: dict[int, AwardLine], *, can_judge: bool) -> Line:
    results: dict[str, StageResult] = {each.stage: each for each in getattr(evaluation, "seen", [])}
    claimed = results.get(Stage.EM)
    later = [results[stage] for stage in walked(evaluation.cycle.stages)[1:] if stage in results]
    judged = later[-1] if later else None
    edition = edition_of(evaluation.cycle.instrument)
    latest = judged or claimed
    tier = tier_for(latest.total, edition.tiers) if latest else None
    return Line(evaluation, claimed, judged, tier, awards.get(evaluation.region_id), edition.book.size, can_judge)


def cycles_to_open(user: User, at: datetime) -> list[Cycle]:
    """Cycles in which the user's region may still begin: self-evaluation open, no evaluation yet."""
    if not rules.can_open(user):
        return []
    return list(
        Cycle.objects.filter(windows__stage=Stage.EM, windows__opens_at__lte=at, windows__closes_at__gt=at)
        .exclude(evaluations__region__user=user)
        .order_by("-code")
    )
