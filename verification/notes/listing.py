"""Annotations as pages show them: by document, in the order of the pages. Never writes."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from evaluations.readers import NoteLine
from evaluations.verifiers import Read
from verification.models import EvidenceNote, EvidenceNoteQuerySet
from verification.notes import rules
from verification.repairs.reading import VERIFIER


@dataclass(frozen=True, slots=True)
class Notes:
    """Annotations of one question by document; `may_write` whether this person adds to them."""

    evaluation_id: int
    code: str
    zone: str
    by_evidence: dict[int, list[NoteLine]]
    may_write: bool

    def of(self, evidence_id: int) -> list[NoteLine]:
        """Those of one document."""
        return self.by_evidence.get(evidence_id, [])


def by_evidence(user: User, evidence_ids: Iterable[int], answer_id: int | None = None) -> dict[int, list[NoteLine]]:
    """What this person may read of some documents, as proofs of one answer or of all; one query."""
    wanted, found = set(evidence_ids), dict[int, list[NoteLine]]()
    if answer_id is None:
        notes = list(_ordered(rules.visible_notes(user).filter(evidence__in=wanted)))
    else:
        notes = OF_ANSWER.all(user, answer_id)
    for note in notes:
        if note.evidence_id in wanted:
            found.setdefault(note.evidence_id, []).append(_line(note, user))
    return found


def _ordered(notes: EvidenceNoteQuerySet) -> EvidenceNoteQuerySet:
    return notes.select_related("written_by", "answer__question", "answer__evaluation").order_by("page", "pk")


OF_ANSWER = Read[EvidenceNote](lambda user, answer: _ordered(rules.visible_notes(user).filter(answer=answer)))


def _line(note: EvidenceNote, user: User) -> NoteLine:
    return NoteLine(
        note.pk,
        note.page,
        note.text,
        note.answer.question.code,
        str(note.get_stage_display()),
        str(note.written_by) if rules.names_authors(user) else VERIFIER,
        note.written_at,
        rules.can_remove(user, note),
    )
