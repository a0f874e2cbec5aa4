"""Whether a port is free, asked before anything is started. Needs nothing but Python: it also runs as a script."""

import socket
import sys


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now; a connection that is only closing does not count."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def complaint(host: str, port: str) -> str:
    """One line for people when the portal cannot be started there; empty when it can."""
    if not (port.isascii() and port.isdecimal()) or not 0 < int(port) < 65536:
        return f"PORT={port} bukan nomor port (1 sampai 65535)."
    if not is_free(host, int(port)):
        return f"Port {port} sedang dipakai. Pilih yang lain, misalnya: make run PORT={int(port) % 65000 + 1}"
    return ""


if __name__ == "__main__":
    sentence = complaint(sys.argv[1], sys.argv[2])
    if sentence:
        sys.exit(sentence)
