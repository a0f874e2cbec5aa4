"""Where a user stands inside an evaluation: the points so far and the rail with the clusters; used by every page."""

from dataclasses import dataclass

from accounts.models import User
from clusters.predicates import NextTier, Tier, next_tier, tier_for
from clusters.scoring import ClusterScore, Score
from clusters.stages import Stage
from evaluations import rules
from evaluations.models import Evaluation
from evaluations.progress import PointsSheet, points_sheet


@dataclass(frozen=True, slots=True)
class RailLine:
    """A cluster in the rail: how many of the questions this user sees are answered."""

    code: str
    name: str
    answered: int
    whole: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The self-evaluation of an evaluation as it is now, and the rail cut down to what the user sees."""

    evaluation: Evaluation
    sheet: PointsSheet
    score: Score
    tier: Tier | None
    ahead: NextTier | None
    rail: tuple[RailLine, ...]
    mine: frozenset[int] | None  # questions of the user's office; None: all

    @property
    def answered(self) -> int:
        """Answered questions among those the user sees."""
        return sum(line.answered for line in self.rail)

    @property
    def whole(self) -> int:
        """Questions the user sees."""
        return sum(line.whole for line in self.rail)

    def cluster(self, code: str) -> ClusterScore:
        """The standing of one cluster. Raises `StopIteration` for an unknown code."""
        return next(each for each in self.score.clusters if each.rule.code == code)


def standing_of(user_questions: frozenset[int] | None, evaluation: Evaluation) -> Standing:
    """Read and add up; one query (two once it is sent)."""
    sheet = points_sheet(evaluation)
    score = sheet.score_at(Stage.EM)
    tiers = sheet.edition.tiers
    return Standing(
        evaluation,
        sheet,
        score,
        tier_for(score.total, tiers),
        next_tier(score.total, tiers),
        _rail(sheet, user_questions),
        user_questions,
    )


def _rail(sheet: PointsSheet, mine: frozenset[int] | None) -> tuple[RailLine, ...]:
    places = None if mine is None else {sheet.edition.places[pk] for pk in mine}
    lines = []
    for cluster in sheet.edition.book.clusters:
        seen = [
            place
            for indicator in cluster.indicators
            for place in range(indicator.start, indicator.stop)
            if places is None or place in places
        ]
        answered = sum(sheet.claimed[place] is not None for place in seen)
        if seen:
            lines.append(RailLine(cluster.code, cluster.name, answered, len(seen)))
    return tuple(lines)


def own_questions(user: User, evaluation: Evaluation) -> frozenset[int] | None:
    """The questions a member of staff sees, None for everybody who sees them all. One query for staff."""
    if not rules.sees_only_own_questions(user):
        return None
    return frozenset(rules.visible_answers(user).filter(evaluation=evaluation).values_list("question_id", flat=True))
