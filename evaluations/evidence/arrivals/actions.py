"""Every write of an upload that comes in parts: begin, take a part, end, give up, sweep."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import File
from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from evaluations import windows
from evaluations.actions.sending import AlreadySubmitted
from evaluations.evidence import actions as proving
from evaluations.evidence import checks, names, storing
from evaluations.evidence.actions.standing import require_open
from evaluations.evidence.arrivals import archives, parts, promised
from evaluations.evidence.arrivals.sentences import ArchiveRefused, ArrivalRefused
from evaluations.evidence.arrivals.taking import answers_of, take, take_place
from evaluations.evidence.sentences import EvidenceRefused
from evaluations.models import Answer, Archive, Evaluation, Evidence, Upload

MOST_UNFINISHED = 20
MOST_UNFINISHED_BYTES = 600 * 1024 * 1024
KEPT = timedelta(hours=24)
REFUSALS = (
    ArrivalRefused,
    ArchiveRefused,
    EvidenceRefused,
    AlreadySubmitted,
    windows.WindowClosed,
)  # their text is for people


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of several files: sentences about those taken and those refused."""

    said: list[str]
    refused: list[str]


class UploadGone(Exception):
    """Given up or swept meanwhile: it has to begin anew."""


@transaction.atomic
def start(
    *,
    evaluation: Evaluation,
    answer: Answer | None,
    name: str,
    size: int,
    head: str,
    by: User,
    at: datetime,
    covers: Sequence[int] = (),
    replaces: Evidence | None = None,
    reason: str = "",
) -> Upload:
    """Begin an upload, or find the same file's unfinished one and go on with it. Raises one of `REFUSALS`.

    With `replaces` it will take that document's place, for `reason`.
    """
    _require_use(evaluation, answer, replaces, by=by, at=at)
    if replaces is None:
        _require_size(name, size)
    else:
        checks.size(size)  # an archive is no version of a document
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # the quota is counted by one request at a time
    mine = Upload.objects.unfinished().filter(started_by=by)
    found = mine.filter(
        evaluation=evaluation, answer=answer, replaces=replaces, name=name, size=size, head=head
    ).first()
    if found is not None:
        found.covers, found.reason = list(covers), reason
        found.save(update_fields=["covers", "reason"])
        return found
    used = mine.aggregate(bytes=Sum("size"))["bytes"] or 0
    if mine.count() >= MOST_UNFINISHED:
        raise ArrivalRefused("too_many_unfinished")
    if used + size > MOST_UNFINISHED_BYTES:
        raise ArrivalRefused("too_much_unfinished")
    parts.require_room(size)
    promised.sweeping(at)
    return Upload.objects.create(
        evaluation=evaluation, answer=answer, name=name, size=size, head=head, stored_as=parts.new_name(),
        covers=list(covers), replaces=replaces, reason=reason, started_at=at, started_by=by, updated_at=at,
    )  # fmt: skip


def receive(*, upload: Upload, offset: int, content: bytes | bytearray, at: datetime) -> Upload:
    """Append a part; when this returns it lies safely on disk. Raises one of `REFUSALS`, or `UploadGone`."""
    _require_use(upload.evaluation, upload.answer, upload.replaces, by=upload.started_by, at=at)
    if upload.finished_at:
        raise ArrivalRefused("offset", received=upload.received)
    with parts.held(upload.stored_as) as handle:
        upload = _fresh(upload)
        if upload.finished_at or offset != upload.received:
            raise ArrivalRefused("offset", received=upload.received)
        if not content or offset + len(content) > upload.size:
            raise ArrivalRefused("part_size", received=upload.received)
        parts.require_room(len(content))
        parts.append(handle, offset, content)
        upload.received, upload.updated_at = offset + len(content), at
        upload.save(update_fields=["received", "updated_at"])
    return upload


def finish(*, upload: Upload, sha256: str, by: User, at: datetime, address: str = "") -> Upload:
    """End it: compare the whole, then let it become evidence or an archive; asked again, it answers the same.

    What is wrong with the file itself is written on the row (`is_refused`). Raises one of `REFUSALS` for what may
    change by itself, such as a full disk or a closed window, or `UploadGone`.
    """
    if upload.finished_at:
        return upload
    if upload.replaces is None:  # else the door itself says so, and what it refuses stays on the row
        require_open(upload.evaluation, at, _proving(upload.answer))
    with parts.held(upload.stored_as):
        upload = _fresh(upload)
        if upload.finished_at:
            return upload
        if upload.received != upload.size:
            raise ArrivalRefused("not_finished", received=upload.received)
        if parts.fingerprint(upload.stored_as) != sha256:
            Upload.objects.filter(pk=upload.pk).update(received=0, updated_at=at)
            raise ArrivalRefused("differs", received=0)
        _become(upload, by=by, at=at, address=address)
    return upload


def receive_whole(
    *,
    evaluation: Evaluation,
    answer: Answer | None,
    uploads: "Iterable[File[bytes]]",
    by: User,
    at: datetime,
    address: str = "",
    covers: Sequence[int] = (),
) -> Outcome:
    """Files of a plain form, file after file; a ZIP among them is handed to the worker."""
    outcome = Outcome([], [])
    for upload in uploads:
        shown = names.stem(upload.name or "")
        try:
            said = _taken(upload, evaluation, answer, by=by, at=at, address=address, covers=covers)
        except REFUSALS as refusal:
            outcome.refused.append(f"{shown}: {refusal}")
        else:
            outcome.said.append(f"{shown}: {said}")
    return outcome


