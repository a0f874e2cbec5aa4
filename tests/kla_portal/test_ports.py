"""A port that cannot be used is said in one line."""

import socket

import pytest

from kla_portal import ports
from scripts.with_services import free_port


@pytest.mark.parametrize("port", ["", "0", "65536", "delapan", "-1", "80 80", "\u0668\u0660"])
def test_complaint_about_what_is_no_port(port):
    assert ports.complaint("127.0.0.1", port) == f"PORT={port} bukan nomor port (1 sampai 65535)."


def test_complaint_about_a_used_port_and_none_about_a_free_one():
    port = free_port()

    with socket.create_server(("127.0.0.1", port)):
        used = ports.complaint("127.0.0.1", str(port))

    assert used == f"Port {port} sedang dipakai. Pilih yang lain, misalnya: make run PORT={port % 65000 + 1}"
    assert ports.complaint("127.0.0.1", str(port)) == ""
