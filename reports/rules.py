"""Who asks for and takes documents. The only file of this room that reads a role."""

from django.db.models import QuerySet

from accounts.models import Region, User
from clusters.stages import Stage
from evaluations import rules as evaluation_rules
from evaluations.models import Evaluation
from reports.models import Document

Role = User.Role


def visible_documents(user: User) -> QuerySet[Document]:
    """Documents of evaluations the user may open; staff of a single office do not see the whole case on paper."""
    if user.role == Role.STAFF:
        return Document.objects.none()
    return Document.objects.filter(evaluation__in=evaluation_rules.visible_evaluations(user))


def can_request(user: User, evaluation: Evaluation) -> bool:
    """Whoever sees the whole case, once administrative verification is closed: before that there is nothing final."""
    return user.role != Role.STAFF and evaluation.stage not in (Stage.EM, Stage.TI, Stage.VA)


def can_edit_letterhead(user: User, region: Region) -> bool:
    """The region's operator, and the administrator."""
    return user.role == Role.ADMIN or (user.role == Role.OPERATOR and user.region_id == region.pk)
