"""The trail's filter by days, to the edges of the calendar."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts import audit
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("0001-01-01", "9999-12-31", True),
        ("9999-12-31", "9999-12-31", False),
        ("0001-01-01", "0001-01-01", False),
        ("2025-05-21", "2025-05-21", True),  # 16.30 UTC is already the 21st in Asia/Makassar
        ("2025-05-20", "2025-05-20", False),
        ("2025-05-22", "", False),
    ],
)
def test_trail_is_cut_down_to_days_of_the_portals_zone(client, start, end, shown):
    admin = make_user("ADMIN")
    audit.record(action="user.created", subject="user:987654", by=admin, at=datetime(2025, 5, 20, 16, 30, tzinfo=UTC))
    client.force_login(admin)

    page = client.get(reverse("accounts:audit"), {"start": start, "end": end})

    assert (page.status_code, "987654" in page.content.decode()) == (200, shown)
