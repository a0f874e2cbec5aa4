"""Memory of the web server while 20 files of 20 MB arrive at once, in parts."""

import os
import signal

from django.db import connection
from django.urls import reverse

from scripts.with_services import free_port
from tests.bench.saves import Browser, start_server
from tests.bench.table import Fact
from tests.faults import flood
from tests.faults.sending import Sender


def measure(world):
    """The peak beside what was there before, as a ratio, and beside the bytes that came in."""
    port = free_port()
    page = reverse("evaluations:library", args=[world.empty.pk])
    connection.close()
    server = start_server(port)
    try:
        senders = [_sender(port, world.saver, page) for _ in range(flood.UPLOADS)]
        flood.bring_all(senders, world.empty, size=100_000)
        with flood.watched(server.pid) as memory:
            flood.bring_all(senders, world.empty)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
    growth = memory.peak - memory.before
    came = flood.UPLOADS * flood.SIZE
    words = f"{memory.peak / memory.before:.2f}x of before, {growth / came:.3f} of the bytes that came in"
    return [], [Fact("memory of the web server, 20 uploads of 20 MB at once", words, growth <= flood.MOST_GROWTH)]


def _sender(port, user, page):
    headers = Browser(port, user, page).headers
    return Sender(port, {"Host": "localhost", "Cookie": headers["Cookie"], "X-CSRFToken": headers["X-CSRFToken"]})
