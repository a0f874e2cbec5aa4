"""Files on disk: written beside, flushed, renamed to their fingerprint; a row is written only after that.

`evidence/ab/<sha256>` is never overwritten and never deleted, `pages/ab/<sha256>/` can be drawn again at any time.
Another store (S3) needs `keep` and `opened` only.
"""

import errno
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage

from evaluations.evidence import checks
from evaluations.evidence.sentences import EvidenceRefused

RESERVE = 64 * 1024 * 1024  # bytes that stay free: the database lives on the same disk
MODE = 0o640
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that has arrived whole but belongs to no row yet."""

    path: Path
    sha256: str
    size: int


@contextmanager
def received(upload: "File[Any]") -> Iterator[Incoming]:
    """Stream an upload to `incoming/`; what nobody keeps is gone afterwards. Raises `EvidenceRefused`."""
    path = _folder("incoming") / uuid.uuid4().hex
    try:
        yield _written(upload, path)
    finally:
        path.unlink(missing_ok=True)


def keep(incoming: Incoming) -> str:
    """Rename to the fingerprint's place and return the storage name; a file that is there already stays."""
    name = f"evidence/{incoming.sha256[:2]}/{incoming.sha256}"
    target = Path(default_storage.path(name))
    if not (target.is_file() and target.stat().st_size == incoming.size):
        _folder(f"evidence/{incoming.sha256[:2]}")
        os.replace(incoming.path, target)
        _flush_folder(target.parent)
    return name


@contextmanager
def drawing_board() -> Iterator[Path]:
    """An empty folder for pictures, on the same disk, gone at the end."""
    board = _folder("incoming") / f"{uuid.uuid4().hex}.d"
    board.mkdir(mode=0o750)
    try:
        yield board
    finally:
        shutil.rmtree(board, ignore_errors=True)


def keep_picture(source: Path, name: str) -> None:
    """Move a drawn picture to its storage name; drawing again replaces it by the same picture."""
    _folder(str(Path(name).parent))
    os.chmod(source, MODE)
    os.replace(source, default_storage.path(name))


def opened(name: str) -> "File[Any]":
    """Open a stored file for reading. Raises `FileNotFoundError`."""
    return default_storage.open(name, "rb")


def path_of(name: str) -> Path:
    """Where a stored file lies, for the child process."""
    return Path(default_storage.path(name))


def _written(upload: "File[Any]", path: Path) -> Incoming:
    digest = hashlib.sha256()
    size = 0
    try:
        if shutil.disk_usage(path.parent).free < RESERVE:
            raise EvidenceRefused("no_space")
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE), "wb") as file:
            for chunk in upload.chunks():
                digest.update(chunk)
                size += len(chunk)
                checks.size(size)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno in _FULL:
            raise EvidenceRefused("no_space") from error
        raise
    return Incoming(path, digest.hexdigest(), size)


def _folder(name: str) -> Path:
    folder = Path(default_storage.path(name))
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    return folder


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
