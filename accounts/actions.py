"""Every write about people: accounts are given, switched off and handed over by administrators, never deleted."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from accounts import audit
from accounts.models import District, LoginLink, Office, Province, Region, SignIn, User

LINK_LIFE = timedelta(hours=72)


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
def create_user(*, username: str, name: str, post: Post, by: User | None, at: datetime, email: str = "") -> User:
    """Give somebody an account without a password: the person sets it through a one-time link.

    Raises `UsernameTaken`; that the post is whole is the database's constraint.
    """
    username = username.strip().lower()
    user = User(
        username=username,
        first_name=name,
        email=email,
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
def change_email(*, user: User, email: str, by: User, at: datetime) -> None:
    """Where mail for a person goes; the trail says that it changed, the address itself is kept in the account alone.

    What was refused at the old address is forgotten; the same address given again is a new try.
    """
    same = Q(email=email, mail_refused_at__isnull=True)
    changed = User.objects.filter(pk=user.pk).exclude(same).update(email=email, mail_refused_at=None, mail_refusal="")
    if changed:
        audit.record(
            action="user.email_changed", subject=f"user:{user.pk}", by=by, at=at, region_id=user.region_id,
            details={"has_address": bool(email)},
        )  # fmt: skip


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None, at: datetime) -> User:
    """Set a password that passes the rules. Raises Django's `ValidationError` with its sentences."""
    validate_password(password, user)
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(action="user.password_set", subject=f"user:{user.pk}", by=by, at=at, region_id=user.region_id)
    return user


@transaction.atomic
def open_district_offices(*, whole: Office, by: User | None, at: datetime) -> int:
    """Give every kecamatan of a region an office of its own as a part of `whole`; returns how many are new."""
    districts = District.objects.filter(region_id=whole.region_id, offices__isnull=True).order_by("code")
    fresh = Office.objects.bulk_create(
        Office(
            region_id=whole.region_id,
            code=f"kecamatan-{each.code.replace('.', '-')}",
            name=f"Kecamatan {each.name}",
            aliases=[f"Kec. {each.name}"],
            part_of=whole,
            district=each,
        )
        for each in districts
    )
    if fresh:
        audit.record(
            action="offices.opened", subject=f"office:{whole.pk}", by=by, at=at, region_id=whole.region_id,
            details={"offices": len(fresh)},
        )  # fmt: skip
    return len(fresh)


class LinkNotValid(Exception):
    """The link was used, replaced or is too old."""

    def __init__(self) -> None:
        super().__init__(
            "Tautan ini sudah dipakai, diganti, atau lewat 72 jam. Mintalah tautan baru kepada administrator."
        )


class OwnAccount(Exception):
    """Nobody switches off the account with which they are logged in."""

    def __init__(self) -> None:
        super().__init__("Anda tidak dapat menonaktifkan akun Anda sendiri.")


