"""Who judges, closes, assigns and awards. The only file of this room that reads a role."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import Province, Region, User
from clusters.models import Cycle, Question
from clusters.stages import Stage
from evaluations import rules as evaluation_rules
from evaluations.models import Answer, Evaluation, EvaluationQuerySet, Responsibility, StageResult
from evaluations.verifiers import Read
from kla_portal.prepared import WORD, Place, Prepared, PreparedObjects, keys
from verification import blinds
from verification.models import Assignment, Award, ConflictOfInterest, ConflictQuerySet, Verdict, VerdictQuerySet
from verification.progress import judged_now
from verification.reach import EVERYWHERE, NOWHERE, Reach

Role = User.Role
REGIONAL = (Role.STAFF, Role.OPERATOR, Role.REVIEWER, Role.LEADER)
REVIEWING = (Role.REVIEWER, Role.OPERATOR)  # in most regions one person of DP3AP2KB has to do both


def visible_verdicts(user: User) -> VerdictQuerySet:
    """Judges see verdicts as they are given; a region reads those of closed stages (its own internal review always),
    and of a stage that still runs what it was asked to mend.

    The internal review is the region's own: no verifier ever sees what it expects, before or after judging. A second
    reader does not see the first verdict before giving one.
    """
    return _verdicts(user, Q(is_return=True) & Q(VerdictQuerySet.in_window()))


def counted_verdicts(user: User) -> VerdictQuerySet:
    """Of these, those whose points a page may show: what a region is asked to mend is not worth anything yet."""
    return _verdicts(user, Q())


def _verdicts(user: User, also: Q) -> VerdictQuerySet:
    verdicts = Verdict.objects.filter(answer__in=evaluation_rules.visible_answers(user))
    if user.role in REGIONAL:
        closed = StageResult.objects.filter(
            evaluation=OuterRef("answer__evaluation"), stage=OuterRef("stage"), frozen_at__isnull=False
        )
        readable = Q(stage=Stage.TI) | Q(Exists(closed))
        return verdicts.filter(readable | also if also else readable)
    if user.role == Role.VERIFIER:
        return verdicts.exclude(stage=Stage.TI).filter(~blinds.unseen_verdicts(user))
    return verdicts


def sees_moving_stages(user: User) -> bool:
    """Whether a stage that is still being judged shows up; a region waits until it is closed."""
    return user.role not in REGIONAL


def visible_awards(user: User) -> QuerySet[Award]:
    """An official predicate is public: whoever may log in may read it."""
    return Award.objects.all()


def visible_desks(user: User) -> EvaluationQuerySet:
    """Evaluations whose desk the user may open: those of the judges, and the region's own while nothing is sent yet."""
    evaluations = evaluation_rules.visible_evaluations(user)
    if user.role == Role.VERIFIER:
        return evaluations.filter(submitted_at__isnull=False)
    if user.role == Role.ADMIN:
        return evaluations.filter(Q(submitted_at__isnull=False) | _in_review())
    return evaluations.filter(_in_review()) if user.role in REVIEWING else evaluations.none()


DESK = Read[Evaluation](lambda user, pk: visible_desks(user).for_page().filter(pk=pk))


def answer_to_judge(user: User, evaluation: int, code: str) -> Answer | None:
    """The answer with its evaluation, where the desk is the user's to see; None for a stranger. One statement."""
    if user.role != Role.VERIFIER:
        return _answers_on(user, evaluation, code).first()
    return ON_DESK.first(user.province_id, evaluation, code)


def _answers_on(user: User, evaluation: Place, code: Place) -> QuerySet[Answer]:
    answers = Answer.objects.filter(evaluation__in=visible_desks(user), evaluation=evaluation, question__code=code)
    return answers.select_related("question", "evaluation__region__province", "evaluation__cycle__instrument")


ON_DESK = PreparedObjects[Answer](
    lambda province, *case: _answers_on(evaluation_rules.verifier_of(None, province), *case), *keys(2), WORD
)


def opens_desk(user: User, evaluation: Evaluation) -> bool:
    """`visible_desks` for one evaluation that the user sees; no query."""
    if evaluation.is_submitted:
        return user.role in (Role.VERIFIER, Role.ADMIN)
    return judged_now(evaluation) == Stage.TI and user.role in (Role.ADMIN, *REVIEWING)


