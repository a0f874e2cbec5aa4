"""Twenty uploads of 20 MB at once: all arrive, and the web server's memory stays where it was."""

import pytest
from django.utils import timezone

from evaluations.models import Evidence
from tests import factories
from tests.faults import flood
from tests.faults.conftest import embedded  # noqa: F401
from tests.faults.person import Person
from tests.faults.sending import Sender

pytestmark = pytest.mark.services


def test_twenty_uploads_at_once_keep_memory_flat(embedded):  # noqa: F811
    evaluation = factories.make_evaluation(cycle=factories.make_cycle(open_at=timezone.now()))
    port = embedded.web()
    server = embedded._started[-1]
    people = [
        factories.make_user("OPERATOR", region=evaluation.region, username=f"op{n}") for n in range(flood.UPLOADS)
    ]
    senders = [Sender.behind(Person(port).logged_in_as(user), int(port)) for user in people]
    flood.bring_all(senders, evaluation, size=100_000)  # every thread has done everything once

    with flood.watched(server.pid) as memory:
        said = flood.bring_all(senders, evaluation)

    assert said == ["tersimpan di pustaka."] * flood.UPLOADS
    assert Evidence.objects.filter(size=flood.SIZE).count() == flood.UPLOADS
    assert memory.peak - memory.before <= flood.MOST_GROWTH, (memory.before, memory.peak)
