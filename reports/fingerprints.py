"""One sha256 over all a document says: its content, its letterhead and the form it is poured into."""

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from reports.letterheads import Masthead

FORM = 1  # raised when Excel or CSV get another shape; the printed form's own files are hashed


def fingerprint(kind: str, content: Any, masthead: Masthead) -> str:
    """Equal for equal content (a frozen dataclass), on every machine and in every year."""
    said = {
        "form": FORM,
        "print": print_version(),
        "kind": kind,
        "content": asdict(content),
        "masthead": asdict(masthead),
    }
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


@lru_cache(maxsize=1)
def print_version() -> str:
    """sha256 over the templates and the style sheet of the printed form."""
    folder = Path(settings.BASE_DIR) / "templates" / "reports" / "print"
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
