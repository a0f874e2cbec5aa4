"""A recap of the national application, brought in on the web: what it says, what it would change, writing it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from evaluations import recap_file, recap_import, recap_rows
from evaluations.actions.sending import AlreadySubmitted
from evaluations.evidence import storing
from evaluations.models import Evaluation, Import
from evaluations.recap_file import RecapLine
from evaluations.recap_import import RecapChange, Sums
from evaluations.recap_rows import Recap
from evaluations.workbooks.actions import decide, held, keep_preview, still_waiting
from evaluations.workbooks.refusals import Moved


@dataclass(frozen=True, slots=True)
class Preview:
    """A recap beside the portal: sums and where they disagree, answers that would change."""

    recap: Recap
    sums: Sums
    changes: tuple[RecapChange, ...]
    ticked: tuple[RecapChange, ...] = ()  # other points than the tick sheets give: refused

    @property
    def given(self) -> int:
        """Questions with points."""
        return sum(row.points is not None for row in self.recap.rows)

    @property
    def seal(self) -> str:
        """Short for: these changes, on these versions."""
        said = [f"{each.answer.pk}:{each.answer.version}:{each.claim.points}" for each in self.changes]
        return hashlib.sha256(" ".join(said).encode()).hexdigest()[:32]


def receive(*, evaluation: Evaluation, upload: "File[Any]", by: User, at: datetime) -> Import:
    """Read a recap and keep it as a preview.

    Raises `SpreadsheetRefused`, `RecapRefused` with all faults, `EvidenceRefused` (a full disk) or `AlreadySubmitted`.
    """
    if evaluation.is_submitted:
        raise AlreadySubmitted
    with storing.received(upload) as incoming:
        lines = recap_file.read_any(incoming.path)
        recap_rows.understand(lines, evaluation.cycle.instrument)
        rows = [[each.line, each.label, each.maximum, each.points, each.is_formula] for each in lines]
        return keep_preview(
            evaluation=evaluation, kind=Import.Kind.RECAP, incoming=incoming, name=upload.name or "", rows=rows,
            remarks=[], by=by, at=at, extension=recap_file.extension_of(incoming.path),
        )  # fmt: skip


def preview_of(found: Import) -> Preview:
    """The recap beside the portal as it stands. Raises `RecapRefused` when the instrument has changed since."""
    instrument = found.evaluation.cycle.instrument
    recap = recap_rows.understand([RecapLine(*row) for row in found.rows], instrument)
    found_differences = recap_import.differences_of(found.evaluation, recap.rows, found.file_name)
    changes = tuple(each for each in found_differences if not each.is_ticked)
    ticked = tuple(each for each in found_differences if each.is_ticked)
    return Preview(recap, recap_import.sums_of(recap, instrument), changes, ticked)


@transaction.atomic
def confirm(*, found: Import, seal: str, in_time_only: bool, by: User, at: datetime) -> Import:
    """Write what the preview shows, all of it or nothing, once however often it is asked for.

    `in_time_only`: the window of the stage binds this person; a request that waits for the leader binds everybody.
    Raises `AlreadySubmitted`, `windows.WindowClosed`, `ImportClosed`, `RecapRefused`, or `Moved` when answers have
    changed since the preview.
    """
    evaluation = held(found.evaluation_id, in_time_only=in_time_only, at=at)
    found = still_waiting(found, at)
    if found.state == Import.State.CONFIRMED:
        return found
    preview = preview_of(found)
    if preview.seal != seal:
        raise Moved
    counts = {"ROWS": preview.given, "WRITTEN": len(preview.changes)}
    decided = decide(found, Import.State.CONFIRMED, counts, by, at)
    if preview.changes:
        recap_import.write_changes(evaluation, preview.changes, preview.recap.rows, found.file_name, by, at)
    return decided
