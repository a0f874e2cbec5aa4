"""The table on the question page."""

from accounts.models import User
from clusters.catalogue import Entry
from evaluations import rules
from evaluations.matrices.table import table_of
from evaluations.models import Answer, Evaluation
from evaluations.panels import Panel


def panel(user: User, evaluation: Evaluation, entry: Entry, answer: Answer, *, can_edit: bool) -> Panel | None:
    """Its rows, to fill in or to read; None where the question asks for none."""
    if not entry.question.matrix:
        return None
    can_edit = can_edit and rules.can_claim(user, evaluation)  # a table is the region's, not a kecamatan's
    return Panel("evaluations/matrices/_matrix.html", table_of(answer, evaluation, entry.question, can_edit=can_edit))
