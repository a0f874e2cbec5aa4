"""The last hour before the deadline: everybody of the country at once, nine saves to one page, real web processes.

Every person has a session of their own and saves answers of the own region; a ledger of what the portal has
acknowledged is compared with the database afterwards.
"""

import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.middleware import WRITE_EVERY
from accounts.models import User
from accounts.sessions import SessionStore
from clusters.catalogue import catalogue_of
from evaluations.models import Answer, Evaluation
from scripts.with_services import free_port
from tests.bench.table import Fact

PEOPLE = 2570  # five in each of the country's 514 regions
THINK, SECONDS, SAVES_OF_TEN = 20.0, 40.0, 9
BOUND = 0.5  # seconds in which 95 of 100 saves are answered
TOKEN = "a" * 32  # the same secret in cookie and header: what the check compares


@dataclass
class Person:
    """Somebody with a session, the answers that are theirs alone, and what the portal has acknowledged."""

    cookie: str
    evaluation: int
    answers: list  # [pk, code, options, version]
    turn: int = 0
    acknowledged: dict = field(default_factory=dict)  # answer pk -> (version, option)


@dataclass
class Log:
    """What came of all requests of one kind."""

    seconds: list = field(default_factory=list)
    statuses: dict = field(default_factory=dict)

    def note(self, status, seconds):
        """One request."""
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.seconds.append(seconds)

    def at(self, share):
        """The time in which `share` of the requests were answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def measure(world):
    """Facts of two runs: as many people as the country has, and twice as much haste."""
    people, port = _people(), free_port()
    connection.close()
    server = _start(port)
    try:
        asyncio.run(_warm(people, port))
        calm = _run(people, port, THINK)
        haste = _run(people, port, THINK / 2)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
    return [], [_fact(people, *calm), _fact(people, *haste, in_haste=True)]


def _fact(people, saves, pages, *, in_haste=False):
    """With twice the haste the two cores cannot follow: then nothing may fail or be lost, however long it takes."""
    wrong = {status: count for status, count in saves.statuses.items() if status != 200}
    lost = _lost(people)
    value = (
        f"{len(saves.seconds)} saves, p50 {saves.at(0.5) * 1000:.0f} ms, p95 {saves.at(0.95) * 1000:.0f} ms, p99 "
        f"{saves.at(0.99) * 1000:.0f} ms, errors {wrong or 0}, acknowledged and lost {lost}; pages "
        f"{pages.statuses.get(200, 0)} shown, {pages.statuses.get(503, 0)} shed, p95 {pages.at(0.95) * 1000:.0f} ms"
    )
    odd = {status for status in pages.statuses if status not in (200, 503)}
    holds = not wrong and not lost and not odd and (in_haste or saves.at(0.95) <= BOUND)
    asked = "twice the haste: no error, nothing lost" if in_haste else f"p95 of saves at most {BOUND} s"
    return Fact(f"last hour, {len(people)} people: {asked}", value, holds)


def _people():
    """Everybody, shared out to the regions that are still answering; so are the questions: nobody meets a conflict."""
    still_open = {"cycle__windows__stage": "EM", "cycle__windows__closes_at__gt": timezone.now()}
    cases = list(
        Evaluation.objects.filter(submitted_at=None, **still_open)
        .select_related("cycle__instrument", "region")
        .order_by("pk")
    )
    User.objects.bulk_create(
        [
            User(username=f"rame.{case.region.code}.{number}", role="OPERATOR", region=case.region, password="!")
            for case, many in _crowded(cases)
            for number in range(many)
        ],
        ignore_conflicts=True,
    )
    cookies = _sessions(list(User.objects.filter(username__startswith="rame.")))
    return [
        Person(cookies[f"rame.{case.region.code}.{number}"], case.pk, shares[number])
        for case, many in _crowded(cases)
        for shares in [_shares(case, many)]
        for number in range(many)
    ]


def _crowded(cases):
    """(evaluation, how many people): some regions have one more than others."""
    few, more = divmod(PEOPLE, len(cases))
    return [(case, few + (place < more)) for place, case in enumerate(cases)]


def _shares(case, many):
    """Answers by option, dealt out to the people of a region."""
    entries = catalogue_of(case.cycle.instrument).by_pk
    answers = Answer.objects.filter(evaluation=case).order_by("pk")
    rows = [
        [pk, entries[question].question.code, [option.pk for option in entries[question].options], version]
        for pk, question, version in answers.values_list("pk", "question_id", "version")
        if not entries[question].question.option_follows_measure
    ]
    return [rows[number::many] for number in range(many)]


def _sessions(users):
    """A session row per person; hashing passwords of thousands is not what is measured."""
    store, now, rows, cookies = SessionStore(), int(time.time()), [], {}
    for user in users:
        key = f"{user.pk:032d}"
        active = now - user.pk % WRITE_EVERY  # some are due to be noted, as at any time
        said = {
            SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(), "started_at": now, "active_at": active,
        }  # fmt: skip
        expires = timezone.now() + timedelta(hours=12)
        rows.append(Session(session_key=key, session_data=store.encode(said), expire_date=expires))
        cookies[user.username] = f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    Session.objects.bulk_create(rows)
    return cookies


def _start(port):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "PORT": str(port), "HOST": "127.0.0.1", "WEB_WORKERS": "2",
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


async def _warm(people, port):
    """A server in its last hour has been running for weeks: every process has its templates and plans."""
    dice = random.Random(7)
    for person in people[:100]:
        await _save(person, port, dice)
        await _page(person, port)


def _run(people, port, think):
    logs, dice = {"save": Log(), "page": Log()}, random.Random(42)
    asyncio.run(_everybody(people, port, think, logs, dice))
    return logs["save"], logs["page"]


async def _everybody(people, port, think, logs, dice):
    end = time.perf_counter() + SECONDS
    await asyncio.gather(*(_one(person, port, think, end, logs, dice) for person in people))


async def _one(person, port, think, end, logs, dice):
    await asyncio.sleep(dice.random() * think)
    while time.perf_counter() < end:
        kind = "save" if dice.random() * 10 < SAVES_OF_TEN else "page"
        began = time.perf_counter()
        try:
            status = await asyncio.wait_for(_save(person, port, dice) if kind == "save" else _page(person, port), 30)
        except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
            status = type(error).__name__
        logs[kind].note(status, time.perf_counter() - began)
        await asyncio.sleep(min(dice.expovariate(1 / think), max(0.0, end - time.perf_counter())))


async def _save(person, port, dice):
    row = person.answers[person.turn % len(person.answers)]
    person.turn += 1
    pk, code, options, version = row
    option = dice.choice(options)
    body = urlencode({"tampilan": "baris", "option": option, "version": version})
    address = f"/evaluasi/{person.evaluation}/pertanyaan/{code}/simpan/"
    status, answer = await _ask(person, port, "POST", address, body)
    if status == 200 and "Tersimpan" in answer:
        row[3] = version + 1
        person.acknowledged[pk] = (version + 1, option)
    return status


async def _page(person, port):
    status, _ = await _ask(person, port, "GET", f"/evaluasi/{person.evaluation}/klaster/K/", "")
    return status


async def _ask(person, port, method, address, body):
    """One request on a connection of its own, as browsers behind many offices make them."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        kind = "HX-Request: true" if body else "Accept: text/html"
        lines = [
            f"{method} {address} HTTP/1.1", "Host: localhost", "Connection: close", f"Cookie: {person.cookie}",
            f"X-CSRFToken: {TOKEN}", kind, "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}", "", body,
        ]  # fmt: skip
        writer.write("\r\n".join(lines).encode())
        answer = (await reader.read(-1)).decode(errors="replace")
    finally:
        writer.close()
    found = re.match(r"HTTP/1\.\d (\d{3})", answer)
    return (int(found[1]) if found else "cut"), answer


def _lost(people):
    """Acknowledged saves of which the database knows nothing: an older version, or the same with another option."""
    wanted = {pk: said for person in people for pk, said in person.acknowledged.items()}
    rows = Answer.objects.filter(pk__in=list(wanted)).values_list("pk", "version", "option_id")
    stored = {pk: (version, option) for pk, version, option in rows}
    return sum(
        stored[pk][0] < version or (stored[pk][0] == version and stored[pk][1] != option)
        for pk, (version, option) in wanted.items()
    )
