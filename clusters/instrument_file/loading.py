"""The one door for instrument files: read, check, add up, store."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.db import transaction

from clusters.instrument_file.checking import check
from clusters.instrument_file.content import Content
from clusters.instrument_file.faults import Faults
from clusters.instrument_file.reading import read
from clusters.instrument_file.storing import is_used, store
from clusters.instrument_file.sums import check_sums
from clusters.models import Instrument


class Outcome(StrEnum):
    """What loading did to the database."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What the file holds and what became of it."""

    instrument: Instrument
    outcome: Outcome
    clusters: int
    indicators: int
    questions: int
    remarks: list[str]


def load(path: str | Path, *, at: datetime) -> LoadReport:
    """Load an instrument file. Raises `FileRefused`, and then nothing is written.

    The same content again changes nothing, not even `loaded_at`; other content for a code in use is refused.
    """
    content = check(read(Path(path)))
    remarks = check_sums(content)
    instrument, outcome = _keep(content, remarks, at)
    return LoadReport(
        instrument=instrument,
        outcome=outcome,
        clusters=len(content.clusters),
        indicators=len(content.indicators),
        questions=len(content.questions),
        remarks=remarks,
    )


@transaction.atomic
def _keep(content: Content, remarks: list[str], at: datetime) -> tuple[Instrument, Outcome]:
    known = Instrument.objects.select_for_update().filter(code=content.code).first()
    if known is None:
        return store(content, remarks, None, at), Outcome.LOADED
    if known.fingerprint == content.fingerprint:
        return known, Outcome.UNCHANGED
    if is_used(known):
        faults = Faults()
        faults.add(
            content.line,
            f"Instrumen “{content.code}” sudah dipakai evaluasi dan tidak dapat diubah; beri instrumen ini kode baru.",
        )
        faults.refuse_if_any()
    return store(content, remarks, known, at), Outcome.REPLACED