def cancel(*, upload: Upload) -> None:
    """Give an unfinished upload up, with its bytes; one that has ended stays as it is."""
    with parts.held(upload.stored_as):
        deleted, _ = Upload.objects.unfinished().filter(pk=upload.pk).delete()
        if deleted or not Upload.objects.filter(pk=upload.pk).exists():
            parts.remove(upload.stored_as)


@transaction.atomic
def unpack_again(*, archive: Archive, at: datetime) -> None:
    """Promise an archive again whose work was given up; one that is finished, or at work, stays as it is."""
    if Archive.objects.select_for_update().get(pk=archive.pk).is_open:
        promised.unpacking(archive.pk, at)


def sweep(*, at: datetime) -> int:
    """Clear away uploads that nobody has gone on with for a day, reports of old archives, and files without a row."""
    old = Upload.objects.filter(updated_at__lt=at - KEPT)
    for upload in old.unfinished():
        parts.remove(upload.stored_as)
    _, per_model = old.delete()
    Archive.objects.filter(finished_at__lt=at - archives.REPORT_KEPT).delete()
    kept = {*Upload.objects.values_list("stored_as", flat=True), *Archive.objects.values_list("stored_as", flat=True)}
    for file in parts.strays((at - KEPT).timestamp()):
        if f"{parts.FOLDER}/{file.name}" not in kept:
            file.unlink(missing_ok=True)
    return per_model.get("evaluations.Upload", 0)


def _require_use(
    evaluation: Evaluation, answer: Answer | None, replaces: Evidence | None, *, by: User, at: datetime
) -> None:
    """While its bytes travel: what the file is for is open. Raises one of `REFUSALS`."""
    if replaces is None:
        require_open(evaluation, at, _proving(answer))
    else:
        proving.ask_to_replace(evidence=replaces, answers=answers_of(replaces, by), at=at)


def _proving(answer: Answer | None) -> list[int]:
    """What the file is for; nothing where it goes into the library, which is closed once the evaluation is sent."""
    return [answer.pk] if answer else []


def _require_size(name: str, size: int) -> None:
    if not archives.is_named_so(name):
        checks.size(size)
    elif size > archives.MOST_BYTES:
        raise ArrivalRefused("archive_too_large")


def _fresh(upload: Upload) -> Upload:
    """The row as it is now; looking at the file of an upload that is over has brought an empty one back."""
    found = Upload.objects.select_related("evaluation", "answer__evaluation").filter(pk=upload.pk).first()
    if found is None or (found.finished_at and found.archive_id is None):
        parts.remove(upload.stored_as)
    if found is None:
        raise UploadGone
    return found


def _become(upload: Upload, *, by: User, at: datetime, address: str) -> None:
    """Evidence, an archive for the worker, or a refusal that stays; a full disk leaves everything as it was."""
    path = storing.path_of(upload.stored_as)
    try:
        with path.open("rb") as content:
            file = File(content, name=upload.name)
            entries = None if upload.replaces_id else archives.directory_of(file, path)
            if entries is not None:
                with transaction.atomic():
                    upload.archive = archives.keep(
                        entries, upload.evaluation, upload.answer, name=upload.name, size=upload.size,
                        stored_as=upload.stored_as, covers=upload.covers, by=by, at=at, address=address,
                    )  # fmt: skip
                    upload.sentence = archives.RECEIVED
                    _close(upload, at)
                return
            upload.evidence, upload.sentence = _through_its_door(upload, file, by=by, at=at, address=address)
    except (EvidenceRefused, ArchiveRefused) as refusal:
        if refusal.code == "no_space":
            raise
        upload.sentence, upload.is_refused = str(refusal), True
    _close(upload, at)
    parts.remove(upload.stored_as)


def _through_its_door(
    upload: Upload, file: "File[bytes]", *, by: User, at: datetime, address: str
) -> tuple[Evidence, str]:
    if upload.replaces is not None:
        return take_place(evidence=upload.replaces, upload=file, reason=upload.reason, by=by, at=at, address=address)
    return take(
        evaluation=upload.evaluation, answer=upload.answer, upload=file, covers=upload.covers, by=by, at=at,
        address=address,
    )  # fmt: skip


@transaction.atomic
def _close(upload: Upload, at: datetime) -> None:
    upload.finished_at = upload.updated_at = at
    upload.save(update_fields=["finished_at", "updated_at", "sentence", "is_refused", "evidence", "archive"])
    promised.sweeping(at)


def _taken(
    file: "File[bytes]",
    evaluation: Evaluation,
    answer: Answer | None,
    *,
    by: User,
    at: datetime,
    address: str,
    covers: Sequence[int],
) -> str:
    """What became of one file of a plain form. Raises one of `REFUSALS`."""
    require_open(evaluation, at, _proving(answer))
    with storing.received(file) as incoming:
        entries = archives.directory_of(file, incoming.path)
        if entries is None:
            return take(
                evaluation=evaluation, answer=answer, upload=file, by=by, at=at, address=address, covers=covers
            )[1]
        stored_as = parts.new_name()
        parts.adopt(incoming.path, stored_as)
    with transaction.atomic():
        archives.keep(
            entries, evaluation, answer, name=file.name or "", size=incoming.size, stored_as=stored_as, by=by, at=at,
            address=address, covers=covers,
        )  # fmt: skip
    return archives.RECEIVED
