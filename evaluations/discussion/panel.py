"""The thread on the question page."""

from accounts.models import User
from clusters.catalogue import Entry
from evaluations import rules
from evaluations.discussion.thread import thread_of
from evaluations.models import Answer, Evaluation
from evaluations.panels import Panel


def panel(user: User, evaluation: Evaluation, entry: Entry, answer: Answer, *, can_edit: bool) -> Panel | None:
    """What the region's people say to each other; it is not there for anybody else."""
    if not rules.reads_threads(user):
        return None
    thread = thread_of(user, evaluation, answer, code=entry.question.code)
    return Panel("evaluations/discussion/_thread.html", thread)
