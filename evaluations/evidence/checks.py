"""What a file is and whether it is safe: asked of the limited child, answered in sentences."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from evaluations.evidence import limited
from evaluations.evidence.parsers.kinds import EXTENSIONS
from evaluations.evidence.sentences import REMARKS, EvidenceRefused


@dataclass(frozen=True, slots=True)
class Finding:
    """What the content turned out to be."""

    media_type: str
    extension: str
    page_count: int | None
    remarks: list[str]


def size(received: int) -> None:
    """Refuse what is empty or too large, by the bytes that really came. Raises `EvidenceRefused`."""
    if not received:
        raise EvidenceRefused("empty")
    if received > settings.EVIDENCE_MAX_BYTES:
        raise EvidenceRefused("too_large")


def inspect(path: Path) -> Finding:
    """Have the child look into the file. Raises `EvidenceRefused` with the reason."""
    try:
        found = limited.run("check", str(path), limits=limited.CHECKING)
    except limited.ChildRefused as refused:
        raise EvidenceRefused(refused.code) from refused
    media_type = found["media_type"]
    remarks = [REMARKS[code] for code in found["remarks"]]
    return Finding(media_type, EXTENSIONS[media_type], found["pages"], remarks)
