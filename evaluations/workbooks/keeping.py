"""Files that were handed in, kept as they came: `imports/ab/<sha256>`, never overwritten, gone after their time."""

import os
from datetime import datetime
from pathlib import Path

from django.core.files.storage import default_storage

from evaluations.evidence.storing import Incoming

_MODE = 0o640


def keep(incoming: Incoming) -> str:
    """Move an arrived file to its place and return the storage name; one that is there already stays."""
    name = f"imports/{incoming.sha256[:2]}/{incoming.sha256}"
    target = Path(default_storage.path(name))
    if target.is_file():
        os.utime(target)  # somebody needs it again: whoever clears away leaves fresh files alone
    else:
        target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        os.chmod(incoming.path, _MODE)
        os.replace(incoming.path, target)
    return name


def remove(name: str, *, older_than: datetime) -> bool:
    """Delete a file unless it was handed in again since; whether it is gone."""
    path = Path(default_storage.path(name))
    try:
        if path.stat().st_mtime >= older_than.timestamp():
            return False
        path.unlink()
    except FileNotFoundError:
        return True
    return True
