"""The plan of one region as it is in mid-course: a question that lost its lead, and one that is due earlier."""

from datetime import datetime, timedelta

from accounts.models import User
from clusters.catalogue import catalogue_of
from evaluations.duties import actions
from evaluations.duties.actions import Wish
from evaluations.duties.plan import Duty, gathered
from evaluations.models import Evaluation, Responsibility

CODE = "63.05"  # Tapin answers now
LEADERLESS, EARLY = 3, 8  # places in the instrument


def seed_duties(evaluation: Evaluation, operator: User, at: datetime) -> None:
    """Through the real action, so that history and notices tell of it."""
    entries = catalogue_of(evaluation.cycle.instrument).entries
    standing = gathered(list(Responsibility.objects.filter(evaluation=evaluation)))
    orphan, early = entries[LEADERLESS].question.pk, entries[EARLY].question.pk
    wanted = {
        orphan: Duty(None, standing[orphan].support, standing[orphan].due_on),
        early: Duty(standing[early].lead, standing[early].support, (at + timedelta(days=2)).date()),
    }
    wishes = {pk: Wish(duty, None) for pk, duty in wanted.items()}
    actions.assign(evaluation=evaluation, wishes=wishes, by=operator, at=at - timedelta(hours=3))
