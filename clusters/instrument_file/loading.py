"""The one door for instrument files: read, check, add up, store."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.db import transaction

from clusters.instrument_file.amending import amend
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
    AMENDED = "amended"


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

    The same content again changes nothing, not even `loaded_at`. Of a code in use only columns and places may be
    added to; other content for it is refused.
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
    same = known.fingerprint == content.fingerprint
    if same and known.forms_fingerprint == content.forms_fingerprint:
        return known, Outcome.UNCHANGED
    if is_used(known):
        if same:
            return amend(content, known), Outcome.AMENDED
        faults = Faults()
        faults.add(
            content.line,
            f"Instrumen “{content.code}” sudah dipakai evaluasi dan tidak dapat diubah; beri instrumen ini kode baru.",
        )
        faults.refuse_if_any()
    return store(content, remarks, known, at), Outcome.REPLACED
