"""What a code says of its paper, and nothing else: no name, no region, no date."""

from enum import Enum

from reports import codes
from reports.models import Document


class Fate(Enum):
    """Genuine and current, genuine and superseded, or nothing that this portal has made."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


def fate_of(typed: str) -> Fate:
    """One query whatever was typed: what can be no code is asked for like one that is not there."""
    found = Document.objects.ready().with_fate().filter(code=codes.read(typed)).first()
    if found is None:
        return Fate.UNKNOWN
    return Fate.SUPERSEDED if getattr(found, "is_superseded", False) else Fate.CURRENT
