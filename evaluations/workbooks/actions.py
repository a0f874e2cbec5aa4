"""Every write of workbooks: a file becomes a preview, a preview becomes answers, all of them or none."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts import audit
from accounts.models import Office, User
from clusters.catalogue import catalogue_of
from clusters.stages import Stage
from evaluations import tasks, windows
from evaluations.actions.many import Change, save_many
from evaluations.actions.sending import AlreadySubmitted
from evaluations.evidence import storing
from evaluations.evidence.names import harmless
from evaluations.evidence.storing import Incoming
from evaluations.models import Evaluation, Import
from evaluations.workbooks import keeping, reading
from evaluations.workbooks.comparing import Comparison, compare
from evaluations.workbooks.owners import office_of
from evaluations.workbooks.refusals import ImportClosed, Moved
from evaluations.workbooks.shape import MOST_COLUMNS, MOST_ROWS
from evaluations.workbooks.wishes import unpacked
from evaluations.worklist.telling import tell_leads
from kla_portal import spreadsheets

LASTS = timedelta(days=7)


def receive(*, evaluation: Evaluation, upload: "File[Any]", by: User, at: datetime) -> Import:
    """Read a workbook and keep it as a preview; the same file again leads to the same preview.

    Raises `SpreadsheetRefused`, `WorkbookRefused`, `EvidenceRefused` (a full disk) or `AlreadySubmitted`.
    """
    if evaluation.is_submitted:
        raise AlreadySubmitted
    with storing.received(upload) as incoming:
        sheets = spreadsheets.read(incoming.path, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
        office = office_of(reading.key_of(sheets), evaluation, by)
        book = reading.understand(sheets, catalogue_of(evaluation.cycle.instrument))
        rows = [wish.packed() for wish in book.wishes]
        return keep_preview(
            evaluation=evaluation, kind=Import.Kind.WORKBOOK, incoming=incoming, name=upload.name or "",
            rows=rows, remarks=list(book.remarks), office=office, by=by, at=at,
        )  # fmt: skip


def keep_preview(
    *,
    evaluation: Evaluation,
    kind: Import.Kind,
    incoming: Incoming,
    name: str,
    rows: list[Any],
    remarks: list[str],
    by: User,
    at: datetime,
    office: Office | None = None,
    extension: str = "xlsx",
) -> Import:
    """Keep the file and what it asks for; an earlier preview of the same person and kind gives way to it."""
    mine = Import.objects.waiting().filter(evaluation=evaluation, uploaded_by=by, kind=kind)
    same = mine.filter(sha256=incoming.sha256, expires_at__gt=at).order_by("-pk").first()
    if same is not None:
        return same
    stored_as = keeping.keep(incoming)
    with transaction.atomic():
        mine.filter(expires_at__lte=at).update(state=Import.State.EXPIRED)
        mine.update(state=Import.State.DISCARDED, decided_at=at, decided_by=by)
        found = Import.objects.create(
            evaluation=evaluation, kind=kind, office=office, file_name=harmless(name, extension),
            stored_as=stored_as, sha256=incoming.sha256, size=incoming.size, rows=rows, remarks=remarks,
            uploaded_at=at, uploaded_by=by, expires_at=at + LASTS,
        )  # fmt: skip
        record("import.uploaded", found, by, at, {"rows": len(rows), "sha256": found.sha256})
    return found


@transaction.atomic
def confirm(*, found: Import, seal: str, portal_loses: Collection[int], by: User, at: datetime) -> Import:
    """Write what the preview shows: all of it or nothing, once however often it is asked for.

    `seal` names what the person has seen, `portal_loses` the questions in whose conflicts the workbook wins. Raises
    `AlreadySubmitted`, `windows.WindowClosed`, `ImportClosed`, or `Moved` when answers have changed since.
    """
    evaluation = windows.locked_if_open(found.evaluation_id, Stage.EM, at)
    if evaluation.is_submitted:
        raise AlreadySubmitted
    found = still_waiting(found, at)
    if found.state == Import.State.CONFIRMED:
        return found
    comparison = compare_now(found, by)
    if comparison.seal != seal:
        raise Moved
    chosen = comparison.chosen(portal_loses)
    changes = [Change(row.standing.pk, row.claim, row.note) for row in chosen if row.standing is not None]
    save_many(changes, by=by, at=at)
    written = [each.answer_id for each in changes]
    tell_leads(evaluation=evaluation, answers=written, occasion=f"import:{found.pk}", by=by, at=at)
    notes = sum(row.is_note_only for row in chosen)
    counts = {**comparison.counts, "WRITTEN": len(changes), "NOTES": notes}
    decided = decide(found, Import.State.CONFIRMED, counts, by, at)
    if changes:
        tasks.promise_settlement(evaluation.pk, Stage.EM, at)
    return decided


@transaction.atomic
def discard(*, found: Import, by: User, at: datetime) -> Import:
    """Put a preview away; nothing of it is written. Raises `ImportClosed` when it was written already."""
    found = Import.objects.select_for_update().get(pk=found.pk)
    if found.state == Import.State.CONFIRMED:
        raise ImportClosed("Berkas ini sudah diterapkan, jadi tidak dapat dibuang lagi.")
    if found.is_waiting:
        found.state, found.decided_at, found.decided_by = Import.State.DISCARDED, at, by
        found.save(update_fields=["state", "decided_at", "decided_by"])
        record("import.discarded", found, by, at, {})
    return found


@transaction.atomic
def record_download(
    *, evaluation: Evaluation, office: Office | None, rows: int, by: User, at: datetime, address: str
) -> None:
    """Note who takes a workbook out of the portal."""
    audit.record(
        action="workbook.downloaded", subject=f"evaluation:{evaluation.pk}", by=by, at=at,
        region_id=evaluation.region_id,
        details={"office": office.code if office else "", "rows": rows, "address": address},
    )  # fmt: skip


@transaction.atomic
def record_recap_download(*, evaluation: Evaluation, form: str, by: User, at: datetime, address: str) -> None:
    """Note who takes the recap out of the portal."""
    audit.record(
        action="recap.downloaded", subject=f"evaluation:{evaluation.pk}", by=by, at=at,
        region_id=evaluation.region_id, details={"form": form, "address": address},
    )  # fmt: skip


@transaction.atomic
def record_file_download(*, found: Import, by: User, at: datetime, address: str) -> None:
    """Note who takes a file that was handed in."""
    record("import.downloaded", found, by, at, {"address": address})


def held(evaluation_id: int, *, in_time_only: bool, at: datetime) -> Evaluation:
    """The evaluation, locked, if answers can be written: `in_time_only` says whether the stage's window binds.

    A request that waits for the leader binds everybody. Raises `AlreadySubmitted` or `windows.WindowClosed`.
    """
    evaluation = Evaluation.objects.locked().get(pk=evaluation_id)
    if evaluation.is_submitted:
        raise AlreadySubmitted
    if evaluation.is_waiting:
        raise windows.AwaitingApproval
    if in_time_only:
        windows.require_open(evaluation, Stage.EM, at)
    return evaluation


def compare_now(found: Import, user: User) -> Comparison:
    """The file's rows beside the portal as it stands."""
    return compare([unpacked(row) for row in found.rows], found.evaluation, user)


