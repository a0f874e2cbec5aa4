"""A small client of clamd: one file streamed over a socket, one word back; nothing of it touches a disk elsewhere."""

import socket
import struct
from pathlib import Path

from django.conf import settings

CHUNK = 128 * 1024
SECONDS = 30


class ScannerAway(Exception):
    """No answer, or none that says whether the file is clean."""


def is_on() -> bool:
    """Whether files are scanned at all."""
    return bool(settings.ANTIVIRUS != "off")


def signature_in(path: Path) -> str:
    """The name of what was found, empty for a clean file. Raises `ScannerAway` and `FileNotFoundError`."""
    with path.open("rb") as file, _connected() as line:
        try:
            line.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                line.sendall(struct.pack("!L", len(chunk)) + chunk)
            line.sendall(struct.pack("!L", 0))
            answer = _answer(line)
        except OSError as error:
            raise ScannerAway(str(error)) from error
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")[:100] or "?"
    raise ScannerAway(answer)


def version(seconds: float = 1) -> str:
    """What the scanner says of itself: "ClamAV 1.0.3/27000/Mon Nov 17 ...". Raises `ScannerAway`."""
    with _connected(seconds) as line:
        try:
            line.sendall(b"zVERSION\0")
            return _answer(line)[:100]
        except OSError as error:
            raise ScannerAway(str(error)) from error


def _connected(seconds: float = SECONDS) -> socket.socket:
    address = settings.CLAMD
    try:
        if address.startswith("unix:"):
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(seconds)
            line.connect(address.removeprefix("unix:"))
            return line
        host, _, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=seconds)
    except (OSError, ValueError) as error:
        raise ScannerAway(str(error)) from error


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and (more := line.recv(4096)) and len(said) < 4096:
        said += more
    return said.rstrip(b"\0\n").decode(errors="replace")
