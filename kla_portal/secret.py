"""The key of an embedded portal: made once, kept beside its database, readable by its owner only."""

import contextlib
import os
import secrets
from pathlib import Path


def embedded_secret_key(var: Path) -> str:
    """Return the 64-character key in `var/secret_key`; two processes that start at once agree on one key."""
    var.mkdir(parents=True, exist_ok=True)
    path = var / "secret_key"
    if not path.exists():
        fresh = var / f"secret_key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # another process was first
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()
