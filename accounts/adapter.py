"""allauth's door: nobody signs up here, accounts are given."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class PortalAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always no: an administrator creates accounts."""
        return False
