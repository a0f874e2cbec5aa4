"""Turn promises into work until told to stop."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs import daily, relay


class Command(BaseCommand):
    help = "Menjalankan pekerjaan yang dijanjikan: lewat Celery bila REDIS_URL diisi, selain itu di proses anak."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--once` for cron and for trying out."""
        parser.add_argument("--once", action="store_true", help="jalankan semua yang jatuh tempo di sini, lalu selesai")

    def handle(self, *args: Any, **options: Any) -> None:
        """SIGTERM and Ctrl-C end the round in hand, then stop."""
        if options["once"]:
            daily.promise_due(timezone.now())
            self.stdout.write(f"{relay.run_due(clock=timezone.now, heartbeat=True)} pekerjaan dijalankan")
            return
        stop = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())
        relay.work(clock=timezone.now, stop=stop)
