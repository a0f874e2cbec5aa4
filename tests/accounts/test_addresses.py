"""Where a request comes from: a browser's word about it counts only behind proxies of our own."""

import pytest
from django.test import RequestFactory

from accounts.http import address_of


@pytest.mark.parametrize(
    ("proxies", "claimed", "expected"),
    [
        (0, "", "10.0.0.9"),
        (0, "1.2.3.4", "10.0.0.9"),
        (1, "", "10.0.0.9"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
    ],
)
def test_address_is_the_one_our_own_proxies_saw(settings, proxies, claimed, expected):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": claimed} if claimed else {}

    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.9")

    assert address_of(request) == expected
