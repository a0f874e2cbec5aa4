"""Who corrects, who reads corrections. Reads roles for this part of the room."""

from django.db.models import Q, QuerySet

from accounts.models import User
from evaluations import rules as evaluation_rules
from verification.models import Assignment, Correction

Role = User.Role


def can_correct(user: User) -> bool:
    """What is closed is corrected by the administrator."""
    return user.role == Role.ADMIN


def visible_corrections(user: User) -> QuerySet[Correction]:
    """Corrections of the answers a person sees, and of the figures of their evaluation: a stage that is closed is no
    secret of its judges."""
    figures = Q(answer=None, evaluation__in=evaluation_rules.visible_evaluations(user))
    return Correction.objects.filter(Q(answer__in=evaluation_rules.visible_answers(user)) | figures)


def people_told(evaluation_id: int, region_id: int) -> list[int]:
    """All the region's people, and the verifiers who had a mandate."""
    region = User.objects.filter(region=region_id, is_active=True).values_list("pk", flat=True)
    mandates = Assignment.objects.filter(evaluation=evaluation_id, verifier__is_active=True)
    return [*region, *mandates.values_list("verifier", flat=True)]