@transaction.atomic
def issue_link(*, user: User, by: User | None, at: datetime) -> str:
    """The secret of a new one-time link; an older one of the same person is dead from now on.

    It is returned once and kept nowhere. The second factor stays as it is.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    LoginLink.objects.filter(user=user, used_at__isnull=True).delete()
    secret = secrets.token_urlsafe(32)
    LoginLink.objects.create(user=user, digest=_digest(secret), issued_at=at, issued_by=by, expires_at=at + LINK_LIFE)
    audit.record(action="user.link_issued", subject=f"user:{user.pk}", by=by, at=at, region_id=user.region_id)
    return secret


@transaction.atomic
def issue_links(*, users: Iterable[User], by: User | None, at: datetime) -> list[tuple[User, str]]:
    """A new one-time link for each, by user name, all or none; the secrets are returned once and kept nowhere."""
    ordered = sorted(users, key=lambda user: user.username)
    return [(user, issue_link(user=user, by=by, at=at)) for user in ordered]


def owner_of_link(secret: str, at: datetime) -> User:
    """Whose link this is, while it is good and the account is active. Raises `LinkNotValid`."""
    link = _good_links(secret, at).select_related("user__region__province", "user__province").first()
    if link is None:
        raise LinkNotValid
    return link.user


@transaction.atomic
def use_link(*, secret: str, password: str, at: datetime) -> User:
    """Set the password with which the person will log in; the link is used up, all sessions end.

    Raises `LinkNotValid`, or Django's `ValidationError`, and then the link stays good.
    """
    if not _good_links(secret, at).update(used_at=at):
        raise LinkNotValid
    user = User.objects.get(links__digest=_digest(secret))
    end_sessions(user=user)
    return set_password(user=user, password=password, by=user, at=at)


@transaction.atomic
def deactivate(*, user: User, by: User | None, at: datetime) -> None:
    """Switch an account off: the very next request fails. Raises `OwnAccount`."""
    if by is not None and user.pk == by.pk:
        raise OwnAccount
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        LoginLink.objects.filter(user=user, used_at__isnull=True).delete()
        end_sessions(user=user)
        audit.record(action="user.deactivated", subject=f"user:{user.pk}", by=by, at=at, region_id=user.region_id)


@transaction.atomic
def activate(*, user: User, by: User | None, at: datetime) -> None:
    """Switch an account on again, with the password it had."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        audit.record(action="user.activated", subject=f"user:{user.pk}", by=by, at=at, region_id=user.region_id)


@transaction.atomic
def begin_session(*, user: User, session_key: str, agent: str, at: datetime) -> None:
    """Note a browser in which somebody has logged in; sessions that are over by the clock are forgotten."""
    over = SignIn.objects.filter(user=user).exclude(pk__in=SignIn.objects.alive(at).filter(user=user))
    over.delete()
    SignIn.objects.update_or_create(
        session_key=session_key, defaults={"user": user, "agent": agent[:200], "started_at": at, "seen_at": at}
    )
    audit.record(action="user.logged_in", subject=f"user:{user.pk}", by=user, at=at, region_id=user.region_id)


@transaction.atomic
def change_password(*, user: User, password: str, session_key: str | None, at: datetime) -> User:
    """The person's own new password; every other browser is logged out. Raises Django's `ValidationError`."""
    user = set_password(user=user, password=password, by=user, at=at)
    end_sessions(user=user, keep=session_key)
    return user


@transaction.atomic
def move_session(*, user: User, session_key: str | None, at: datetime) -> None:
    """The browser that stays has got a new session key: its row follows."""
    SignIn.objects.filter(user=user).update(session_key=session_key, seen_at=at)


def note_activity(*, session_key: str | None, at: datetime) -> None:
    """Move the last sign of life of a session; one statement, no event."""
    SignIn.objects.filter(session_key=session_key).update(seen_at=at)


def end_session(*, session_key: str | None) -> None:
    """Forget one browser; the session itself is ended by whoever calls."""
    SignIn.objects.filter(session_key=session_key).delete()


@transaction.atomic
def end_sessions(*, user: User, keep: str | None = None) -> int:
    """End all sessions of a person but `keep`, at once and on the server; returns how many there were."""
    others = SignIn.objects.filter(user=user).exclude(session_key=keep)
    keys = list(others.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    others.delete()
    return len(keys)


@transaction.atomic
def end_other_sessions(*, user: User, keep: str | None, at: datetime) -> int:
    """What "Akhiri sesi lain" does."""
    ended = end_sessions(user=user, keep=keep)
    audit.record(
        action="user.sessions_ended", subject=f"user:{user.pk}", by=user, at=at, region_id=user.region_id,
        details={"count": ended},
    )  # fmt: skip
    return ended


def _good_links(secret: str, at: datetime) -> QuerySet[LoginLink]:
    return LoginLink.objects.filter(
        digest=_digest(secret), used_at__isnull=True, expires_at__gt=at, user__is_active=True
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
