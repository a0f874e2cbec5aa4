"""People with addresses, and things they are told."""

from datetime import date

from django.db import transaction

from accounts.models import User
from notices import actions
from notices.models import Notice
from tests.factories import NOW, make_user

DAY = date(2025, 5, 20)


def reader(number=1, role="OPERATOR", **more):
    """Somebody whose address takes mail."""
    user = make_user(role, username=f"orang.{number}", **more)
    user.email = f"orang{number}@dinas.example"
    user.save(update_fields=["email"])
    return user


def readers(count):
    """Many of them, without a password each."""
    region = make_user("OPERATOR").region
    return User.objects.bulk_create(
        User(username=f"orang.{each}", email=f"orang{each}@dinas.example", role="LEADER", region=region)
        for each in range(count)
    )


def tell(*users, key="a", kind=Notice.Kind.DEADLINE, text="Tenggat besok.", link="/evaluasi/1/", at=NOW):
    """One thing, told in a transaction of its own."""
    with transaction.atomic():
        actions.tell(users=[user.pk for user in users], kind=kind, key=key, text=text, link=link, at=at)
