"""One real portal for all browser tests: prepared and started by the commands of `make run`."""

import os
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing, suppress
from pathlib import Path

from django.conf import settings

from kla_portal.demo import CYCLE
from scripts.with_services import free_port
from tests.faults.processes import wait_until

ROOT = Path(settings.BASE_DIR)
MORE_OPERATORS = {
    "63.01": "operator.laut",
    "63.04": "operator.kuala",
    "63.08": "operator.utara",
    "63.11": "operator.balangan",
}
MORE_STAFF = {"63.08": "staf.utara"}  # of the health office
PEOPLE = """
from django.utils import timezone
from accounts import actions
from accounts.models import Office, Region, User
from kla_portal.demo import PASSWORD
from jobs.models import Job
now, admin = timezone.now(), User.objects.get(username="admin")
Job.objects.filter(state="WAITING").update(due_at=now)
for code, username in {people!r}.items():
    post = actions.Post(role="OPERATOR", region=Region.objects.get(code=code), office=None, province=None)
    user = actions.create_user(username=username, name=username, post=post, by=admin, at=now)
    actions.set_password(user=user, password=PASSWORD, by=None, at=now)
for code, username in {staff!r}.items():
    region = Region.objects.get(code=code)
    office = Office.objects.get(region=region, code="dinkes")
    post = actions.Post(role="STAFF", region=region, office=office, province=None)
    user = actions.create_user(username=username, name=username, post=post, by=admin, at=now)
    actions.set_password(user=user, password=PASSWORD, by=None, at=now)
"""


class RunningPortal:
    """Web server and relay on a port and a folder of their own; knows what the database says."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._started = []

    def prepare(self):
        """Schema, static files, instrument, demo with its papers read and drawn; and people the demo leaves out."""
        self._run("prepare")
        self._run("shell", "-v", "0", "-c", PEOPLE.format(people=MORE_OPERATORS, staff=MORE_STAFF))
        self._run("relay", "--once")

    def start(self):
        """What `make run` leaves running."""
        self._spawn([sys.executable, "manage.py", "portal", "--port", str(self.port)], {})
        self._await_health(self.port)

    def web_again(self, **environment):
        """A second web server on the same data with other settings; its address."""
        port = free_port()
        self._spawn([str(ROOT / "scripts" / "serve-web")], {"HOST": "127.0.0.1", "PORT": str(port), **environment})
        self._await_health(port)
        return f"http://127.0.0.1:{port}"

    def stop(self):
        """Ctrl-C for each, and the whole group if that was not enough."""
        for process in self._started:
            process.terminate()
        for process in self._started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def rows(self, statement, *values):
        """What the database holds now, read without disturbing it."""
        with closing(sqlite3.connect(f"file:{self.folder / 'portal.sqlite3'}?mode=ro", uri=True, timeout=20)) as file:
            return file.execute(statement, values).fetchall()

    def one(self, statement, *values):
        """The first column of the only row."""
        ((found, *_),) = self.rows(statement, *values)
        return found

    def evaluation(self, region):
        """The key of a region's evaluation in the demo's cycle."""
        return self.one(
            "SELECT evaluation.id FROM evaluations_evaluation AS evaluation JOIN accounts_region AS region"
            " ON region.id = evaluation.region_id JOIN clusters_cycle AS cycle ON cycle.id = evaluation.cycle_id"
            " WHERE region.code = ? AND cycle.code = ?",
            region,
            CYCLE,
        )

    def until(self, statement, *values, what, seconds=60):
        """Wait until the query returns a row that is true."""
        wait_until(lambda: any(row[0] for row in self.rows(statement, *values)), what, seconds)

    def _environment(self):
        hidden = ("PYTHONDONTWRITEBYTECODE", "DATABASE_URL", "REDIS_URL", "DJANGO_ALLOW_ASYNC_UNSAFE", "STATIC_ROOT")
        kept = {name: value for name, value in os.environ.items() if name not in hidden}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "kla_portal.settings",
            "KLA_VAR": str(self.folder),
            "PYTHON": sys.executable,
            "WEB_LOG_LEVEL": "warning",
        }

    def _run(self, *command):
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self._environment(), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def _spawn(self, command, environment):
        with (self.folder / "browser-test.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment() | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started.append(process)

    def _await_health(self, port):
        wait_until(lambda: is_well(port), f"the portal answers on {port}", 90)


def is_well(port):
    """Whether the health page says so."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat/", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
