"""The embedded portal in the foreground: web server and relay side by side, one Ctrl-C ends both."""

import functools
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from jobs.carriers import die_with_parent
from kla_portal import demo, ports

PARTS = {"serve-web": "Server web", "serve-relay": "Pelaksana pekerjaan"}
STARTING_SECONDS = 60
STOPPING_SECONDS = 15


class Command(BaseCommand):
    help = "Menjalankan server web dan pelaksana pekerjaan di sini, sampai Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Host and port come from the environment too, so that `make run PORT=` needs no options."""
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Start, say where and who, watch, stop."""
        host, port = options["host"], options["port"]
        if settings.PRODUCTION:
            raise CommandError("Di produksi jalankan tiap bagian sendiri (docs/deployment.md).")
        if sentence := ports.complaint(host, port):
            sys.exit(sentence)
        stop = Stop()
        running = {name: _start(name, host, port) for name in PARTS}
        try:
            if _answers(host, port, running, stop):
                self.stdout.write(_welcome(port))
                self.stdout.flush()
            ended = _watch(running, stop)
        finally:
            _end(running)
        if ended:
            sys.exit(f"{PARTS[ended]} berhenti sendiri; portal dihentikan. Lihat pesan di atas.")
        self.stdout.write("\nPortal berhenti. Data tetap tersimpan di var/.")


class Stop:
    """Remembers that Ctrl-C or SIGTERM came; a second Ctrl-C changes nothing."""

    def __init__(self) -> None:
        self.asked = False
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._ask)

    def _ask(self, *_: object) -> None:
        self.asked = True


def _start(name: str, host: str, port: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"HOST": host, "PORT": port, "PYTHON": sys.executable, "WEB_LOG_LEVEL": "warning"}
    return subprocess.Popen(  # noqa: S603
        [str(settings.BASE_DIR / "scripts" / name)],
        env=environment,
        start_new_session=True,  # Ctrl-C is for this process alone, which ends the others in order
        preexec_fn=functools.partial(die_with_parent, signal.SIGTERM),
    )


def _answers(host: str, port: str, running: dict[str, subprocess.Popen[bytes]], stop: Stop) -> bool:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and not stop.asked and all(part.poll() is None for part in running.values()):
        try:
            with urllib.request.urlopen(f"http://{_reachable(host)}:{port}/sehat/", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "") else host  # noqa: S104


def _watch(running: dict[str, subprocess.Popen[bytes]], stop: Stop) -> str:
    """Wait; returns the part that ended by itself, or nothing when the stop was asked for."""
    while not stop.asked:
        for name, part in running.items():
            if part.poll() is not None:
                return name
        time.sleep(0.2)
    return ""


def _end(running: dict[str, subprocess.Popen[bytes]]) -> None:
    for part in running.values():
        if part.poll() is None:
            part.terminate()
    deadline = time.monotonic() + STOPPING_SECONDS
    for part in running.values():
        try:
            part.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(part.pid, signal.SIGKILL)
            part.wait()


def _welcome(port: str) -> str:
    lines = ["", f"  Portal KLA   http://localhost:{port}/", ""]
    if User.objects.filter(username__in=[account.username for account in demo.ACCOUNTS]).exists():
        lines.append(f"  Akun demo, kata sandi {demo.PASSWORD}")
        lines += [f"    {account.username:<20} {account.label:<24} {account.place}" for account in demo.ACCOUNTS]
        lines.append("")
    lines.append("  Berhenti: Ctrl-C")
    return "\n".join(lines)
