"""Who judges, closes, assigns and awards. The only file of this room that reads a role."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from clusters.stages import Stage
from evaluations import rules as evaluation_rules
from evaluations.models import Evaluation, EvaluationQuerySet, StageResult
from verification.models import Assignment, Award, Verdict, VerdictQuerySet

Role = User.Role
REGIONAL = (Role.STAFF, Role.OPERATOR, Role.REVIEWER, Role.LEADER)


def visible_verdicts(user: User) -> VerdictQuerySet:
    """Judges see verdicts as they are given; a region reads those of closed stages (its own internal review always)."""
    verdicts = Verdict.objects.filter(answer__in=evaluation_rules.visible_answers(user))
    if user.role in REGIONAL:
        closed = StageResult.objects.filter(
            evaluation=OuterRef("answer__evaluation"), stage=OuterRef("stage"), frozen_at__isnull=False
        )
        return verdicts.filter(Q(stage=Stage.TI) | Exists(closed))
    return verdicts


def sees_moving_stages(user: User) -> bool:
    """Whether a stage that is still being judged shows up; a region waits until it is closed."""
    return user.role not in REGIONAL


def visible_awards(user: User) -> QuerySet[Award]:
    """An official predicate is public: whoever may log in may read it."""
    return Award.objects.all()


def visible_desks(user: User) -> EvaluationQuerySet:
    """Evaluations whose desk the user may open: judges and the administrator; a region's reviewer while it reviews."""
    evaluations = evaluation_rules.visible_evaluations(user)
    if user.role in (Role.VERIFIER, Role.ADMIN):
        return evaluations.filter(submitted_at__isnull=False)
    if user.role == Role.REVIEWER:
        return evaluations.filter(stage=Stage.TI)
    return evaluations.none()


def can_judge(user: User, evaluation: Evaluation) -> bool:
    """Whether the user judges the stage the evaluation is in now. One query for verifiers."""
    if evaluation.stage == Stage.TI:
        return user.role == Role.REVIEWER and user.region_id == evaluation.region_id
    if evaluation.stage in (Stage.VA, Stage.VL):
        return (
            user.role == Role.VERIFIER
            and user.province_id == evaluation.region.province_id
            and Assignment.objects.filter(evaluation=evaluation, stage=evaluation.stage, verifier_id=user.pk).exists()
        )
    if evaluation.stage == Stage.VF:
        return user.role == Role.ADMIN
    return False


def can_close_stage(user: User, evaluation: Evaluation) -> bool:
    """Those who judge a stage close it."""
    return can_judge(user, evaluation)


def can_assign(user: User) -> bool:
    """Mandates are given by the administrator."""
    return user.role == Role.ADMIN


def can_award(user: User) -> bool:
    """The official predicate is typed by the administrator."""
    return user.role == Role.ADMIN


def eligible_verifiers(evaluation: Evaluation) -> QuerySet[User]:
    """Who may be assigned: active verifiers of the region's province."""
    return User.objects.filter(role=Role.VERIFIER, province_id=evaluation.region.province_id, is_active=True)


def judged_by(user: User, evaluations: Iterable[Evaluation]) -> set[int]:
    """Those evaluations that the user judges at their present stage: `can_judge` for a list, in one query."""
    wanted = list(evaluations)
    if user.role == Role.VERIFIER:
        given = set(Assignment.objects.filter(verifier_id=user.pk).values_list("evaluation_id", "stage"))
        field = [each for each in wanted if each.stage in (Stage.VA, Stage.VL)]
        return {
            each.pk for each in field if (each.pk, each.stage) in given and each.region.province_id == user.province_id
        }
    if user.role == Role.REVIEWER:
        return {each.pk for each in wanted if each.stage == Stage.TI and each.region_id == user.region_id}
    return {each.pk for each in wanted if each.stage == Stage.VF} if user.role == Role.ADMIN else set()


def reviewers_of(region_ids: Iterable[int]) -> QuerySet[User]:
    """The active reviewers of some regions."""
    return User.objects.filter(role=Role.REVIEWER, region__in=list(region_ids), is_active=True)
