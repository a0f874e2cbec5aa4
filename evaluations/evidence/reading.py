"""Reading a file for its text and facts: by the limited child, in the worker; what a stranger wrote stays data."""

from datetime import datetime
from typing import Any

from django.db import transaction

from evaluations.evidence import limited, scrutiny, storing, suggestions
from evaluations.evidence.parsers.kinds import PICTURES
from evaluations.evidence.settling import settle_warnings
from evaluations.models import Evidence, EvidenceText


def read(evidence: Evidence, *, at: datetime) -> None:
    """Read it once more and store what was found; safe to repeat. Raises `FileNotFoundError`."""
    source = storing.path_of(evidence.stored_as)
    if not source.is_file():
        raise FileNotFoundError(evidence.stored_as)
    try:
        facts = limited.run("read", str(source), evidence.media_type, limits=limited.READING)
    except limited.ChildRefused:
        facts = {"text": ""}  # let in by the check, too heavy to read: it stays without facts and so without doubts
    text = facts.pop("text")
    with transaction.atomic():
        EvidenceText.objects.update_or_create(
            evidence=evidence,
            defaults={
                "text": text,
                "facts": {**facts, "says_more": scrutiny.speaks_of_more(text)},
                "suggestions": _guessed(evidence, text, facts),
                "read_at": at,
            },
        )
        settle_warnings(evidence.pk, at=at)


def _guessed(evidence: Evidence, text: str, facts: dict[str, Any]) -> dict[str, Any]:
    name = evidence.file_name.rpartition(".")[0]
    is_picture = evidence.media_type in PICTURES
    return suggestions.guess(name, text, taken=facts.get("taken", ""), is_picture=is_picture).plain()
