"""Who asks for and takes documents. The only file of this room that reads a role."""

from accounts.models import Region, User
from clusters.stages import Stage
from evaluations import rules as evaluation_rules
from evaluations.models import Evaluation
from reports.models import Document, DocumentQuerySet

Role = User.Role


def visible_documents(user: User) -> DocumentQuerySet:
    """Documents of evaluations the user may open; staff of a single office do not see the whole case on paper."""
    if user.role == Role.STAFF:
        return Document.objects.none()
    return Document.objects.filter(evaluation__in=evaluation_rules.visible_evaluations(user))


def can_request(user: User, evaluation: Evaluation, kind: str = Document.Kind.VERIFICATION) -> bool:
    """Whoever sees the whole case; results once administrative verification is closed: before that there is nothing
    final. Tables are what they are at any time."""
    if kind == Document.Kind.MATRICES:
        return user.role != Role.STAFF
    return user.role != Role.STAFF and evaluation.stage not in (Stage.EM, Stage.TI, Stage.VA)


def can_edit_letterhead(user: User, region: Region) -> bool:
    """The region's operator, and the administrator."""
    return user.role == Role.ADMIN or (user.role == Role.OPERATOR and user.region_id == region.pk)


def can_receive(user: User, document: Document) -> bool:
    """Asked again by the worker: whoever has lost the right since the request gets no file made."""
    return (
        user.is_active
        and visible_documents(user).filter(pk=document.pk).exists()
        and can_request(user, document.evaluation, document.kind)
    )


def can_see_documents(user: User) -> bool:
    """Whether the shelf of documents is for this user at all, whatever the stage."""
    return user.role != Role.STAFF
