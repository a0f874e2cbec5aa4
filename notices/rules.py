"""Who reads which news, and who hears of trouble with mail. The only file of this room that reads a role."""

from django.db.models import QuerySet

from accounts.models import User
from notices.models import Mail, MailQuerySet, Notice, NoticeQuerySet


def visible_notices(user: User) -> NoticeQuerySet:
    """What this person was told; the role plays no part."""
    return Notice.objects.filter(user=user)


def operators_beside(user: User) -> QuerySet[User]:
    """The operators of a person's region, who know how to reach them."""
    return User.objects.filter(role=User.Role.OPERATOR, region=user.region_id or 0, is_active=True)


def administrators() -> QuerySet[User]:
    """Who gives out addresses, and is told when the mail server itself fails."""
    return User.objects.filter(role=User.Role.ADMIN, is_active=True)


def visible_mails(user: User) -> MailQuerySet:
    """The outbox is the machine room: for the administrator, and without the bodies on its page."""
    return Mail.objects.all() if user.role == User.Role.ADMIN else Mail.objects.none()


def can_see_mails(user: User) -> bool:
    """Whether the page of the outbox is there for this person."""
    return user.role == User.Role.ADMIN


def readers_of_digests() -> QuerySet[User]:
    """Who has an address that takes mail, and wants the digest."""
    return User.objects.filter(is_active=True, wants_digest=True, mail_refused_at__isnull=True).exclude(email="")


def refused_addresses(user: User) -> QuerySet[User]:
    """People whose address takes no mail, for whoever sees the outbox."""
    people = User.objects.filter(mail_refused_at__isnull=False, is_active=True).order_by("-mail_refused_at")
    return people if can_see_mails(user) else people.none()
