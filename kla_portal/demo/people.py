"""The people of the demo, one account per role and a few more."""

from datetime import datetime

from accounts import actions
from accounts.models import Office, Province, Region, User
from kla_portal.demo import ACCOUNTS, PASSWORD, Account


def seed_people(at: datetime) -> dict[str, User]:
    """Every demo account by user name; those that exist stay as they are, with the password they have now."""
    known = {user.username: user for user in User.objects.filter(username__in=[each.username for each in ACCOUNTS])}
    administrator = known.get("admin")
    fresh = []
    for account in sorted(ACCOUNTS, key=lambda each: each.role != User.Role.ADMIN):
        if account.username not in known:
            known[account.username] = actions.create_user(
                username=account.username, name=account.name, post=_post(account), by=administrator, at=at
            )
            fresh.append(known[account.username])
        if account.role == User.Role.ADMIN:
            administrator = known[account.username]
    _set_passwords(fresh, at)
    return known


def _set_passwords(users: list[User], at: datetime) -> None:
    """The one demo password, hashed once: a slow hash per account would take seconds of every first start."""
    if users:
        first = actions.set_password(user=users[0], password=PASSWORD, by=None, at=at)
        User.objects.filter(pk__in=[user.pk for user in users]).update(password=first.password)


def _post(account: Account) -> actions.Post:
    region = Region.objects.get(code=account.region) if account.region else None
    office = Office.objects.get(region=region, code=account.office) if account.office else None
    province = Province.objects.get(code=account.province) if account.province else None
    return actions.Post(role=account.role, region=region, office=office, province=province)
