"""Run a command with a PostgreSQL and a Redis of its own on free ports, and stop both afterwards whatever happens.

    python scripts/with_services.py COMMAND [ARGUMENT ...]

The command finds DATABASE_URL and REDIS_URL in its environment. Data live in a temporary folder that is removed.
"""

import glob
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

STARTING_SECONDS = 30
NOBODY = ("postgres", "nobody")  # PostgreSQL refuses to run as root


def main(command: list[str]) -> int:
    """The command's own exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="kla-services-"))
    try:
        folder.chmod(0o755)
        with postgres(folder / "postgres") as database, redis(folder / "redis") as queue:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": database, "REDIS_URL": queue}).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A cluster with the settings that production is told to use; yields its address. POSTGRES_FSYNC=off: for tests."""
    programs = _postgres_programs()
    port = free_port()
    folder.mkdir()
    as_nobody = _own(folder)
    data = folder / "data"
    _quietly(
        [*as_nobody, f"{programs}/initdb", "-D", data, "-U", "kla", "-A", "trust", "-E", "UTF8", "--locale=C"], folder
    )
    server = subprocess.Popen(
        [*as_nobody, f"{programs}/postgres", "-D", str(data), "-p", str(port), "-k", str(folder), "-h", "127.0.0.1"]
        + ["-c", "max_connections=100", "-c", "synchronous_commit=on", "-c", "logging_collector=off"]
        + ["-c", f"fsync={os.environ.get('POSTGRES_FSYNC', 'on')}"],
        stdout=(folder / "log").open("wb"),
        stderr=subprocess.STDOUT,
        cwd=folder,
        start_new_session=True,
    )
    ready = [f"{programs}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    try:
        _wait(lambda: subprocess.run(ready).returncode == 0, "PostgreSQL", folder / "log")
        _quietly([f"{programs}/createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "kla", "kla"], folder)
        yield f"postgres://kla@127.0.0.1:{port}/kla"
    finally:
        _stop(server, signal.SIGINT)  # "fast": do not wait for clients


@contextmanager
def redis(folder: Path, port: int = 0, password: str = "") -> Iterator[str]:
    """A Redis with a password, which keeps its data and evicts nothing; yields its address."""
    port, password = port or free_port(), password or secrets.token_hex(16)
    folder.mkdir(exist_ok=True)
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--requirepass", password]
        + ["--appendonly", "yes", "--maxmemory-policy", "noeviction", "--save", ""],
        stdout=(folder / "log").open("wb"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        _wait(lambda: _accepts(port), "Redis", folder / "log")
        yield f"redis://:{password}@127.0.0.1:{port}/0"
    finally:
        _stop(server, signal.SIGTERM)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _postgres_programs() -> str:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    initdb = found[-1] if found else shutil.which("initdb")
    if not initdb:
        sys.exit("PostgreSQL is missing: apt-get install -y postgresql")
    return str(Path(initdb).parent)


def _own(folder: Path) -> list[str]:
    """Root hands the folder to somebody who may run PostgreSQL, and runs it as them."""
    if os.geteuid() != 0:
        return []
    known = {entry.pw_name for entry in pwd.getpwall()}
    name = next(name for name in NOBODY if name in known)
    shutil.chown(folder, name)
    return ["runuser", "-u", name, "--"]


def _quietly(command: Sequence[str | Path], cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stdout}{done.stderr}")


def _wait(is_ready: Callable[[], bool], name: str, log: Path) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while not is_ready():
        if time.monotonic() > deadline:
            sys.exit(f"{name} did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


def _accepts(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
        return True
    return False


def _stop(server: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    """The whole group, because runuser stands between us and the server."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, sign)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
