"""Kinds of work that write down what they do, outside the portal, and misbehave on order. Loaded by drills only.

Each protected kind has a naive twin: the same work as a plain Celery message, without row, lease or counter.
"""

import os
import signal
import time
from pathlib import Path

from celery import shared_task

from jobs import kinds, tasks


def note(word, name):
    """One line of the ledger: appended in a single write, so that it survives the death of its writer."""
    with Path(os.environ["DRILL_LEDGER"]).open("a") as ledger:
        ledger.write(f"{word} {name} {os.getpid()}\n")


def slow(name, seconds):
    note("begin", name)
    time.sleep(seconds)
    note("end", name)


def poison(name):
    note("begin", name)
    os.kill(os.getpid(), signal.SIGKILL)


kinds.kind("drill.slow", sentence_on_failure="Latihan gagal.")(slow)
kinds.kind("drill.poison", sentence_on_failure="Berkas ini tidak dapat diolah.")(poison)


@shared_task(name="drill.early", acks_late=False)
def naive_early(name, seconds):
    """Acknowledged before it is done: gone with its process."""
    slow(name, seconds)


@shared_task(name="drill.late", acks_late=True, reject_on_worker_lost=True)
def naive_late(name, seconds):
    """Acknowledged afterwards: comes back when the visibility timeout has passed, which may take an hour."""
    slow(name, seconds)


@shared_task(name="drill.naive_poison", acks_late=True, reject_on_worker_lost=True)
def naive_poison(name):
    """Nobody counts: it comes back for ever."""
    poison(name)


class Deadly:
    """Stands in for the message that the relay is about to send, and kills the relay before or after."""

    def __init__(self, task, moment):
        self._task, self._moment = task, moment

    def apply_async(self, **options):
        if self._moment == "after":
            self._task.apply_async(**options)
        os.kill(os.getpid(), signal.SIGKILL)


if os.environ.get("DRILL_RELAY_DIES"):
    tasks.run = Deadly(tasks.run, os.environ["DRILL_RELAY_DIES"])
