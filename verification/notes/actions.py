"""Writing an annotation, and taking it back while the stage runs."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from evaluations import windows
from evaluations.models import Answer, Evidence, EvidenceUse
from verification.actions import Refusal, StageClosed
from verification.actions.state import locked
from verification.models import EvidenceNote
from verification.notes.rules import STAGES


class NoSuchPage(Refusal):
    """The document has no such page."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(evidence)
        many = evidence.page_count
        self.sentence = (
            f"Dokumen ini hanya sampai halaman {many}. Tulis halaman antara 1 dan {many}, atau kosongkan."
            if many
            else "Dokumen ini tidak berhalaman. Kosongkan halamannya."
        )


class NotAProof(Refusal):
    """The document does not prove this answer any more."""

    sentence = "Dokumen ini tidak lagi menjadi bukti pertanyaan ini. Muat ulang halamannya."


class NothingSaid(Refusal):
    """An empty note."""

    sentence = "Tulis catatannya, paling banyak 300 huruf."


@transaction.atomic
def write(*, answer: Answer, evidence: Evidence, page: int | None, text: str, by: User, at: datetime) -> EvidenceNote:
    """Mark a page of a document, or all of it; the same note sent twice is one.

    Raises `NothingSaid`, `NoSuchPage`, `NotAProof`, `StageClosed`, `windows.WindowClosed`.
    """
    evaluation = locked(answer.evaluation_id)
    if evaluation.stage not in STAGES:
        raise StageClosed("", evaluation.stage)
    windows.require_open(evaluation, evaluation.stage, at)
    if not text.strip():
        raise NothingSaid
    if page is not None and not 1 <= page <= (evidence.page_count or 0):
        raise NoSuchPage(evidence)
    if not EvidenceUse.objects.current().filter(answer=answer, evidence=evidence).exists():
        raise NotAProof
    said = {"answer": answer, "evidence": evidence, "stage": evaluation.stage, "page": page, "text": text.strip()}
    known = EvidenceNote.objects.standing().filter(**said, written_by=by).first()
    if known is not None:
        return known
    note = EvidenceNote.objects.create(**said, written_by=by, written_at=at)
    _record("note.written", note, evaluation.region_id, by, at)
    return note


@transaction.atomic
def remove(*, note: EvidenceNote, by: User, at: datetime) -> None:
    """Take one's own annotation back; twice is once. Raises `StageClosed`, `windows.WindowClosed`."""
    evaluation = locked(note.answer.evaluation_id)
    if evaluation.stage != note.stage:
        raise StageClosed(note.stage, evaluation.stage)
    windows.require_open(evaluation, note.stage, at)
    if EvidenceNote.objects.standing().filter(pk=note.pk).update(removed_at=at):
        _record("note.removed", note, evaluation.region_id, by, at)


def _record(action: str, note: EvidenceNote, region_id: int, by: User, at: datetime) -> None:
    audit.record(
        action=action, subject=f"evidence:{note.evidence_id}", by=by, at=at, region_id=region_id,
        details={"answer": note.answer_id, "stage": note.stage, "page": note.page},
    )  # fmt: skip
