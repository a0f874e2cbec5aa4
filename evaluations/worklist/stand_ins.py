"""People of a kind with places for keys: for statements that are put into words once for everybody of that kind.

What such people may see is asked of `rules`, like what anybody may see.
"""

from typing import Any, NamedTuple

from accounts.models import Office, User
from evaluations import rules
from kla_portal.prepared import keys

EVALUATION, REGION, OFFICE, WHOLE, ITS_REGION, DISTRICT = PLACES = keys(6)


class Kind(NamedTuple):
    """Of those who answer: for the whole region, for an office of it, for a kecamatan."""

    for_region: bool
    in_district: bool


def kind_of(user: User) -> Kind | None:
    """The kind a person is of; None for those who do not answer, or have no office to answer for."""
    if rules.answers_for_region(user):
        return Kind(for_region=True, in_district=False)
    if not rules.sees_only_own_questions(user) or user.office is None:
        return None
    return Kind(for_region=False, in_district=user.office.district_id is not None)


def somebody(kind: Kind) -> User:
    """Somebody of that kind, whose keys are places."""
    if kind.for_region:
        return User(role=User.Role.OPERATOR, region_id=REGION)
    district = DISTRICT if kind.in_district else None
    office = Office(pk=OFFICE, part_of_id=WHOLE, region_id=ITS_REGION, district_id=district)
    return User(role=User.Role.STAFF, region_id=REGION, office=office)


def keys_of(user: User) -> list[Any]:
    """A person's own keys, for all places but the first."""
    office = user.office if user.office_id else None
    if office is None:
        return [user.region_id, None, None, None, None]
    return [user.region_id, office.pk, office.part_of_id or office.pk, office.region_id, office.district_id]