def reviewed_desks(user: User) -> EvaluationQuerySet:
    """Whose review the user took part in until the evaluation was sent."""
    evaluations = evaluation_rules.visible_evaluations(user).filter(submitted_at__isnull=False)
    return evaluations.filter(cycle__in=_reviewing()) if user.role in REVIEWING else evaluations.none()


def _in_review() -> Q:
    """Unsent, in a cycle that uses the review."""
    return Q(submitted_at__isnull=True, cycle__in=_reviewing())


def _reviewing() -> QuerySet[Cycle, Any]:
    """Cycles that use the internal review; the list is read as text, for SQLite cannot look into one."""
    return Cycle.objects.annotate(used=Cast("stages", TextField())).filter(used__contains=f'"{Stage.TI}"').values("pk")


def reach_of(user: User, evaluation: Evaluation) -> Reach:
    """What the user judges of the stage that is judged now. One query for verifiers.

    A mandate does not count where a conflict of interest stands beside it.
    """
    if judged_now(evaluation) == Stage.TI:
        return EVERYWHERE if user.role in REVIEWING and user.region_id == evaluation.region_id else NOWHERE
    if evaluation.stage in (Stage.VA, Stage.VL):
        if user.role != Role.VERIFIER or user.province_id != evaluation.region.province_id:
            return NOWHERE
        given = MANDATE.rows(user.pk, evaluation.pk, evaluation.stage)
        return Reach.of(given[0][0], is_coordinator=given[0][1]) if given else NOWHERE
    return EVERYWHERE if evaluation.stage == Stage.VF and user.role == Role.ADMIN else NOWHERE


def _mandates(user: User) -> QuerySet[Assignment]:
    """Mandates that count: the verifier is not too near to the region."""
    near = ConflictOfInterest.objects.standing().filter(verifier=user, region=OuterRef("evaluation__region"))
    return Assignment.objects.filter(~Exists(near), verifier=user)


MANDATE = Prepared(
    lambda verifier, evaluation, stage: (
        _mandates(User(pk=verifier))
        .filter(evaluation=evaluation, stage=stage)
        .values_list("clusters", "is_coordinator")
    ),
    *keys(2),
    WORD,
)


def can_judge(user: User, evaluation: Evaluation) -> bool:
    """Whether the user judges anything of the stage that is judged now. One query for verifiers."""
    return bool(reach_of(user, evaluation))


def can_judge_question(user: User, evaluation: Evaluation, question: Question) -> bool:
    """Whether the user judges this very question now: verifiers may share an evaluation by clusters. Two queries.

    Who reads an answer a second time never gives it the first verdict.
    """
    if question.pk in blinds.own_readings(user, evaluation):
        return False
    return reach_of(user, evaluation).holds(question.indicator.cluster.code)


def can_close_stage(user: User, evaluation: Evaluation) -> bool:
    """Those who judge the whole of a stage close it, and the coordinator; the internal review ends by sending."""
    return evaluation.is_submitted and reach_of(user, evaluation).ends_stages


def can_assign(user: User) -> bool:
    """Mandates are given by the administrator."""
    return user.role == Role.ADMIN


def can_oversee_conflicts(user: User) -> bool:
    """The administrator enters conflicts of interest for anybody, and alone withdraws them."""
    return user.role == Role.ADMIN


def can_declare_conflicts(user: User) -> bool:
    """Verifiers say themselves which regions they are too near to."""
    return user.role in (Role.VERIFIER, Role.ADMIN)


def visible_conflicts(user: User) -> ConflictQuerySet:
    """One's own; all of them for the administrator, who assigns."""
    if user.role == Role.ADMIN:
        return ConflictOfInterest.objects.all()
    return ConflictOfInterest.objects.filter(verifier=user)


def declaring_verifiers(user: User) -> QuerySet[User]:
    """For whom the user may declare: for themselves, the administrator for every active verifier."""
    verifiers = User.objects.filter(role=Role.VERIFIER, is_active=True)
    return verifiers if user.role == Role.ADMIN else verifiers.filter(pk=user.pk)


def near_regions(user: User) -> QuerySet[Region]:
    """Regions a conflict can concern: those of the verifier's province, all of them for the administrator."""
    regions = Region.objects.order_by("name")
    return regions if user.role == Role.ADMIN else regions.filter(province=user.province_id)


def administrators() -> QuerySet[User]:
    """Who assigns, and so has to know when a mandate ends."""
    return User.objects.filter(role=Role.ADMIN, is_active=True)


