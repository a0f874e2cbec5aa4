"""How one question stands, as its page shows it: state, what is next, the lead's word. Asks nothing of the database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from accounts.models import User
from clusters.catalogue import Entry
from evaluations import rules
from evaluations.models import Answer, Evaluation, Responsibility
from evaluations.places.known import Units
from evaluations.readers import ReturnLine
from evaluations.standing import Standing
from evaluations.worklist.rows import todo, where
from evaluations.worklist.standing import Duty, line_from
from evaluations.worklist.states import State


@dataclass(frozen=True, slots=True)
class Block:
    """Everything `evaluations/worklist/_state.html` shows."""

    evaluation: Evaluation
    code: str
    state: State
    todo: str
    where: str
    returned: ReturnLine | None
    is_shared: bool
    lead: str
    version: int
    confirmed_at: datetime | None
    confirmed_by: str
    can_confirm: bool
    trail: str
    refused: str = ""

    @property
    def asks_for_confirmation(self) -> bool:
        """Whether the button is offered."""
        return self.can_confirm and self.is_shared and self.version > 0 and self.confirmed_at is None

    def refusing(self, sentence: str) -> "Block":
        """The same block with why something was not done."""
        return replace(self, refused=sentence)


def block_for(
    user: User,
    standing: Standing,
    entry: Entry,
    answer: Answer,
    responsible: Iterable[Responsibility],
    *,
    units: Units,
    trail: str = "",
) -> Block:
    """The block of a question that the user sees; `responsible` with their offices, the lead first.

    `units` are the places that the portal knows (`places.known`).
    """
    duties = tuple(Duty(each.office_id, each.office.name, each.is_lead, each.due_on) for each in responsible)
    line = line_from(standing, entry, duties)
    lead = duties[0] if duties and duties[0].is_lead else None
    confirmed = answer.confirmed_at is not None and answer.confirmed_by is not None
    return Block(
        standing.evaluation,
        entry.question.code,
        standing.state(entry.question.pk),
        todo(line, units) if line else "",
        where(line, units) if line else "",
        line.returned if line else None,
        any(not each.is_lead for each in duties),
        lead.name if lead else "",
        answer.version if answer.points is not None else 0,
        answer.confirmed_at,
        str(answer.confirmed_by) if confirmed else "",
        rules.can_confirm(user, standing.evaluation, lead.office_id if lead else None),
        trail,
    )
