"""How every question of an evaluation stands: the one source of states for lists, check lists, forecasts and counters.

    lines = states_of(evaluation)                    # {question pk: Line}, in the instrument's order
    lines = states_of(evaluation, questions=[7, 8])  # only these
    lines = states_of(evaluation, user=request.user) # only what this user sees, with the user's own part in it
    lines = lines_of(standing_for(request.user, evaluation), request.user) # the same beside a page's rail: one more
    lines[7].state, .points, .maximum, .lead, .supports, .offices, .due_on, .is_proved, .returned, .entry, .is_task
    open_tasks(lines.values())                       # the number on every counter; weighed for the user of the lines

Three statements (two once the evaluation is sent), whatever the number of questions; `evaluation` should come from
`Evaluation.objects.for_page()`, so that cycle and instrument are at hand. Never writes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from accounts.models import User
from clusters.catalogue import Entry, catalogue_of
from evaluations import readers
from evaluations.models import Evaluation, Responsibility
from evaluations.readers import ReturnLine
from evaluations.standing import Standing
from evaluations.worklist import facts
from evaluations.worklist.states import State


@dataclass(frozen=True, slots=True)
class Duty:
    """An office that leads or supports a question, and the date the region has set for it."""

    office_id: int
    name: str
    is_lead: bool
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One question as it stands now; `is_task` and `is_led` speak of the user that the lines were asked for."""

    entry: Entry
    answer_id: int
    state: State
    points: Decimal | None
    version: int
    saved_at: datetime | None
    is_proved: bool
    is_shared: bool
    is_confirmed: bool
    needs_check: bool
    offices: tuple[Duty, ...]  # the lead first
    returned: ReturnLine | None
    is_led: bool  # by the user's office; True for everybody who answers for the whole region
    is_task: bool  # something is left to do for the user

    @property
    def maximum(self) -> Decimal:
        """What the question is worth at most."""
        return self.entry.question.maximum

    @property
    def lead(self) -> Duty | None:
        """The office in charge; None is an alarm."""
        return self.offices[0] if self.offices and self.offices[0].is_lead else None

    @property
    def lead_id(self) -> int | None:
        """Its key."""
        return self.lead.office_id if self.lead else None

    @property
    def supports(self) -> tuple[Duty, ...]:
        """The offices that help."""
        return tuple(each for each in self.offices if not each.is_lead)

    @property
    def lacks_proof(self) -> bool:
        """A claim worth something, an expectation, and nothing that proves it."""
        return bool(self.points and self.entry.question.evidence and not self.is_proved)

    @property
    def awaits_confirmation(self) -> bool:
        """Answered and proved, and only the lead's word is missing."""
        return self.state is State.DRAFT and not self.lacks_proof and self.is_shared and not self.is_confirmed

    @property
    def due_on(self) -> date | None:
        """The lead's date, or else the first of the others'."""
        if self.lead and self.lead.due_on:
            return self.lead.due_on
        return min((each.due_on for each in self.offices if each.due_on), default=None)

    def due_for(self, office_id: int | None) -> date | None:
        """One office's own date, or else the question's."""
        own = next((each.due_on for each in self.offices if each.office_id == office_id), None)
        return own or self.due_on


def states_of(
    evaluation: Evaluation, questions: Iterable[int] | None = None, *, user: User | None = None
) -> dict[int, Line]:
    """Lines by question, in the instrument's order; with `user` only those that this user sees."""
    wanted = None if questions is None else list(questions)
    rows = {row.question_id: row for row in facts.rows_of(evaluation, user, wanted) if row.is_seen}
    returned = readers.returned(evaluation) if has_returns(evaluation) else {}
    return _lines(evaluation, rows, returned, _duties(evaluation, wanted))


def has_returns(evaluation: Evaluation) -> bool:
    """Whether something can have come back: before sending, or while answers are open again."""
    return not evaluation.is_submitted or evaluation.repair_until is not None


def lines_of(standing: Standing, user: User) -> dict[int, Line]:
    """All lines of a page that has a standing already; one statement more, two once it is sent."""
    evaluation, work = standing.evaluation, standing.work
    if evaluation.is_submitted:
        return states_of(evaluation, user=user)
    return _lines(evaluation, work.rows, work.returned, _duties(evaluation, None))


def line_from(standing: Standing, entry: Entry, offices: tuple[Duty, ...]) -> Line | None:
    """The line of one question whose offices are known; None once the evaluation is sent. No statement."""
    row = standing.work.rows.get(entry.question.pk)
    returned = standing.work.returned.get(entry.question.pk)
    is_submitted = standing.evaluation.is_submitted
    return _line(row, entry, offices, returned, is_submitted=is_submitted) if row else None


def _lines(
    evaluation: Evaluation,
    rows: Mapping[int, facts.Row],
    returned: Mapping[int, ReturnLine],
    duties: Mapping[int, tuple[Duty, ...]],
) -> dict[int, Line]:
    return {
        pk: _line(rows[pk], entry, duties[pk], returned.get(pk), is_submitted=evaluation.is_submitted)
        for pk, entry in catalogue_of(evaluation.cycle.instrument).by_pk.items()
        if pk in rows
    }


def open_tasks(lines: Iterable[Line]) -> int:
    """The number that every counter shows."""
    return sum(line.is_task for line in lines)


def _duties(evaluation: Evaluation, questions: list[int] | None) -> dict[int, tuple[Duty, ...]]:
    """Who answers which question, the lead first, then by name. One statement."""
    duties = Responsibility.objects.filter(evaluation=evaluation).order_by("-is_lead", "office__name")
    if questions is not None:
        duties = duties.filter(question_id__in=questions)
    found: dict[int, list[Duty]] = defaultdict(list)
    rows = duties.values_list("question_id", "office_id", "office__name", "is_lead", "due_on")
    for question, office, name, is_lead, due_on in rows:
        found[question].append(Duty(office, name, is_lead, due_on))
    return defaultdict(tuple, {question: tuple(each) for question, each in found.items()})


def _line(
    row: facts.Row, entry: Entry, offices: tuple[Duty, ...], returned: ReturnLine | None, *, is_submitted: bool
) -> Line:
    state, is_task = facts.state_and_task(row, entry, returned, is_submitted=is_submitted)
    return Line(
        entry,
        row.pk,
        state,
        row.points,
        row.version,
        row.saved_at,
        row.is_proved,
        row.is_shared,
        row.confirmed_at is not None,
        row.needs_check,
        offices,
        returned,
        row.is_led,
        is_task,
    )
