"""Who sees and may do what in the case file. The only file of this room that reads a role."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Region, User
from evaluations import readers
from evaluations.models import (
    Answer,
    Archive,
    Comment,
    Evaluation,
    EvaluationQuerySet,
    Evidence,
    EvidenceQuerySet,
    EvidenceUse,
    Responsibility,
    StageResult,
    Upload,
    UploadQuerySet,
)

Role = User.Role
ALL_DISTRICTS, ALL_VILLAGES = "kecamatan", "desa"  # codes of the instrument's offices that stand for many
REGIONAL = (Role.STAFF, Role.OPERATOR, Role.REVIEWER, Role.LEADER)


def visible_evaluations(user: User | AnonymousUser) -> EvaluationQuerySet:
    """A region's people see their own; verifiers what their province has been sent; the administrator all."""
    if isinstance(user, AnonymousUser):
        return Evaluation.objects.none()
    if user.role == Role.ADMIN:
        return Evaluation.objects.all()
    if user.role == Role.VERIFIER:
        return Evaluation.objects.filter(region__province=user.province_id, submitted_at__isnull=False)
    return Evaluation.objects.filter(region=user.region_id)


def visible_answers(user: User) -> QuerySet[Answer]:
    """Staff see the questions their office leads or supports; everybody else the whole of what they may open."""
    answers = Answer.objects.filter(evaluation__in=visible_evaluations(user))
    if user.role == Role.STAFF:
        return answers.filter(Exists(own_duties(user)))
    return answers


def own_duties(user: User) -> QuerySet[Responsibility]:
    """What the user's office leads or supports, beside the answers of an outer query."""
    return Responsibility.objects.filter(
        duty_of(user), evaluation=OuterRef("evaluation"), question=OuterRef("question")
    )


def duty_of(user: User) -> Q:
    """Which responsibilities are a member of staff's: those of the own office, and of the whole it is a part of.

    A kecamatan speaks for its villages too, so what is asked of all villages is asked of it.
    """
    office = user.office
    if office is None:
        return Q(pk__in=[])
    own = Q(office_id__in=[pk for pk in (office.pk, office.part_of_id) if pk])
    return own | Q(office__code=ALL_VILLAGES, office__region_id=office.region_id) if office.district_id else own


def own_district(user: User) -> str | None:
    """The code of the kecamatan a member of staff works for; None for everybody else. One query for a kecamatan."""
    if user.role != Role.STAFF or user.office is None or user.office.district is None:
        return None
    return user.office.district.code


def can_claim(user: User, evaluation: Evaluation) -> bool:
    """Whether the user may set an answer for the whole region; a kecamatan fills its own rows only."""
    return can_answer(user, evaluation) and speaks_for_region(user)


def speaks_for_region(user: User) -> bool:
    """Whether what the user fills in is said of the whole region: not by a kecamatan, which counts its own places."""
    return user.office is None or user.office.district_id is None


def visible_evidence(user: User) -> EvidenceQuerySet:
    """Evidence may show children: staff see their office's own and what proves an answer of theirs."""
    evidence = Evidence.objects.filter(evaluation__in=visible_evaluations(user))
    if user.role == Role.STAFF:
        proves_mine = EvidenceUse.objects.filter(
            evidence=OuterRef("pk"), removed_at__isnull=True, answer__in=visible_answers(user)
        )
        return evidence.filter(Q(office_id=user.office_id) | Exists(proves_mine))
    if user.role == Role.VERIFIER:
        return evidence.filter(Exists(EvidenceUse.objects.filter(evidence=OuterRef("pk"), removed_at__isnull=True)))
    return evidence


def visible_uploads(user: User) -> UploadQuerySet:
    """What is on its way belongs to the one who sends it, to nobody else."""
    return Upload.objects.filter(started_by=user, evaluation__in=visible_evaluations(user))


def visible_archives(user: User) -> QuerySet[Archive]:
    """Names of files may name children: the report is for the office that sent the archive and for the operator."""
    archives = Archive.objects.filter(evaluation__in=visible_evaluations(user))
    if user.role == Role.STAFF:
        return archives.filter(sent_by__office=user.office_id)
    return archives if user.role == Role.OPERATOR else archives.none()


