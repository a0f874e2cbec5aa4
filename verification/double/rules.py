"""Who draws, reads a second time, settles differences, and sees which readings."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Province, User
from evaluations import rules as evaluation_rules
from evaluations.models import Evaluation
from verification import rules
from verification.models import Assignment, SecondReading, SecondReadingQuerySet, Verdict


def visible_readings(user: User) -> SecondReadingQuerySet:
    """One's own; given ones to the coordinator, and to those who have judged the same answer; all to administrators.

    Where the first verdict is missing, a given reading is shown to its reader alone: the first may be yet to come.
    """
    readings = SecondReading.objects.filter(answer__in=evaluation_rules.visible_answers(user))
    if rules.can_assign(user):
        return readings
    if not rules.sees_moving_stages(user):
        return readings.none()
    leads = Assignment.objects.filter(
        evaluation=OuterRef("answer__evaluation"), stage=OuterRef("stage"), verifier=user, is_coordinator=True
    )
    judged = Verdict.objects.filter(answer=OuterRef("answer"), stage=OuterRef("stage"), given_by=user)
    return readings.filter(Q(reader=user) | (Q(given_at__isnull=False) & (Q(Exists(leads)) | Q(Exists(judged)))))


def can_draw(user: User, evaluation: Evaluation) -> bool:
    """The administrator, or the coordinator of the running stage. One query for verifiers."""
    return rules.can_assign(user) or can_settle(user, evaluation)


def can_settle(user: User, evaluation: Evaluation) -> bool:
    """Differences are settled by the named coordinator of the running stage. One query for verifiers."""
    return evaluation.stage in Assignment.STAGES and rules.reach_of(user, evaluation).is_coordinator


def can_set_share(user: User) -> bool:
    """How much is read twice is said where the cycle is kept: by the administrator."""
    return rules.can_assign(user)


def compares(user: User) -> bool:
    """Whether the pages on agreement are there: for those who judge and for administrators."""
    return rules.sees_moving_stages(user)


def compared_provinces(user: User) -> QuerySet[Province]:
    """Whose verifiers are compared: the own province's, for the administrator any."""
    provinces = Province.objects.order_by("name")
    return provinces if rules.can_assign(user) else provinces.filter(user=user)
