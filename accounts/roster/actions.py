"""Taking what a preview showed: offices first, then people; all of it or nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import User
from accounts.offices import actions as offices
from accounts.roster.bounds import CHANGED, NEW, Rights
from accounts.roster.files import Rows
from accounts.roster.planning import PersonLine, Preview, plan


class MovedMeanwhile(Exception):
    """Confirming would do something else than what was shown."""

    def __init__(self) -> None:
        super().__init__("Data pengguna berubah sejak pratinjau dibuat. Tidak ada yang disimpan; periksa sekali lagi.")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it."""

    created: int
    changed: int
    offices: int


@transaction.atomic
def take(*, rows: Rows, fingerprint: str, rights: Rights, by: User, at: datetime) -> Taken:
    """Write what the preview with that fingerprint showed; the same file again changes nothing.

    Raises `MovedMeanwhile`. Passwords are nobody's business here: each waits for a one-time link.
    """
    found = plan(rows, rights, lock=True)
    if found.is_refused or found.fingerprint != fingerprint:
        raise MovedMeanwhile
    try:
        with transaction.atomic():
            keys = _take_offices(found, by, at)
            created = [_user_of(line, keys, at) for line in found.people if line.state == NEW]
            moved = [line.username for line in found.moved_addresses]
            changed = [_changed(line, keys) for line in found.people if line.state == CHANGED]
            User.objects.bulk_create(created)
            User.objects.bulk_update(changed, ["first_name", "email", "mail_refused_at", "mail_refusal", "office"])
    except (IntegrityError, offices.NameTaken, offices.ChangedMeanwhile):
        raise MovedMeanwhile from None
    _record(created, changed, moved, by, at)
    return Taken(len(created), len(changed), sum(line.state in (NEW, CHANGED) for line in found.offices))


def _take_offices(found: Preview, by: User, at: datetime) -> dict[int, int]:
    """New offices and new aliases; the keys of offices as the plan has them -> as the database has them."""
    keys: dict[int, int] = {}
    for line in found.offices:
        if line.state == NEW and line.region is not None:
            office = offices.create(region=line.region, name=line.row.name, aliases=line.aliases, by=by, at=at)
            keys[line.pk] = office.pk
        elif line.state == CHANGED and line.office is not None:
            seen = offices.standing_of(line.office)
            offices.rename(office=line.office, name=line.office.name, aliases=line.aliases, seen=seen, by=by, at=at)
    return keys


def _office_key(line: PersonLine, keys: dict[int, int]) -> int | None:
    return line.office_pk if line.office_pk is None else keys.get(line.office_pk, line.office_pk)


def _user_of(line: PersonLine, keys: dict[int, int], at: datetime) -> User:
    return User(
        username=line.username, first_name=line.row.name, email=line.row.email, role=line.role, region=line.region,
        province=line.province, office_id=_office_key(line, keys), password=make_password(None), date_joined=at,
    )  # fmt: skip


def _changed(line: PersonLine, keys: dict[int, int]) -> User:
    user = line.user
    assert user is not None  # the state says so
    if user.email != line.row.email:  # another address is a new try, as on the account's own page
        user.mail_refused_at, user.mail_refusal = None, ""
    user.first_name, user.email, user.office_id = line.row.name, line.row.email, _office_key(line, keys)
    return user


def _record(created: list[User], changed: list[User], moved: list[str], by: User, at: datetime) -> None:
    """One event in the chain of each region that was touched."""
    regions = sorted({user.region_id or 0 for user in [*created, *changed]})
    for region in regions:
        here = [user.username for user in changed if user.username in moved and (user.region_id or 0) == region]
        audit.record(
            action="users.imported", subject=f"users:{region}", by=by, at=at, region_id=region or None,
            details={
                "created": [user.username for user in created if (user.region_id or 0) == region],
                "changed": [user.username for user in changed if (user.region_id or 0) == region],
                **({"addresses": here} if here else {}),
            },
        )  # fmt: skip
