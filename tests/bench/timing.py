"""How cost is measured: works in turn, again and again, medians of CPU time, because a shared machine's clock lies."""

import gc
import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Median seconds per call: CPU of this process, CPU of its database process, and the clock on the wall."""

    app: float
    db: float
    wall: float

    @property
    def cpu(self):
        """Both processes together."""
        return self.app + self.db


def in_turn(works, *, rounds, calls=1, before=None):
    """Median cost of each work (name -> function): one round of each after the other, so that noise meets all alike."""
    backend = backend_pid()
    found = {name: [] for name in works}
    for name, work in works.items():
        prepare(before, name)
        work()
    gc.collect()
    for _ in range(rounds):
        for name, work in works.items():
            prepare(before, name)
            gc.disable()
            found[name].append(_once(work, calls, backend))
            gc.enable()
    return {name: Cost(*map(statistics.median, zip(*costs, strict=True))) for name, costs in found.items()}


def prepare(before, name):
    """What must happen before a work and is not counted."""
    if before and name in before:
        before[name]()


def _once(work, calls, backend):
    app, db, wall = time.process_time(), backend_seconds(backend), time.perf_counter()
    for _ in range(calls):
        work()
    spent = time.process_time() - app, backend_seconds(backend) - db, time.perf_counter() - wall
    return [each / calls for each in spent]


def backend_pid():
    """The database process that serves this one; 0 where the database lives inside this process."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def backend_seconds(pid):
    """CPU seconds of one single-threaded process, to the nanosecond."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9 if pid else 0.0


def stat(pid):
    """Parent, process group, own CPU seconds and those of ended children, of any process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    own, children = (sum(map(int, fields[at : at + 2])) / TICKS for at in (11, 13))
    return int(fields[1]), int(fields[2]), own, children


def seconds_of(*, group=0, parent=0):
    """CPU seconds so far of a process group, or of a parent and all its children, ended ones too."""
    spent = 0.0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            mother, leader, own, children = stat(entry.name)
        except OSError:  # ended while we looked
            continue
        if group and leader == group or parent and mother == parent:
            spent += own
        if parent and int(entry.name) == parent:
            spent += own + children
    return spent


def statements(work):
    """How many statements a work sends, those that begin and end transactions left out."""
    with CaptureQueriesContext(connection) as captured:
        work()
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not query["sql"].startswith(control) for query in captured.captured_queries)
