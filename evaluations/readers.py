"""What later rooms tell this one: verification knows the case file, not the other way round, and registers readers."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from clusters.catalogue import Entry
from evaluations.models import Answer, Evaluation
from evaluations.panels import Panel

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
    """An answer that was sent back, by the region's reviewer or after sending by a verifier, or asked about."""

    reason: str  # in words
    note: str
    by: str
    at: datetime
    until: datetime | None = None  # after sending: how long it may be mended
    is_mended: bool = False  # it was, and waits to be judged again; only after sending


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What a verifier has marked on a document; without a page it speaks of all of it."""

    pk: int
    page: int | None
    text: str
    code: str  # of the question it was written for
    stage: str  # in words
    by: str
    at: datetime
    may_remove: bool


SheetRow = tuple[
    int, Decimal | None, str | None, Decimal | None, bool
]  # question, claim; stage, points, may have moved
SheetReader = Callable[[Evaluation], Iterable[SheetRow]]
JudgedReader = Callable[[Iterable[int]], Iterable[JudgedRow]]
AwardReader = Callable[[Iterable[int]], dict[int, AwardLine]]
DeskReader = Callable[[User, Iterable[Evaluation]], set[int]]
VerdictReader = Callable[[User, Evaluation, Iterable[int]], dict[int, VerdictLine]]
ReturnReader = Callable[[Evaluation], dict[int, ReturnLine]]
NoteReader = Callable[[User, Iterable[int], int | None], dict[int, list[NoteLine]]]
PanelReader = Callable[[User, Evaluation, Entry, Answer], Panel | None]

_sheets: list[SheetReader] = []
_judged: list[JudgedReader] = []
_awards: list[AwardReader] = []
_verdicts: list[VerdictReader] = []
_desks: list[DeskReader] = []
_returns: list[ReturnReader] = []
_notes: list[NoteReader] = []
_blinds: list["Blinds"] = []
_panels: list[PanelReader] = []


def register(
    *,
    sheets: SheetReader,
    judged: JudgedReader,
    awards: AwardReader,
    verdicts: VerdictReader,
    desks: DeskReader,
    returns: ReturnReader,
) -> None:
    """Called once, when the room of judgement is ready; a second call replaces the first."""
    _judged[:], _awards[:], _verdicts[:], _desks[:] = [judged], [awards], [verdicts], [desks]
    _returns[:], _sheets[:] = [returns], [sheets]


def register_panel(reader: PanelReader) -> None:
    """One more panel of the question page; once is enough."""
    if reader not in _panels:
        _panels.append(reader)


def panels(user: User, evaluation: Evaluation, entry: Entry, answer: Answer) -> list[Panel]:
    """What later rooms show on the page of a question."""
    found = (reader(user, evaluation, entry, answer) for reader in _panels)
    return [each for each in found if each is not None]


def sheet_rows(evaluation: Evaluation) -> list[SheetRow]:
    """All claims of one evaluation, each once for every current verdict beside it; one query."""
    return [row for reader in _sheets for row in reader(evaluation)]


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
    """Answers sent back and not mended yet; after sending those that are open again. At most four queries."""
    return {pk: line for reader in _returns for pk, line in reader(evaluation).items()}


def register_notes(reader: NoteReader) -> None:
    """Called once, when the room of judgement is ready; a second call replaces the first."""
    _notes[:] = [reader]


def notes_on(user: User, evidence_ids: Iterable[int], answer_id: int | None = None) -> dict[int, list[NoteLine]]:
    """What verifiers have marked on these documents, as far as this user may read it; one query."""
    wanted = list(evidence_ids)
    return {pk: lines for reader in _notes for pk, lines in reader(user, wanted, answer_id).items()}


@dataclass(frozen=True, slots=True)
class Blinds:
    """What is kept from somebody who still owes a judgement of their own."""

    questions: Callable[[User, Evaluation], Collection[int]]  # whose running verdicts are not shown
    evaluations: Callable[[User], QuerySet[Any, int]]  # whose moving totals are not shown; a subquery


def register_blinds(blinds: Blinds) -> None:
    """Called once, when the room of judgement is ready; a second call replaces the first."""
    _blinds[:] = [blinds]


def unseen_questions(user: User, evaluation: Evaluation) -> frozenset[int]:
    """Questions whose running verdict this user must not see yet; a query only where answers are judged twice."""
    return frozenset(pk for each in _blinds for pk in each.questions(user, evaluation))


def unseen_totals(user: User) -> QuerySet[Any, int]:
    """Evaluations whose moving totals this user must not see yet, as a subquery."""
    found = [each.evaluations(user) for each in _blinds]
    return found[0] if found else Evaluation.objects.none().values_list("pk", flat=True)