def of_judges(verdicts: QuerySet[Verdict]) -> QuerySet[Verdict]:
    """Without what administrators corrected after closing: that is nobody's judgement, also when they have left."""
    return verdicts.exclude(given_by__role=Role.ADMIN)


def can_award(user: User) -> bool:
    """The official predicate is typed by the administrator."""
    return user.role == Role.ADMIN


def eligible_verifiers(evaluation: Evaluation) -> QuerySet[User]:
    """Who may be assigned: active verifiers of the region's province."""
    return User.objects.filter(role=Role.VERIFIER, province_id=evaluation.region.province_id, is_active=True)


def verifiers_of(province: Province) -> QuerySet[User]:
    """Who judges in a province, by name."""
    return User.objects.filter(role=Role.VERIFIER, province=province, is_active=True).order_by(
        "first_name", "last_name", "username"
    )


def judged_provinces() -> QuerySet[Province]:
    """Provinces with a region that has an evaluation, by name."""
    return Province.objects.filter(region__evaluations__isnull=False).distinct().order_by("name")


def unbound_verifiers(evaluation: Evaluation) -> QuerySet[User]:
    """Who may be assigned and is not too near to the region."""
    near = ConflictOfInterest.objects.standing().filter(verifier=OuterRef("pk"), region=evaluation.region_id)
    return eligible_verifiers(evaluation).filter(~Exists(near))


def judged_by(user: User, evaluations: Iterable[Evaluation]) -> set[int]:
    """Those evaluations that the user judges at their present stage: `can_judge` for a list, in one query."""
    wanted = list(evaluations)
    if user.role == Role.VERIFIER:
        given = set(_mandates(user).values_list("evaluation_id", "stage"))
        field = [each for each in wanted if each.stage in (Stage.VA, Stage.VL)]
        return {
            each.pk for each in field if (each.pk, each.stage) in given and each.region.province_id == user.province_id
        }
    if user.role in REVIEWING:
        own = [each for each in wanted if each.region_id == user.region_id]
        return {each.pk for each in own if judged_now(each) == Stage.TI}
    return {each.pk for each in wanted if each.stage == Stage.VF} if user.role == Role.ADMIN else set()


def board_provinces(user: User) -> QuerySet[Province]:
    """Provinces whose regions somebody sees side by side: the verifier's own, for the administrator all of them.

    A region's people see no other region, so there is no board for them.
    """
    if user.role == Role.ADMIN:
        return Province.objects.all()
    return Province.objects.filter(pk=user.province_id or 0) if user.role == Role.VERIFIER else Province.objects.none()


def sees_board(user: User) -> bool:
    """Whether there is a board for somebody; no query."""
    return user.role in (Role.ADMIN, Role.VERIFIER)


def reads_own_region(user: User) -> bool:
    """Whether links to what a region keeps for itself are shown: to those who see all of it."""
    return user.role in (Role.OPERATOR, Role.REVIEWER, Role.LEADER, Role.ADMIN)


def sees_whole_country(user: User) -> bool:
    """Whether a board may hold more than one province."""
    return user.role == Role.ADMIN


def board_regions(user: User, province: Province | None) -> QuerySet[Region]:
    """The regions of a province, or of all provinces the user sees; also those that have not sent anything."""
    regions = Region.objects.all() if user.role == Role.ADMIN else Region.objects.filter(province=user.province_id or 0)
    return regions if province is None else regions.filter(province=province)


def reviewers_of(region_ids: Iterable[int]) -> QuerySet[User]:
    """The active reviewers of some regions."""
    return User.objects.filter(role=Role.REVIEWER, region__in=list(region_ids), is_active=True)


def people_of_answer(answer: Answer) -> list[int]:
    """Whom a returned answer concerns: the staff of its offices and of their parts, else the region's operators."""
    duties = Responsibility.objects.filter(evaluation=answer.evaluation_id, question=answer.question_id)
    offices = duties.values("office")
    staff = User.objects.filter(Q(office__in=offices) | Q(office__part_of__in=offices), role=Role.STAFF, is_active=True)
    found = list(staff.values_list("pk", flat=True))
    region = answer.evaluation.region_id
    operators = User.objects.filter(role=Role.OPERATOR, region=region, is_active=True)
    return found or list(operators.values_list("pk", flat=True))
