"""Who asks for and takes documents, and who sets how they look. The only file of this room that reads a role."""

from django.db.models import Q, QuerySet

from accounts.models import Province, Region, User
from clusters.stages import Stage
from evaluations import rules as evaluation_rules
from evaluations.models import Evaluation
from reports import recipes
from reports.houses import House
from reports.models import Document, DocumentQuerySet
from reports.subjects import Subject, of

Role = User.Role


def visible_documents(user: User) -> DocumentQuerySet:
    """Documents of evaluations the user may open, and of the provinces; staff of one office see no case on paper."""
    if user.role == Role.STAFF:
        return Document.objects.none()
    mine = Q(evaluation__in=evaluation_rules.visible_evaluations(user))
    return Document.objects.filter(mine | Q(province__in=visible_provinces(user)))


def visible_provinces(user: User) -> QuerySet[Province]:
    """Provinces whose papers the user asks for: verifiers those of their own, the administrator all."""
    if user.role == Role.ADMIN:
        return Province.objects.all()
    return Province.objects.filter(user=user) if user.role == Role.VERIFIER else Province.objects.none()


def can_request(user: User, evaluation: Evaluation, kind: str = Document.Kind.VERIFICATION) -> bool:
    """Whoever sees the whole case; results once administrative verification is closed: before that there is nothing
    final. Tables are what they are at any time."""
    if user.role == Role.STAFF:
        return False
    recipe = recipes.RECIPES.get(kind)
    is_settled = evaluation.stage not in (Stage.EM, Stage.TI, Stage.VA)
    return is_settled or (recipe is not None and recipe.is_always)


def can_request_about(user: User, subject: Subject, kind: str) -> bool:
    """`can_request` for every subject; papers of a province are never too early, they say what is not there yet."""
    if subject.evaluation is not None:
        return can_request(user, subject.evaluation, kind)
    return can_see_provinces(user)


def can_see_provinces(user: User) -> bool:
    """Whether papers about provinces are for this user at all."""
    return user.role in (Role.ADMIN, Role.VERIFIER)


def can_set(user: User, house: House) -> bool:
    """A region's settings are its operator's, a province's its verifiers'; the administrator's both."""
    if user.role == Role.ADMIN:
        return True
    if house.region is not None:
        return user.role == Role.OPERATOR and user.region_id == house.region.pk
    return user.role == Role.VERIFIER and user.province_id == house.place.pk


def visible_houses(user: User) -> tuple[QuerySet[Region], QuerySet[Province]]:
    """Regions and provinces the user knows of: the own ones, all for the administrator."""
    if user.role == Role.ADMIN:
        return Region.objects.all(), Province.objects.all()
    if user.role == Role.VERIFIER:
        return Region.objects.filter(province=user.province_id), Province.objects.filter(user=user)
    return Region.objects.filter(user=user), Province.objects.none()


def can_receive(user: User, document: Document) -> bool:
    """Asked again by the worker: whoever has lost the right since the request gets no file made."""
    return (
        user.is_active
        and visible_documents(user).filter(pk=document.pk).exists()
        and can_request_about(user, of(document), document.kind)
    )


def can_see_documents(user: User) -> bool:
    """Whether the shelf of documents is for this user at all, whatever the stage."""
    return user.role != Role.STAFF
