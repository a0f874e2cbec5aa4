"""The table on the question page."""

from accounts.models import User
from clusters.catalogue import Entry
from evaluations.matrices.table import table_of
from evaluations.models import Answer, Evaluation
from evaluations.panels import Panel


def panel(user: User, evaluation: Evaluation, entry: Entry, answer: Answer, *, can_edit: bool) -> Panel | None:
    """Its rows, to fill in or to read; None where the question asks for none."""
    if not entry.question.matrix:
        return None
    return Panel("evaluations/matrices/_matrix.html", table_of(answer, evaluation, entry.question, can_edit=can_edit))
