"""Files that were handed in, kept as they came: `imports/ab/<sha256>`, never overwritten, never deleted."""

import os
from pathlib import Path

from django.core.files.storage import default_storage

from evaluations.evidence.storing import Incoming

_MODE = 0o640


def keep(incoming: Incoming) -> str:
    """Move an arrived file to its place and return the storage name; one that is there already stays."""
    name = f"imports/{incoming.sha256[:2]}/{incoming.sha256}"
    target = Path(default_storage.path(name))
    if not target.is_file():
        target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        os.chmod(incoming.path, _MODE)
        os.replace(incoming.path, target)
    return name