def still_waiting(found: Import, at: datetime) -> Import:
    """The row, locked, as it stands: to be decided, or confirmed before. Raises `ImportClosed`."""
    locked = Import.objects.select_for_update(of=("self",)).select_related("evaluation__cycle__instrument")
    found = locked.get(pk=found.pk)
    state = found.state_at(at)
    if state == Import.State.DISCARDED:
        raise ImportClosed("Pratinjau ini sudah dibuang. Unggah berkasnya lagi.")
    if state == Import.State.EXPIRED:
        raise ImportClosed("Pratinjau ini sudah kedaluwarsa. Unggah berkasnya lagi.")
    return found


def decide(found: Import, state: Import.State, counts: dict[str, Any], by: User, at: datetime) -> Import:
    """Close the preview with what it came to, and record the act."""
    found.state, found.counts, found.decided_at, found.decided_by = state, counts, at, by
    found.save(update_fields=["state", "counts", "decided_at", "decided_by"])
    record("import.confirmed", found, by, at, {"counts": counts})
    return found


def record(action: str, found: Import, by: User, at: datetime, details: dict[str, Any]) -> None:
    """Note an act on a file in the region's trail."""
    audit.record(
        action=action, subject=f"import:{found.pk}", by=by, at=at, region_id=found.evaluation.region_id,
        details={"evaluation": found.evaluation_id, "kind": found.kind, **details},
    )  # fmt: skip
