"""Row 2: one answer saved over HTTP against one bare UPDATE in the same gunicorn, with the same login."""

import os
import re
import signal
import statistics
import subprocess
import sys
import time
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.urls import reverse

from clusters.catalogue import catalogue_of
from evaluations.models import Answer
from scripts.with_services import free_port
from tests.bench import timing
from tests.bench.pages import client_of
from tests.bench.table import Fact, Row, shown

PEER = "63 statements, 0.17 s CPU (300 requirements)"
ROUNDS, CALLS = 7, 60
FORM = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}


class Browser:
    """One kept-alive connection with a session and its CSRF token."""

    def __init__(self, port, user, page):
        client = client_of(user)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(page).content.decode())[1]
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        self.headers = FORM | {"Cookie": cookies, "X-CSRFToken": token}
        self.connection, self.client, self.token = HTTPConnection("localhost", port), client, token

    def post(self, address, **fields):
        """The answer's body; anything but 200 ends the measurement."""
        self.connection.request("POST", address, urlencode(fields), self.headers)
        response = self.connection.getresponse()
        body = response.read().decode()
        assert response.status == 200, (response.status, body[:300])
        return body


class Answers:
    """Questions answered by choosing an option, each time another one, each save with the version it has seen."""

    def __init__(self, evaluation):
        entries = {e.question.pk: e for e in catalogue_of(evaluation.cycle.instrument).entries}
        plain = [a for a in Answer.objects.filter(evaluation=evaluation).order_by("question__position")
                 if not entries[a.question_id].question.option_follows_measure]  # fmt: skip
        self.seen = [[answer.pk, entries[answer.question_id], answer.version] for answer in plain[:40]]
        self.evaluation, self.turn = evaluation, 0

    def next(self):
        """(answer pk, address, option pk, version) of the next save."""
        row = self.seen[self.turn % len(self.seen)]
        options = row[1].options
        option = options[(self.turn // len(self.seen)) % len(options)]
        self.turn += 1
        row[2] += 1
        address = reverse("evaluations:save", args=[self.evaluation.pk, row[1].question.code])
        return row[0], address, option.pk, row[2] - 1


def measure(world):
    """The row over HTTP, and how many statements a save sends."""
    answers, port = Answers(world.empty), free_port()
    connection.close()
    server = start_server(port)
    try:
        browser = Browser(port, world.saver, reverse("evaluations:cluster", args=[world.empty.pk, "K"]))
        body = _save(browser, answers)
        assert body.count('id="nilai"') == body.count("Tersimpan") == 1
        cost = in_turn(browser, answers, server.pid, _save, _update)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
    count = timing.statements(lambda: _save_here(browser, answers))
    row = Row(
        "save one answer over HTTP, with history, audit and new totals", connection.vendor, "CPU server + database",
        cost["save"], cost["update"], 5, count, 12, PEER,
    )  # fmt: skip
    return [row], [Fact(f"save over HTTP, {connection.vendor}", f"{shown(cost['wall'])} on the wall")]


def start_server(port):
    """One gunicorn of one process on the benchmark's settings, when it answers."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "PORT": str(port), "HOST": "127.0.0.1", "WEB_WORKERS": "1",
        "WEB_LOG_LEVEL": "error", "PYTHON": sys.executable, "PYTHONPATH": str(settings.BASE_DIR),
    }  # fmt: skip
    server = subprocess.Popen([settings.BASE_DIR / "scripts" / "serve-web"], env=environment, start_new_session=True)
    for _ in range(300):
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).request("GET", reverse("health"))
            return server
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("gunicorn does not answer")


def _save(browser, answers):
    _, address, option, version = answers.next()
    return browser.post(address, tampilan="baris", option=option, version=version)


def _update(browser, answers):
    answer, _, option, version = answers.next()
    row = answers.seen[(answers.turn - 1) % len(answers.seen)]
    row[2] = version  # this save leaves the version alone
    return browser.post(reverse("limit_update", args=[answer]), tampilan="baris", option=option, version=version)


def _save_here(browser, answers):
    _, address, option, version = answers.next()
    fields = {"tampilan": "baris", "option": option, "version": version}
    response = browser.client.post(address, fields, headers={"HX-Request": "true"})
    assert response.status_code == 200


def in_turn(browser, answers, server, save, update):
    """Median CPU seconds per request of the server's process group and the whole of PostgreSQL."""
    postmaster = timing.stat(timing.backend_pid())[0] if connection.vendor == "postgresql" else 0
    for work in (save, update):  # first every answer gets an option, which the bare UPDATE then only changes
        for _ in range(CALLS):
            work(browser, answers)
    found, walls = {"save": [], "update": []}, []
    for _ in range(ROUNDS):
        for name, work in (("save", save), ("update", update)):
            began, wall = _spent(server, postmaster), time.perf_counter()
            for _ in range(CALLS):
                work(browser, answers)
            found[name].append((_spent(server, postmaster) - began) / CALLS)
            if name == "save":
                walls.append((time.perf_counter() - wall) / CALLS)
    return {name: statistics.median(each) for name, each in found.items()} | {"wall": statistics.median(walls)}


def _spent(server, postmaster):
    time.sleep(0.05)  # what the last request left to do
    return timing.seconds_of(group=server) + (timing.seconds_of(parent=postmaster) if postmaster else 0)
