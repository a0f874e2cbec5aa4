"""The portal's real processes on the test's database: started by the very scripts that production runs."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from celery import Celery
from django.conf import settings
from django.db import connection
from django.utils import timezone

from scripts.with_services import free_port
from tests.jobs import factories

LEASE_SECONDS = 6  # production waits 45; the drills prove the mechanism, a quick test the arithmetic of 60 seconds


class Portal:
    """Knows how to start relay, workers and web server, and that all of them are gone afterwards."""

    python = sys.executable

    def __init__(self, folder, redis_url=""):
        self.folder, self.redis_url = Path(folder), redis_url
        self.ledger = self.folder / "ledger"
        self.ledger.touch()
        self._started = []

    def start(self, script, *arguments, **environment):
        """Start a script of `scripts/` in a process group of its own; its output goes to a file."""
        with (self.folder / f"{script}.log").open("ab") as log:
            process = subprocess.Popen(
                [str(settings.BASE_DIR / "scripts" / script), *arguments],
                env=self.environment() | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started.append(process)
        return process

    def environment(self):
        """What the processes are told: the test's database, a Redis, short leases, the drill's kinds."""
        return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | {
            "DJANGO_SETTINGS_MODULE": "kla_portal.settings",
            "PYTHON": self.python,
            "SECRET_KEY": settings.SECRET_KEY,
            "PYTHONPATH": str(settings.BASE_DIR),
            "DATABASE_URL": database_url(),
            "REDIS_URL": self.redis_url,
            "KLA_VAR": str(self.folder / "var"),
            "KLA_EXTRA_KINDS": "tests.faults.kinds",
            "DRILL_LEDGER": str(self.ledger),
            "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
            "JOB_HANDOVER_SECONDS": str(LEASE_SECONDS),
        }

    def worker(self, queues="score,report,scan,export", processes="2"):
        """A Celery worker that has said it is ready."""
        log = self.folder / "serve-worker.log"
        ready = log.read_text().count(" ready.") if log.exists() else 0
        process = self.start("serve-worker", queues, processes)
        wait_until(
            lambda: process.poll() is not None or log.read_text().count(" ready.") > ready, "the worker is ready"
        )
        assert process.poll() is None, log.read_text()[-2000:]
        return process

    def web(self, **environment):
        """A web server that answers; its port."""
        port = str(free_port())
        process = self.start("serve-web", HOST="127.0.0.1", PORT=port, **environment)
        check = [str(settings.BASE_DIR / "scripts" / "healthcheck"), "web"]
        told = self.environment() | {"PORT": port} | environment
        wait_until(
            lambda: process.poll() is not None or subprocess.run(check, env=told, capture_output=True).returncode == 0,
            "the web server is well",
        )
        assert process.poll() is None, (self.folder / "serve-web.log").read_text()[-2000:]
        return port

    def lines(self, word=None, key=None):
        """The ledger: (word, key, process id) of what was done, in order."""
        rows = [line.split() for line in self.ledger.read_text().splitlines()]
        return [(said, about, int(pid)) for said, about, pid in rows if word in (None, said) and key in (None, about)]

    def begun(self, key, times=1):
        """Wait until work on `key` has begun; the process id of the latest attempt."""
        wait_until(lambda: len(self.lines("begin", key)) >= times, f"{key} begins")
        return self.lines("begin", key)[-1][2]

    def stop(self):
        """Nothing that was started here stays behind."""
        for process in self._started:
            kill(process)


def promise(kind, key, **more):
    """A promise as of now; the drill's kinds are told their key as a name for the ledger."""
    return factories.promise(kind, key, at=timezone.now(), name=key, **more)


def send(portal, task, **arguments):
    """A bare message: what work looks like without a row."""
    transport = {"socket_timeout": 2, "socket_connect_timeout": 2}
    with Celery(broker=portal.redis_url, broker_transport_options=transport) as bare:
        bare.send_task(task, kwargs=arguments, queue="score", retry=False)


def database_url():
    """The address of the database this test uses, as the processes are told it."""
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{chosen['NAME']}"
    return f"postgres://{chosen['USER']}@{chosen['HOST']}:{chosen['PORT']}/{chosen['NAME']}"


def kill(process, sign=signal.SIGKILL):
    """The whole group at once, as a machine that loses power would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, sign)
    process.wait(20)


def wait_until(holds, what, seconds=60):
    """Ask ten times a second; the time it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, f"after {seconds} s still not: {what}"
        time.sleep(0.1)
    return time.monotonic() - began
