"""Who enters the ministry's figures. Reads roles for this part of the room."""

from accounts.models import User


def can_enter(user: User) -> bool:
    """The administrator speaks for the ministry."""
    return user.role == User.Role.ADMIN
