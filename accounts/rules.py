"""Who sees people and the trail. The only file of this room that reads a role."""

from django.db.models import QuerySet

from accounts.models import AuditEvent, User

Role = User.Role


def visible_users(user: User) -> QuerySet[User]:
    """Accounts are the administrator's business."""
    return User.objects.all() if user.role == Role.ADMIN else User.objects.none()


def can_manage_users(user: User) -> bool:
    """Who gives accounts, switches them off and hands out links."""
    return user.role == Role.ADMIN


def visible_events(user: User) -> QuerySet[AuditEvent]:
    """The administrator reads all chains, an operator that of the own region."""
    if user.role == Role.ADMIN:
        return AuditEvent.objects.all()
    if user.role == Role.OPERATOR:
        return AuditEvent.objects.filter(chain__region=user.region)
    return AuditEvent.objects.none()


def can_read_trail(user: User) -> bool:
    """Whether the page with the trail is there for this person."""
    return user.role in (Role.ADMIN, Role.OPERATOR)
