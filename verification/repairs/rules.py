"""Who opens repairs and whom they concern. Reads roles for this part of the room."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import User
from clusters.stages import Stage
from evaluations.models import Answer, Evaluation, Responsibility
from verification import rules

Role = User.Role


def can_open_repairs(user: User, evaluation: Evaluation) -> bool:
    """A verifier with a mandate for the running stage, or the administrator. One query for verifiers."""
    if evaluation.stage not in (Stage.VA, Stage.VL):
        return False
    return user.role == Role.ADMIN or rules.can_judge(user, evaluation)


def can_extend_repairs(user: User) -> bool:
    """More time is given by the administrator."""
    return user.role == Role.ADMIN


def operators_of(region: int) -> set[int]:
    """The active operators of a region."""
    return set(User.objects.filter(role=Role.OPERATOR, region=region, is_active=True).values_list("pk", flat=True))


def staff_of(answers: Iterable[Answer], evaluation: Evaluation) -> set[int]:
    """The active staff of the offices, and of their parts, that answer these questions."""
    questions = [each.question_id for each in answers]
    offices = Responsibility.objects.filter(evaluation=evaluation, question__in=questions).values("office")
    staff = User.objects.filter(Q(office__in=offices) | Q(office__part_of__in=offices), role=Role.STAFF, is_active=True)
    return set(staff.values_list("pk", flat=True))
