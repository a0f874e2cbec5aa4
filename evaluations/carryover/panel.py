"""The last cycle's answer on the question page."""

from dataclasses import dataclass

from accounts.models import User
from clusters.catalogue import Entry
from evaluations import rules
from evaluations.carryover.previous import Old, old_answers
from evaluations.models import Answer, Evaluation
from evaluations.panels import Panel


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything `evaluations/carryover/_panel.html` shows."""

    evaluation_id: int
    code: str
    old: Old | None
    answer: Answer
    can_claim: bool
    can_prove: bool

    @property
    def is_taken(self) -> bool:
        """Whether the new answer already claims what the old one would."""
        claim = self.old.claim if self.old else None
        return claim is not None and (claim.option_id, claim.measure, claim.measure_before) == (
            self.answer.option_id, self.answer.measure, self.answer.measure_before
        )  # fmt: skip

    @property
    def asks_for_documents(self) -> bool:
        """Whether the answer was just taken over and its old documents are still to be chosen."""
        return self.answer.needs_check and self.can_prove and self.missing > 0

    @property
    def missing(self) -> int:
        """Old documents that do not prove the new answer yet."""
        return sum(not each.is_here for each in self.old.documents) if self.old else 0


def panel(user: User, evaluation: Evaluation, entry: Entry, answer: Answer, *, can_edit: bool) -> Panel | None:
    """The old answer, and while a copy waits to be checked the button that says it is right."""
    old = old_answers(user, evaluation, [entry]).get(entry.question.pk) if rules.knows_old_cycles(user) else None
    if old is None and not answer.needs_check:
        return None
    can_claim = can_edit and rules.can_claim(user, evaluation)
    beside = Beside(evaluation.pk, entry.question.code, old, answer, can_claim, can_edit)
    return Panel("evaluations/carryover/_panel.html", beside, place="above")
