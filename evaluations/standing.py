"""Where a user stands inside an evaluation: points so far, tasks left, the rail with the clusters; on every page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from accounts.models import User
from clusters.catalogue import catalogue_of
from clusters.predicates import NextTier, Tier, next_tier, tier_for
from clusters.scoring import ClusterScore, Score
from clusters.stages import Stage
from evaluations import readers, rules
from evaluations.models import Evaluation
from evaluations.progress import PointsSheet, points_sheet
from evaluations.readers import ReturnLine
from evaluations.workbooks import rules as workbook_rules
from evaluations.worklist import facts
from evaluations.worklist.states import State


@dataclass(frozen=True, slots=True)
class RailLine:
    """A cluster in the rail: how many of the questions this user sees are answered."""

    code: str
    name: str
    answered: int
    whole: int


@dataclass(frozen=True, slots=True)
class Work:
    """How the questions stand that a user sees; once the evaluation is sent, those that are open again."""

    rows: Mapping[int, facts.Row] = field(default_factory=dict)
    states: Mapping[int, State] = field(default_factory=dict)
    returned: Mapping[int, ReturnLine] = field(default_factory=dict)
    open_tasks: int = 0  # the number that every counter shows


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
    work: Work
    has_workbooks: bool = False  # whether the rail leads the user to answers as spreadsheets

    @property
    def answered(self) -> int:
        """Answered questions among those the user sees."""
        return sum(line.answered for line in self.rail)

    @property
    def whole(self) -> int:
        """Questions the user sees."""
        return sum(line.whole for line in self.rail)

    @property
    def open_tasks(self) -> int:
        """What is left to do for the user, the same number as everywhere."""
        return self.work.open_tasks

    def state(self, question_pk: int) -> State:
        """How a question stands that the user sees."""
        return self.work.states.get(question_pk, State.LOCKED)

    def cluster(self, code: str) -> ClusterScore:
        """The standing of one cluster. Raises `StopIteration` for an unknown code."""
        return next(each for each in self.score.clusters if each.rule.code == code)


def standing_for(user: User, evaluation: Evaluation) -> Standing:
    """Read and add up what one user sees: one query, one more for what was sent back or, once sent, for verdicts."""
    return replace(_standing_for(user, evaluation), has_workbooks=workbook_rules.can_use_workbooks(user, evaluation))


def counted_for(user: User, evaluation: Evaluation) -> Standing | None:
    """The same for a page that shows nothing of it but the counter; None, and no query, where nothing is counted."""
    return None if evaluation.is_submitted else _standing_for(user, evaluation)


def _standing_for(user: User, evaluation: Evaluation) -> Standing:
    if evaluation.is_submitted:
        sheet = points_sheet(evaluation)
        sheet.hide(evaluation.stage, readers.unseen_questions(user, evaluation))
        own = own_questions(user, evaluation)
        return _summed(evaluation, sheet, own, _opened_again(user, evaluation, own))
    rows = facts.rows_of(evaluation, user)
    mine = frozenset(row.question_id for row in rows if row.is_seen) if rules.sees_only_own_questions(user) else None
    return _standing(evaluation, rows, mine)


def standing_of(user_questions: frozenset[int] | None, evaluation: Evaluation) -> Standing:
    """The same for nobody in particular, as one who answers for all these questions."""
    if evaluation.is_submitted:
        return _summed(evaluation, points_sheet(evaluation), user_questions, Work())
    return _standing(evaluation, facts.rows_of(evaluation), user_questions)


def _standing(evaluation: Evaluation, rows: list[facts.Row], mine: frozenset[int] | None) -> Standing:
    sheet = points_sheet(evaluation, [(row.question_id, row.points) for row in rows])
    seen = {row.question_id: row for row in rows if mine is None or row.question_id in mine}
    return _summed(evaluation, sheet, mine, _work(evaluation, seen))


def _opened_again(user: User, evaluation: Evaluation, own: frozenset[int] | None) -> Work:
    """What is left to do after sending: nothing, as long as nothing was opened again."""
    if evaluation.repair_until is None:
        return Work()
    returned = readers.returned(evaluation)
    seen = [pk for pk in returned if own is None or pk in own]
    rows = facts.rows_of(evaluation, user, seen) if seen else []
    return _work(evaluation, {row.question_id: row for row in rows}, returned)


def _work(evaluation: Evaluation, rows: dict[int, facts.Row], returned: Mapping[int, ReturnLine] | None = None) -> Work:
    returned = readers.returned(evaluation) if returned is None else returned
    entries = catalogue_of(evaluation.cycle.instrument).by_pk
    read, sent = facts.state_and_task, evaluation.is_submitted
    found = {pk: read(row, entries[pk], returned.get(pk), is_submitted=sent) for pk, row in rows.items()}
    states, tasks = {pk: state for pk, (state, _) in found.items()}, sum(task for _, task in found.values())
    return Work(rows, states, {pk: line for pk, line in returned.items() if pk in rows}, tasks)


def _summed(evaluation: Evaluation, sheet: PointsSheet, mine: frozenset[int] | None, work: Work) -> Standing:
    score, tiers = sheet.score_at(Stage.EM), sheet.edition.tiers
    tier, ahead = tier_for(score.total, tiers), next_tier(score.total, tiers)
    return Standing(evaluation, sheet, score, tier, ahead, _rail(sheet, mine), mine, work)


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
    seen = rules.visible_answers(user).filter(evaluation=evaluation).values_list("question_id", flat=True)
    return frozenset(seen)