def visible_results(user: User) -> QuerySet[StageResult]:
    """A judging stage's moving total belongs to the judges; the region sees it when the stage is closed."""
    results = StageResult.objects.filter(evaluation__in=visible_evaluations(user))
    if user.role in REGIONAL:
        return results.filter(Q(stage__in=["EM", "TI"]) | Q(frozen_at__isnull=False))
    if user.role == Role.VERIFIER:
        results = results.exclude(stage="TI")
        return results.exclude(frozen_at__isnull=True, evaluation__in=readers.unseen_totals(user))
    return results


def reads_as_verifier(user: User) -> bool:
    """Whether what the user sees follows from who they are and their province alone."""
    return user.role == Role.VERIFIER


def verifier_of(pk: Any, province: Any) -> User:
    """Some verifier of a province; both may be places of a prepared statement."""
    return User(pk=pk, role=Role.VERIFIER, province_id=province)


def sees_review(user: User) -> bool:
    """What the region's own review expects is the region's, never the verifiers'."""
    return user.role != Role.VERIFIER


def sees_drafts(user: User) -> bool:
    """What an answer was before it was sent, and who has worked on it, is not handed to those who judge it."""
    return user.role != Role.VERIFIER


def sees_only_own_questions(user: User) -> bool:
    """Whether lists are cut down to an office's questions, so that the page can say so."""
    return user.role == Role.STAFF


def can_answer(user: User, evaluation: Evaluation) -> bool:
    """Whether the user may change the answers visible to them, as long as the evaluation is not sent."""
    return (
        user.role in (Role.STAFF, Role.OPERATOR)
        and user.region_id == evaluation.region_id
        and not evaluation.is_submitted
        and not evaluation.is_waiting
    )


def led_answers(user: User) -> QuerySet[Answer]:
    """Answers for which the user may speak alone: staff where their office leads, the secretary in the whole region."""
    answers = Answer.objects.filter(evaluation__in=visible_evaluations(user))
    if user.role == Role.STAFF:
        leads = Responsibility.objects.filter(
            evaluation=OuterRef("evaluation"), question=OuterRef("question"), is_lead=True, office__user=user
        )
        return answers.filter(Exists(leads))
    return answers if user.role == Role.OPERATOR else answers.none()


def can_see_warnings(user: User) -> bool:
    """A region's own doubts about its documents are not handed to those who judge them."""
    return user.role in REGIONAL or user.role == Role.ADMIN


def can_confirm(user: User, evaluation: Evaluation, lead_office: int | None) -> bool:
    """The lead's word on a shared question: staff of the office in charge, or the operator for everybody."""
    leads = user.role == Role.OPERATOR or (user.role == Role.STAFF and user.office_id == lead_office)
    is_open = not evaluation.is_submitted and not evaluation.is_waiting
    return leads and user.region_id == evaluation.region_id and is_open


def can_submit(user: User, evaluation: Evaluation) -> bool:
    """The secretary sends for the Gugus Tugas, or asks the leader where the region wants it."""
    return user.role == Role.OPERATOR and user.region_id == evaluation.region_id and not evaluation.is_submitted


def can_manage(user: User, evaluation: Evaluation) -> bool:
    """Settings of the region's case: offices, letterhead."""
    return user.role == Role.ADMIN or (user.role == Role.OPERATOR and user.region_id == evaluation.region_id)


def can_share_duties(user: User, evaluation: Evaluation) -> bool:
    """Who says which office answers what: the region's operator until the leader is asked, the administrator."""
    if user.role == Role.ADMIN:
        return True
    return can_manage(user, evaluation) and not evaluation.is_submitted and not evaluation.is_waiting


def can_share_after_sending(user: User) -> bool:
    """Offices are merged and dissolved in mid-course too; from then on the administrator writes it down."""
    return user.role == Role.ADMIN


