"""How often a network may ask for codes: so many in a minute, then it waits; nobody is locked, nothing is written."""

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 60  # seconds
IPV6_NETWORK = 64  # bits: one line at home has them all


def is_too_often(request: HttpRequest) -> bool:
    """Count one question of the request's network; the log-in's own rule says which address that is."""
    place = _network(get_adapter().get_client_ip(request))
    key = f"paper-checks:{place}:{int(time.time()) // WINDOW}"
    if cache.add(key, 1, timeout=WINDOW):
        return False
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out in between: a new minute
        return False
    return bool(count > settings.PAPER_CHECKS_PER_MINUTE)


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((found, IPV6_NETWORK), strict=False).network_address).replace(":", "-")
    return str(found)
