"""What pages about people show: one's own account, an account, the list of accounts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.models import LoginLink, Region, SignIn, User
from kla_portal import qr

PAGE = 50


def own_account(user: User, session_key: str | None) -> dict[str, Any]:
    """The person's own account with the browsers in which it is open, this one first."""
    sessions = sorted(
        SignIn.objects.alive(timezone.now()).filter(user=user),
        key=lambda each: (each.session_key != session_key, -each.seen_at.timestamp()),
    )
    return {
        "zone": zone_of(user),
        "sessions": [(each, browser_of(each.agent), each.session_key == session_key) for each in sessions],
        "second_factor": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
    }


def account_of(person: User, user: User) -> dict[str, Any]:
    """Somebody's account for the administrator."""
    return {
        "person": person,
        "zone": zone_of(person),
        "is_self": person.pk == user.pk,
        "open_link": LoginLink.objects.filter(user=person, used_at__isnull=True, expires_at__gt=timezone.now()).first(),
        "second_factor": Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists(),
    }


def page_of(users: QuerySet[User], wanted: Mapping[str, Any], number: str | None) -> Page[User]:
    """A page of accounts by name; two queries."""
    if "role" in wanted:
        users = users.filter(role=wanted["role"])
    if "q" in wanted:
        text = wanted["q"].strip()
        users = users.filter(
            Q(username__icontains=text)
            | Q(first_name__icontains=text)
            | Q(region__name__icontains=text)
            | Q(office__name__icontains=text)
        )
    if wanted.get("state") == "new":
        users = newcomers(users)
    if wanted.get("state") == "off":
        users = users.filter(is_active=False)
    users = users.select_related("region", "office", "province").order_by("username")
    return Paginator(users, PAGE).get_page(number)


def count_by_office(region: Region) -> dict[int, int]:
    """Active people by the key of their office; an office without any cannot answer. One query."""
    staff = User.objects.filter(region=region, office__isnull=False, is_active=True)
    return dict(staff.values_list("office_id").annotate(count=Count("pk")))


def newcomers(users: QuerySet[User]) -> QuerySet[User]:
    """Those who are expected and have never come: each waits for a one-time link."""
    return users.filter(is_active=True, last_login__isnull=True)


SHOWN_NEWCOMERS = 100


def with_open_links(expected: QuerySet[User], words: str) -> list[tuple[User, datetime | None]]:
    """Newcomers by office, each with the end of a link that is still good. One query."""
    good = LoginLink.objects.filter(user=OuterRef("pk"), used_at__isnull=True, expires_at__gt=timezone.now())
    if words:
        expected = expected.filter(Q(office__name__icontains=words[:80]) | Q(first_name__icontains=words[:80]))
    found = expected.annotate(until=Subquery(good.values("expires_at")[:1])).order_by("office__name", "username")
    return [(each, each.until) for each in found[:SHOWN_NEWCOMERS]]


@dataclass(frozen=True, slots=True)
class Card:
    """What one person is handed: on paper, once."""

    user: User
    link: str
    code: str  # the link as a picture for a phone
    expires_at: datetime


def cards_of(issued: Iterable[tuple[User, str]], expires_at: datetime) -> list[Card]:
    """The sheet's cards."""
    found = []
    for user, secret in issued:
        link = address_of_link(secret)
        found.append(Card(user, link, qr.svg(link, f"Tautan untuk {user.username}"), expires_at))
    return found


def address_of_link(secret: str) -> str:
    """Built from the portal's own address, never from what a request claims."""
    return str(settings.SITE_URL).rstrip("/") + reverse("accounts:first_login", args=[secret])


def zone_of(user: User) -> str:
    """The clock the person lives by; verifiers and the administrator by the portal's."""
    return str(user.region.time_zone) if user.region else settings.TIME_ZONE


def browser_of(agent: str) -> str:
    """A browser's long name in two words: "Chrome, Android"; good enough to recognise one's own."""
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    )  # fmt: skip
    browser = next((name for mark, name in browsers if mark in agent), "Peramban lain")
    system = next((name for mark, name in systems if mark in agent), "")
    return f"{browser}, {system}" if system else browser
