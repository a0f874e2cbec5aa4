"""Every write about people: accounts are given, switched off and handed over by administrators, never deleted."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import Office, Province, Region, User


class UsernameTaken(Exception):
    """Another account has this user name, perhaps in other capitals."""

    def __init__(self) -> None:
        super().__init__("Nama pengguna ini sudah dipakai. Pilih nama lain.")


@dataclass(frozen=True, slots=True)
class Post:
    """A role with what it speaks of: an office, a region or a province."""

    role: str
    province: Province | None = None
    region: Region | None = None
    office: Office | None = None


@transaction.atomic
def create_user(*, username: str, name: str, post: Post, by: User | None, at: datetime) -> User:
    """Give somebody an account without a password: the person sets it through a one-time link.

    Raises `UsernameTaken`; that the post is whole is the database's constraint.
    """
    username = username.strip().lower()
    user = User(
        username=username,
        first_name=name,
        role=post.role,
        province=post.province,
        region=post.region,
        office=post.office,
        date_joined=at,
    )
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        if User.objects.filter(username__iexact=username).exists():
            raise UsernameTaken from None
        raise
    audit.record(
        action="user.created",
        subject=f"user:{user.pk}",
        by=by,
        at=at,
        region=post.region,
        details={"username": username, "role": post.role},
    )
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None, at: datetime) -> User:
    """Set a password that passes the rules. Raises Django's `ValidationError` with its sentences."""
    validate_password(password, user)
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(action="user.password_set", subject=f"user:{user.pk}", by=by, at=at, region_id=user.region_id)
    return user
