"""Parts on disk: appended under a lock, flushed before they are counted, gone with their upload.

The row's `received` is the truth; what lies beyond it in the file was never acknowledged and is written over.
"""

import errno
import fcntl
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage

from evaluations.evidence import storing
from evaluations.evidence.arrivals.sentences import ArrivalRefused

PART = 1024 * 1024  # the largest part, and what an interruption can cost
PATIENCE_SECONDS = 5.0
FOLDER = "arriving"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CHUNK = 256 * 1024


def new_name() -> str:
    """A storage name of our own; nothing a person says becomes part of a path."""
    return f"{FOLDER}/{uuid.uuid4().hex}"


@contextmanager
def held(name: str) -> Iterator[int]:
    """The file, for this process alone, as a descriptor. Raises `ArrivalRefused` when somebody else keeps it."""
    path = _path(name)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, storing.MODE)
    try:
        _lock(handle)
        yield handle
    finally:
        os.close(handle)


def append(handle: int, offset: int, content: bytes | bytearray) -> None:
    """Write one part at its place and flush it to the disk. Raises `ArrivalRefused`; then nothing is left of it."""
    try:
        os.ftruncate(handle, offset)
        written, whole = 0, memoryview(content)
        while written < len(content):
            written += os.pwrite(handle, whole[written:], offset + written)
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        os.ftruncate(handle, offset)
        raise ArrivalRefused("no_space") from error


def fingerprint(name: str) -> str:
    """SHA-256 of what lies there."""
    with _path(name).open("rb") as file:
        digest = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def require_room(size: int) -> None:
    """Refuse what would not fit beside the reserve. Raises `ArrivalRefused`."""
    if shutil.disk_usage(_path("").parent).free < storing.RESERVE + size:
        raise ArrivalRefused("no_space")


def remove(name: str) -> None:
    """Give the bytes up."""
    _path(name).unlink(missing_ok=True)


def adopt(path: Path, name: str) -> None:
    """Take a file that has arrived elsewhere on the same disk."""
    os.replace(path, _path(name))


def strays(before: float) -> list[Path]:
    """Files of arrivals, and of uploads that died on their way, that nobody has touched since a moment (epoch)."""
    folders = [_path("").parent, Path(default_storage.path("incoming"))]
    found = [file for folder in folders if folder.is_dir() for file in folder.iterdir() if file.is_file()]
    return [file for file in found if file.stat().st_mtime < before]


def _path(name: str) -> Path:
    folder = Path(default_storage.path(FOLDER))
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    return folder / Path(name or "-").name


def _lock(handle: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise ArrivalRefused("busy") from None
            time.sleep(0.05)
        else:
            return
