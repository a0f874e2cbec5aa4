"""The request of somebody who is logged in, for types; where a request comes from, for the trail."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class UserRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User
    htmx: HtmxDetails


def address_of(request: HttpRequest) -> str:
    """The requester's network address; what a browser claims about it counts only behind proxies of our own."""
    return str(get_adapter().get_client_ip(request))
