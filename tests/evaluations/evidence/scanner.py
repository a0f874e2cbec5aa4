"""A scanner for tests: speaks clamd's INSTREAM and VERSION, knows one signature, can be told to fail."""

import socket
import socketserver
import struct
import threading
from contextlib import contextmanager

# The harmless test string of the trade, in two pieces so that no scanner stumbles over this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


class _Talk(socketserver.BaseRequestHandler):
    def handle(self):
        command = _until_nul(self.request)
        if command == b"zVERSION\0":
            self.request.sendall(b"ClamAV 1.0.7/27500/Mon May 19 08:00:00 2025\0")
            return
        body = b""
        while size := struct.unpack("!L", _exactly(self.request, 4))[0]:
            body += _exactly(self.request, size)
        self.server.scanned.append(len(body))
        said = self.server.said or (b"stream: Eicar-Signature FOUND" if EICAR in body else b"stream: OK")
        self.request.sendall(said + b"\0")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.scanned, self.said = [], b""


@contextmanager
def running():
    """A scanner at `address`; `scanned` holds the sizes of what it was shown, `said` what it answers to everything."""
    with _Server() as server:
        server.address = f"127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def nobody():
    """An address where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


def _until_nul(line):
    said = b""
    while not said.endswith(b"\0"):
        said += line.recv(1)
    return said


def _exactly(line, size):
    said = b""
    while len(said) < size and (more := line.recv(size - len(said))):
        said += more
    return said
