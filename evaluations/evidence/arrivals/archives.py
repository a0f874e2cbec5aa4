"""Archives that arrive: what counts as one, what its directory says, the rows that promise to take it apart."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import File

from accounts import audit
from accounts.models import User
from evaluations.evidence import limited, names
from evaluations.evidence.arrivals import promised
from evaluations.evidence.arrivals.sentences import MEMBERS, ArchiveRefused
from evaluations.models import Answer, Archive, ArchiveMember, Evaluation

MOST_BYTES = 200 * 1024 * 1024
REPORT_KEPT = timedelta(days=90)  # how long the list of members can be read
RECEIVED = "arsip diterima dan sedang dibongkar."

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_FOREIGN = (b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
_FOREIGN_NAMES = (".rar", ".7z", ".tar", ".gz", ".tgz")
_OFFICE = (".docx", ".xlsx", ".docm", ".xlsm", ".pptx")


def is_named_so(name: str) -> bool:
    """Whether a name promises an archive, which may be larger than a document; the content decides in the end."""
    return name.lower().endswith(".zip")


def directory_of(file: "File[Any]", path: Path) -> dict[str, Any] | None:
    """What the limited child reads in a ZIP's directory; None for a file that is no archive of documents.

    Raises `ArchiveRefused` for the archive as a whole.
    """
    if not _is_one(file):
        return None
    try:
        found = limited.run("list_archive", str(path), limits=limited.CHECKING)
    except limited.ChildRefused as refused:
        raise ArchiveRefused(refused.code) from refused
    if found["office"]:  # a docx or xlsx by another name
        return None
    if path.stat().st_size > MOST_BYTES:
        raise ArchiveRefused("archive_large")
    return found


def keep(
    entries: dict[str, Any],
    evaluation: Evaluation,
    answer: Answer | None,
    *,
    name: str,
    size: int,
    stored_as: str,
    covers: Sequence[int],
    by: User,
    at: datetime,
    address: str,
) -> Archive:
    """Rows of an archive and its members, and the promise to take it apart; in the caller's transaction."""
    archive = Archive.objects.create(
        evaluation=evaluation, answer=answer, name=f"{names.stem(name)}.zip", size=size, stored_as=stored_as,
        covers=list(covers), skipped=entries["skipped"], address=address, sent_at=at, sent_by=by,
    )  # fmt: skip
    ArchiveMember.objects.bulk_create(_member(archive, each) for each in entries["members"])
    audit.record(
        action="archive.received", subject=f"archive:{archive.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={"size": size, "members": len(entries["members"]), "address": address},
    )  # fmt: skip
    promised.unpacking(archive.pk, at)
    return archive


def _member(archive: Archive, entry: dict[str, Any]) -> ArchiveMember:
    state = ArchiveMember.State.REFUSED if entry["code"] else ArchiveMember.State.WAITING
    sentence = MEMBERS[entry["code"]] if entry["code"] else ""
    position, name = entry["position"], entry["name"]
    return ArchiveMember(archive=archive, position=position, name=name, state=state, sentence=sentence)


def _is_one(file: "File[Any]") -> bool:
    name = (file.name or "").lower()
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if head.startswith(_FOREIGN) or name.endswith(_FOREIGN_NAMES):
        raise ArchiveRefused("archive_foreign")
    return head.startswith(_ZIP) and not name.endswith(_OFFICE)
