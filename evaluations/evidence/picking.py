"""The library while somebody looks there for a proof of one question. Never writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from evaluations import rules
from evaluations.mending import rules as mending
from evaluations.models import Evaluation
from evaluations.worklist.origin import Origin


@dataclass(frozen=True, slots=True)
class Picking:
    """For which question, how to take a document there, and back to where one came from."""

    code: str
    trail: str
    action: str  # address that links a document
    back: str
    is_plain: bool  # the question expects one thing, which any document is taken to cover

    @property
    def query(self) -> str:
        """What addresses of the library carry along."""
        return Origin(self.code, self.trail).picking


def picking_for(user: User, evaluation: Evaluation, given: Mapping[str, Any], at: datetime) -> Picking | None:
    """From the address of the library; None where it names no question that this person may prove now.

    One query, none without a question. The list one came from has filters of the same names, so it stands apart.
    """
    code = str(given.get("soal", ""))
    answers = rules.visible_answers(user).select_related("question")
    answer = answers.filter(evaluation=evaluation, question__code=code).first() if code else None
    if answer is None:
        return None
    answer.evaluation = evaluation
    if not mending.can_prove(user, answer, at):
        return None
    trail = Origin.beside_filters(given).trail
    action = reverse("evaluations:attach_existing", args=[evaluation.pk, code])
    question = reverse("evaluations:question", args=[evaluation.pk, code])
    query = f"?{trail}" if trail else ""
    return Picking(code, trail, f"{action}{query}", f"{question}{query}#bukti", len(answer.question.evidence) == 1)
