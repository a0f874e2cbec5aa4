"""Who takes answers out as spreadsheets and brings them back. Reads roles for this part of the case file."""

from django.db.models import QuerySet

from accounts.models import Office, User
from evaluations import rules
from evaluations.models import Evaluation, Import

Role = User.Role


def can_use_workbooks(user: User, evaluation: Evaluation) -> bool:
    """Whether the user takes answers out as spreadsheets, also when the evaluation is sent; verifiers have papers."""
    return user.role == Role.ADMIN or (user.role in rules.REGIONAL and user.region_id == evaluation.region_id)


def workbook_offices(user: User, evaluation: Evaluation) -> QuerySet[Office]:
    """Offices whose workbooks the user handles: staff the own one, the secretary all of the region's.

    A kecamatan has none: it fills its rows of the tick sheets.
    """
    offices = Office.objects.filter(region=evaluation.region_id, district__isnull=True)
    return offices.filter(pk__in=[user.office_id]) if user.role == Role.STAFF else offices


def visible_imports(user: User) -> QuerySet[Import]:
    """Files with answers that were handed in: staff see their own, the secretary and the administrator all."""
    imports = Import.objects.filter(evaluation__in=rules.visible_evaluations(user))
    if user.role in (Role.OPERATOR, Role.ADMIN):
        return imports
    return imports.filter(uploaded_by=user)
