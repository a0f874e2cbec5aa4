"""An archive taken apart in the worker: each member judged by itself, its fate written down before the next."""

import logging
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse

from accounts import audit
from evaluations import rules
from evaluations.evidence import actions as proving
from evaluations.evidence import limited, storing
from evaluations.evidence.arrivals import parts, promised
from evaluations.evidence.arrivals.sentences import ARCHIVES, MEMBERS
from evaluations.evidence.arrivals.taking import take
from evaluations.models import Archive, ArchiveMember
from jobs.kinds import Progress
from notices.actions import tell
from notices.models import Notice

logger = logging.getLogger(__name__)
AT_A_TIME = 8  # members written to disk together
SECONDS = 60  # of one run; the rest is promised anew, so that no archive is too long for the worker's limit
UNPACKING = limited.Limits(cpu_seconds=20, memory=512 * limited.MEBIBYTE, file_size=26 * limited.MEBIBYTE)


def unpack(archive_id: int, *, progress: Progress, at: datetime) -> None:
    """Go on where the last run stopped; a member that was taken is not taken twice. Safe to run twice."""
    archive = Archive.objects.select_related("evaluation", "answer__evaluation", "sent_by").get(pk=archive_id)
    if not archive.is_open:
        return
    reason = _no_longer(archive)
    if reason:
        _finish(archive, Archive.State.REFUSED, reason, at)
        return
    until = time.monotonic() + SECONDS
    total = archive.members.count()
    while batch := list(archive.members.filter(state=ArchiveMember.State.WAITING).order_by("position")[:AT_A_TIME]):
        if time.monotonic() > until:
            with transaction.atomic():
                promised.unpacking(archive.pk, at)
            return
        _take_batch(archive, batch)
        waiting = archive.members.filter(state=ArchiveMember.State.WAITING).count()
        progress(100 * (total - waiting) // total)
    _finish(archive, Archive.State.DONE, "", at)


def _no_longer(archive: Archive) -> str:
    """Why the person may not hand this in any more, or the archive is gone; asked anew by whoever does the work."""
    by, answer = archive.sent_by, archive.answer
    may = rules.visible_evaluations(by).filter(pk=archive.evaluation_id).exists()
    if answer is not None:
        may = may and rules.visible_answers(by).filter(pk=answer.pk).exists()
    evaluation = archive.evaluation
    is_locked = evaluation.is_submitted or evaluation.is_waiting  # then every member is refused with that reason
    if not (by.is_active and may and (is_locked or rules.can_answer(by, evaluation))):
        return ARCHIVES["archive_stranger"]
    return "" if storing.path_of(archive.stored_as).is_file() else ARCHIVES["archive_lost"]


def _take_batch(archive: Archive, batch: list[ArchiveMember]) -> None:
    with storing.drawing_board() as board:
        refused = _written(storing.path_of(archive.stored_as), board, batch)
        for member in batch:
            if code := refused.get(member.position):
                _note(member, ArchiveMember.State.REFUSED, MEMBERS.get(code, MEMBERS["member_broken"]))
            else:
                _take(archive, member, board / str(member.position))


def _written(path: Path, board: Path, batch: list[ArchiveMember]) -> dict[int, str]:
    """Position -> why it is not on the board; one member that kills the child does not take the others with it."""
    positions = [member.position for member in batch]
    try:
        found = limited.run("unpack", str(path), str(board), _listed(positions), limits=UNPACKING)
    except limited.ChildRefused as refused:
        if len(batch) == 1:
            return {positions[0]: "too_heavy"}
        logger.warning("archive at %s: a batch failed (%s), one by one now", path.name, refused.code)
        for each in board.iterdir():
            each.unlink()
        return {position: code for member in batch for position, code in _written(path, board, [member]).items()}
    return {int(position): code for position, code in found["refused"].items()}


def _listed(positions: Iterable[int]) -> str:
    return ",".join(str(position) for position in positions)


def _take(archive: Archive, member: ArchiveMember, path: Path) -> None:
    """Through the same door as every other file, as of the moment the archive arrived."""
    try:
        with path.open("rb") as content:
            evidence, _ = take(
                evaluation=archive.evaluation, answer=archive.answer, by=archive.sent_by, at=archive.sent_at,
                upload=File(content, name=member.name.rsplit("/", 1)[-1]), covers=archive.covers,
                address=archive.address,
            )  # fmt: skip
    except proving.REFUSALS as refusal:
        _note(member, ArchiveMember.State.REFUSED, str(refusal))
        return
    twin = archive.members.exclude(pk=member.pk).filter(evidence=evidence).first()
    if twin is not None:
        sentence = f"Isinya sama dengan {twin.name}."[:300]
        _note(member, ArchiveMember.State.KNOWN, sentence, evidence.pk)
    elif evidence.added_at < archive.sent_at:
        said = "Sudah ada di pustaka" + ("; ditautkan." if archive.answer_id else ".")
        _note(member, ArchiveMember.State.KNOWN, said, evidence.pk)
    else:
        _note(member, ArchiveMember.State.TAKEN, "", evidence.pk)


def _note(member: ArchiveMember, state: ArchiveMember.State, sentence: str, evidence_id: int | None = None) -> None:
    waiting = ArchiveMember.objects.filter(pk=member.pk, state=ArchiveMember.State.WAITING)
    waiting.update(state=state, sentence=sentence, evidence_id=evidence_id)


def _finish(archive: Archive, state: Archive.State, sentence: str, at: datetime) -> None:
    """Close the report, tell the sender, give the archive's own bytes up."""
    with transaction.atomic():
        waiting = archive.members.filter(state=ArchiveMember.State.WAITING)
        waiting.update(state=ArchiveMember.State.REFUSED, sentence=sentence)
        open_still = Archive.objects.filter(pk=archive.pk, state=Archive.State.UNPACKING)
        if not open_still.update(state=state, sentence=sentence, finished_at=at):
            return
        refused = Count("pk", filter=Q(state=ArchiveMember.State.REFUSED))
        counted = archive.members.aggregate(refused=refused, members=Count("pk"))
        taken = counted["members"] - counted["refused"]
        audit.record(
            action="archive.unpacked", subject=f"archive:{archive.pk}", by=archive.sent_by, at=at,
            region_id=archive.evaluation.region_id, details={"taken": taken, "refused": counted["refused"]},
        )  # fmt: skip
        tell(
            users=[archive.sent_by_id], kind=Notice.Kind.IMPORTED, key=f"archive:{archive.pk}", at=at,
            text=f"Arsip “{archive.name}” selesai dibongkar: {taken} dokumen diterima, {counted['refused']} ditolak.",
            link=reverse("evaluations:archive", args=[archive.evaluation_id, archive.pk]),
        )  # fmt: skip
    parts.remove(archive.stored_as)
