"""What later rooms tell this one: verification knows the case file, not the other way round, and registers readers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from accounts.models import User
from evaluations.models import Evaluation

JudgedRow = tuple[int, str, int, Decimal]  # evaluation pk, stage, question pk, points


@dataclass(frozen=True, slots=True)
class AwardLine:
    """The last official predicate of a region."""

    year: int
    predicate: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """What the latest stage that this user may see found on one question."""

    stage: str
    points: Decimal
    lowered: bool
    reason: str
    note: str
    is_return: bool = False  # the region's own review sent the answer back


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """An answer that a reviewer of the region has sent back and that nobody has mended yet."""

    reason: str  # in words
    note: str
    by: str
    at: datetime


JudgedReader = Callable[[Iterable[int]], Iterable[JudgedRow]]
AwardReader = Callable[[Iterable[int]], dict[int, AwardLine]]
DeskReader = Callable[[User, Iterable[Evaluation]], set[int]]
VerdictReader = Callable[[User, Evaluation, Iterable[int]], dict[int, VerdictLine]]
ReturnReader = Callable[[Evaluation], dict[int, ReturnLine]]

_judged: list[JudgedReader] = []
_awards: list[AwardReader] = []
_verdicts: list[VerdictReader] = []
_desks: list[DeskReader] = []
_returns: list[ReturnReader] = []


def register(
    *,
    judged: JudgedReader,
    awards: AwardReader,
    verdicts: VerdictReader,
    desks: DeskReader,
    returns: ReturnReader,
) -> None:
    """Called once, when the room of judgement is ready; a second call replaces the first."""
    _judged[:], _awards[:], _verdicts[:], _desks[:] = [judged], [awards], [verdicts], [desks]
    _returns[:] = [returns]


def judged_points(evaluation_ids: Iterable[int]) -> list[JudgedRow]:
    """Current verdicts of these evaluations; one query."""
    wanted = list(evaluation_ids)
    return [row for reader in _judged for row in reader(wanted)]


def last_awards(region_ids: Iterable[int]) -> dict[int, AwardLine]:
    """The last official predicate per region; one query."""
    wanted = list(region_ids)
    return {pk: line for reader in _awards for pk, line in reader(wanted).items()}


def verdict_lines(user: User, evaluation: Evaluation, question_ids: Iterable[int]) -> dict[int, VerdictLine]:
    """The latest visible verdict per question; one query."""
    wanted = list(question_ids)
    return {pk: line for reader in _verdicts for pk, line in reader(user, evaluation, wanted).items()}


def desks_of(user: User, evaluations: Iterable[Evaluation]) -> set[int]:
    """Which of these evaluations the user judges at their present stage; at most one query."""
    wanted = list(evaluations)
    return {pk for reader in _desks for pk in reader(user, wanted)}


def returned(evaluation: Evaluation) -> dict[int, ReturnLine]:
    """Answers sent back and not mended yet, by question; at most two queries."""
    return {pk: line for reader in _returns for pk, line in reader(evaluation).items()}
