"""Who sees people, offices and the trail. The only file of this room that reads a role."""

from django.db.models import QuerySet

from accounts.models import AuditEvent, Office, Region, User

Role = User.Role


def visible_users(user: User) -> QuerySet[User]:
    """The administrator looks after all accounts, an operator after the staff of the own region and nobody else."""
    if user.role == Role.ADMIN:
        return User.objects.all()
    if user.role == Role.OPERATOR:
        return User.objects.filter(role=Role.STAFF, region=user.region)
    return User.objects.none()


def can_manage_users(user: User) -> bool:
    """Who gives accounts, switches them off and hands out links: of those that `visible_users` shows."""
    return user.role in (Role.ADMIN, Role.OPERATOR)


def roles_given_by(user: User) -> tuple[str, ...]:
    """The roles of the accounts that somebody may create.

    A reviewer judges the region's own answers, so that operators do not choose their reviewers.
    """
    if user.role == Role.ADMIN:
        return tuple(Role.values)
    return (Role.STAFF,) if user.role == Role.OPERATOR else ()


def own_region_alone(user: User) -> Region | None:
    """The region to which the accounts are bound that this person gives; None: any."""
    return user.region if user.role == Role.OPERATOR else None


def visible_regions(user: User) -> QuerySet[Region]:
    """Regions whose offices somebody looks after."""
    if user.role == Role.ADMIN:
        return Region.objects.all()
    return Region.objects.filter(user=user) if user.role == Role.OPERATOR else Region.objects.none()


def visible_offices(user: User) -> QuerySet[Office]:
    """Offices that somebody looks after."""
    return Office.objects.filter(region__in=visible_regions(user))


def visible_events(user: User) -> QuerySet[AuditEvent]:
    """The administrator reads all chains, an operator that of the own region."""
    if user.role == Role.ADMIN:
        return AuditEvent.objects.all()
    if user.role == Role.OPERATOR:
        return AuditEvent.objects.filter(chain__region=user.region)
    return AuditEvent.objects.none()


def regions_of_trail(user: User) -> QuerySet[Region] | None:
    """Regions among whose chains the reader may choose; None where there is nothing to choose."""
    return Region.objects.filter(auditchain__isnull=False) if user.role == Role.ADMIN else None


def belongs_to_a_region(user: User) -> bool:
    """Whether the user reads the own region's case; that others have opened it is kept in the trail."""
    return user.region_id is not None


def can_read_trail(user: User) -> bool:
    """Whether the page with the trail is there for this person."""
    return user.role in (Role.ADMIN, Role.OPERATOR)
