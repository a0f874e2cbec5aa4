"""This part's panel on the question page."""

from accounts.models import User
from clusters.catalogue import Entry
from evaluations.models import Answer, Evaluation
from evaluations.panels import Panel


def panel(user: User, evaluation: Evaluation, entry: Entry, answer: Answer, *, can_edit: bool) -> Panel | None:
    """What the question page shows of it; None where it has no place."""
    return None
