"""R11: work that kills the process it runs in is tried three times, then stands before the administrator."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.faults.processes import promise, send, wait_until
from tests.jobs.factories import shape

pytestmark = pytest.mark.services
GIVEN_UP = ("FAILED", 3, 0, "Berkas ini tidak dapat diolah.")


def drill(portal, client):
    poison = promise("drill.poison", "poison")
    others = [promise("drill.slow", f"other{number}", seconds=0) for number in range(5)]
    portal.start("serve-relay")

    wait_until(lambda: shape(poison)[0] == "FAILED", "the poison is given up", 90)

    assert shape(poison) == GIVEN_UP
    assert len(portal.lines("begin", "poison")) == 3
    assert [shape(job)[0] for job in others] == ["DONE"] * 5
    client.force_login(User.objects.create(username="admin", role=User.Role.ADMIN))
    assert GIVEN_UP[3] in client.get(reverse("jobs:index")).content.decode()


def test_r11_poison_is_given_up_by_workers(portal, client):
    worker = portal.worker("score", "2")
    send(portal, "drill.naive_poison", name="endless")

    drill(portal, client)

    assert worker.poll() is None
    assert len(portal.lines("begin", "endless")) > 3  # the control: nobody counts, so it never ends


def test_r11_poison_is_given_up_by_the_relay_alone(embedded, client):
    drill(embedded, client)
