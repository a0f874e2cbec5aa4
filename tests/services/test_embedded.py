"""`make run` after its set-up: the embedded portal in the foreground, as a person starts, uses and stops it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

from scripts.with_services import free_port
from tests.faults.person import Person

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The environment of a portal that was prepared once, with its demo."""
    var = tmp_path_factory.mktemp("portal")
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    told = kept | {
        "KLA_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "kla_portal.settings",
        "PORT": str(free_port()),
        "HOST": "127.0.0.1",
    }
    assert "Mengisi data demo" in manage(told, "prepare")
    return told


def manage(told, *arguments):
    """One command to its end."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], env=told, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def portal(told):
    """Started, and what it printed until it was ready."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "portal"],
        env=told,
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    process.said = ""
    while "Berhenti: Ctrl-C" not in process.said:
        line = process.stdout.readline()
        assert line, process.said
        process.said += line
    yield process
    if process.poll() is None:
        process.terminate()
        process.communicate(timeout=30)


def children(process):
    """Process ids of web server and relay, in this order."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
    return [int(pid) for pid in found.stdout.split()]


def test_portal_says_where_it_is_and_who_may_log_in(portal, told):
    person = Person(told["PORT"])

    status, _, page = person.ask("/akun/masuk/")

    assert f"http://localhost:{told['PORT']}/" in portal.said
    for role in ("Operator", "Staf perangkat daerah", "Penelaah internal", "Verifikator", "Pimpinan", "Administrator"):
        assert role in portal.said
    assert (status, 'name="password"' in page) == (200, True)


def test_printed_account_and_password_open_the_portal(portal, told):
    password = re.search(r"kata sandi (\S+)", portal.said)[1]
    person = Person(told["PORT"])

    _, _, page = person.ask("/akun/masuk/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    person.ask("/akun/masuk/", {"login": "admin", "password": password, "csrfmiddlewaretoken": token})

    assert person.ask("/pekerjaan/")[0] == 200


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_stop_is_clean_and_leaves_nobody_behind(portal, told, sign):
    parts = children(portal)

    portal.send_signal(sign)
    said, _ = portal.communicate(timeout=30)

    assert (portal.returncode, said) == (0, "\nPortal berhenti. Data tetap tersimpan di var/.\n")
    assert [pid for pid in parts if os.path.exists(f"/proc/{pid}")] == []


@pytest.mark.parametrize(("part", "name"), [(0, "Server web"), (1, "Pelaksana pekerjaan")])
def test_part_that_dies_stops_the_other_with_one_line(portal, part, name):
    parts = children(portal)

    os.kill(parts[part], signal.SIGKILL)
    said, _ = portal.communicate(timeout=30)

    assert (portal.returncode, said) == (1, f"{name} berhenti sendiri; portal dihentikan. Lihat pesan di atas.\n")
    assert [pid for pid in parts if os.path.exists(f"/proc/{pid}")] == []


def test_second_preparation_has_nothing_to_do_and_is_quick(told):
    began = time.monotonic()

    assert manage(told, "prepare") == ""
    assert time.monotonic() - began < 10


def test_used_port_gives_one_line_before_anything_is_started(told):
    with socket.create_server(("127.0.0.1", int(told["PORT"]))):
        for command in (["manage.py", "portal"], ["kla_portal/ports.py", told["HOST"], told["PORT"]]):
            done = subprocess.run(
                [sys.executable, *command], env=told, cwd=settings.BASE_DIR, capture_output=True, text=True
            )
            assert (done.returncode, done.stdout) == (1, "")
            assert re.fullmatch(rf"Port {told['PORT']} sedang dipakai. Pilih yang lain, .*PORT=\d+\n", done.stderr)
