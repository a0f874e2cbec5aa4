"""Who is behind a session: asked by every request, so its statement is prepared."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from kla_portal.prepared import PreparedObjects

KNOWN = PreparedObjects[User](lambda pk: User.objects.filter(pk=pk))


class PortalBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is not typed
    """Log-in as allauth does it."""

    def get_user(self, user_id: Any) -> User | None:
        """The person, as long as the account is active."""
        user = KNOWN.first(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
