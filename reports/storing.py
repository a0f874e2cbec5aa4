"""A document's file on disk: written beside, flushed, renamed; the row is marked only after that."""

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage

from reports.models import Document

MODE = 0o640


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is whole and in its place."""

    name: str
    sha256: str
    size: int


@contextmanager
def workbench(document: Document) -> Iterator[Path]:
    """A path of its own on the same disk for one attempt; what is left there afterwards is thrown away."""
    folder = Path(default_storage.path("documents/unfinished"))
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    path = folder / f"{document.pk}-{uuid.uuid4().hex}.{document.format}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def keep(path: Path, document: Document, fingerprint: str) -> Stored:
    """Flush and rename to the document's own place; a second attempt replaces the file by its equal."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    size = path.stat().st_size
    name = f"documents/{fingerprint[:2]}/{fingerprint}-{document.pk}.{document.format}"
    target = Path(default_storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    os.chmod(path, MODE)
    with path.open("rb") as written:
        os.fsync(written.fileno())
    os.replace(path, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return Stored(name, digest, size)


def is_there(document: Document) -> bool:
    """Whether the file of a ready document can be opened."""
    return document.is_ready and default_storage.exists(document.stored_as)