def can_import_recap(user: User, region: Region) -> bool:
    """A whole recap at once: the administrator, or the region's own secretary."""
    return user.role == Role.ADMIN or (user.role == Role.OPERATOR and user.region_id == region.pk)


def administrators() -> QuerySet[User]:
    """Who can answer for a command that nobody is logged in for, the longest-serving first."""
    return User.objects.filter(role=Role.ADMIN, is_active=True).order_by("pk")


def can_open(user: User) -> bool:
    """Whether the user begins evaluations: the operator, for the own region."""
    return user.role == Role.OPERATOR


def can_oversee(user: User) -> bool:
    """Whether lists offer what only the administrator does, such as assigning verifiers."""
    return user.role == Role.ADMIN


def begins_with_tasks(user: User) -> bool:
    """Whether the list of tasks is the page to land on: for those who come to answer, not to oversee."""
    return user.role == Role.STAFF


def works_in_one_region(user: User) -> bool:
    """Whether the user belongs to a single region."""
    return user.role in REGIONAL


def reads_threads(user: User) -> bool:
    """Whether threads are there for this person: they are the region's own; the administrator reads along."""
    return user.role in (*REGIONAL, Role.ADMIN)


def visible_comments(user: User) -> QuerySet[Comment]:
    """What was said about the answers a person of the region sees; verifiers see none of it."""
    return Comment.objects.filter(answer__in=visible_answers(user)) if reads_threads(user) else Comment.objects.none()


def can_comment(user: User, evaluation: Evaluation) -> bool:
    """The region's people talk to each other at any time, also after sending."""
    return user.role in REGIONAL and user.region_id == evaluation.region_id


def people_of(answer: Answer, *, lead_only: bool = False) -> QuerySet[User]:
    """Active people of the region who see an answer: its offices' staff (of the lead alone on request), and the others
    of the region, whom `lead_only` leaves out; by name."""
    duties = Responsibility.objects.filter(evaluation=answer.evaluation_id, question=answer.question_id)
    if lead_only:
        duties = duties.filter(is_lead=True)
    offices = duties.values("office")
    staff = Q(role=Role.STAFF) & (Q(office__in=offices) | Q(office__part_of__in=offices))
    for_villages = Q(Exists(duties.filter(office__code=ALL_VILLAGES)))
    staff |= for_villages & Q(role=Role.STAFF, office__district__isnull=False, region__evaluations=answer.evaluation_id)
    others = Q(role__in=(Role.OPERATOR, Role.REVIEWER, Role.LEADER), region__evaluations=answer.evaluation_id)
    return User.objects.filter(staff if lead_only else staff | others, is_active=True).distinct().order_by("username")


def knows_old_cycles(user: User) -> bool:
    """Whether earlier cycles stand beside this one: for the region's people and the administrator.

    A verifier judges what is claimed now, not what was found then.
    """
    return user.role in (*REGIONAL, Role.ADMIN)


def is_bound_by_window(user: User) -> bool:
    """Whether a deadline holds for the user: for everybody but the administrator."""
    return user.role != Role.ADMIN


def can_move_deadlines(user: User) -> bool:
    """Windows of a cycle are moved by the administrator, each time with a letter."""
    return user.role == Role.ADMIN


def people_of_cycle(cycle_id: int) -> QuerySet[User]:
    """Active people whom a cycle's deadlines concern: of its regions, verifiers of their provinces, administrators."""
    concerned = (
        Q(role=Role.ADMIN)
        | Q(region__evaluations__cycle=cycle_id)
        | Q(role=Role.VERIFIER, province__region__evaluations__cycle=cycle_id)
    )
    return User.objects.filter(concerned, is_active=True).distinct()


def people_who_answer(evaluation: Evaluation) -> QuerySet[User]:
    """Active people of the region who still have to do something before it is sent: staff, and the operators."""
    return User.objects.filter(role__in=(Role.STAFF, Role.OPERATOR), region=evaluation.region_id, is_active=True)


def answers_for_region(user: User) -> bool:
    """Whether the person looks after all offices, and so wants to know how each of them gets on."""
    return user.role == Role.OPERATOR
