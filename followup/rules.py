"""Who reads and writes the working paper. The only file of this room that reads a role."""

from accounts.models import User
from evaluations import rules as evaluation_rules
from evaluations.models import Evaluation, EvaluationQuerySet

Role = User.Role


def visible_papers(user: User) -> EvaluationQuerySet:
    """Evaluations whose paper is there for somebody: the region's own people and the administrator.

    It says what a region means to do; those who judge it do not read along. Staff find no paper either: it tells of
    all offices, and they read the verdicts of their own in the recap.
    """
    if user.role in (Role.OPERATOR, Role.LEADER, Role.REVIEWER, Role.ADMIN):
        return evaluation_rules.visible_evaluations(user)
    return Evaluation.objects.none()


def can_edit(user: User, evaluation: Evaluation) -> bool:
    """The region's operator and leader, and the administrator; the reviewer reads."""
    own = user.role in (Role.OPERATOR, Role.LEADER) and user.region_id == evaluation.region_id
    return own or user.role == Role.ADMIN
