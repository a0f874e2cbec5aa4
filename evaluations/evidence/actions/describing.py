"""What people say about documents: their details, where they prove what, why a doubt is none, that they still hold."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from evaluations.evidence.actions.standing import locked, proved_by, record
from evaluations.evidence.sentences import EvidenceRefused
from evaluations.evidence.settling import settle_warnings
from evaluations.models import Evidence, EvidenceUse, EvidenceWarning


@dataclass(frozen=True, slots=True)
class Details:
    """What the paper says of itself, as people type it."""

    title: str
    document_kind: str = ""
    number: str = ""
    dated_on: date | None = None
    signatory: str = ""
    issuer: str = ""
    valid_until: date | None = None

    @classmethod
    def of(cls, evidence: Evidence) -> "Details":
        """What stands now."""
        return cls(**{name: getattr(evidence, name) for name in cls.__slots__})


class DetailsConflict(Exception):
    """Somebody else has described the document meanwhile; `current` is what stands now."""

    def __init__(self, current: Evidence) -> None:
        super().__init__("Rincian dokumen ini baru saja diubah orang lain.")
        self.current = current


class UseConflict(Exception):
    """Somebody else has marked meanwhile what the document covers here."""

    def __init__(self, current: EvidenceUse) -> None:
        super().__init__(
            "Tanda dan halaman bukti ini baru saja diubah orang lain; yang terbaru sudah ditampilkan. Periksa, lalu "
            "simpan lagi bila perlu."
        )
        self.current = current


@transaction.atomic
def save_details(
    *, evidence: Evidence, version: int, details: Details, by: User, at: datetime, address: str = ""
) -> Evidence:
    """Store the details if `version` is still the one that stands; the same again changes nothing.

    Raises `DetailsConflict` or one of `REFUSALS`.
    """
    evaluation = locked(evidence.evaluation_id, at, proved_by(evidence.pk))
    current = Evidence.objects.select_related("added_by").get(pk=evidence.pk)
    before = Details.of(current)
    if before == details:
        return current
    if current.details_version != version:
        raise DetailsConflict(current)
    _describe(current, details)
    old = {name: value for name, value in asdict(before).items() if value != getattr(details, name)}
    new = {name: getattr(details, name) for name in old}
    record("evidence.described", evidence.pk, evaluation, by, at, old=old, new=new, address=address)
    settle_warnings(evidence.pk, at=at)
    return current


@transaction.atomic
def save_use(
    *,
    use: EvidenceUse,
    seen: tuple[str, list[int]],
    pages: str,
    covers: Sequence[int],
    by: User,
    at: datetime,
) -> EvidenceUse:
    """Note the pages and the expected evidence that a document covers here; `seen` is what the person looked at.

    Raises `UseConflict` when that is no longer what stands, or one of `REFUSALS`.
    """
    evaluation = locked(use.answer.evaluation_id, at, [use.answer_id])
    current = EvidenceUse.objects.current().filter(pk=use.pk).first()
    if current is None:
        raise EvidenceRefused("taken_away")
    wanted = (pages, sorted(set(covers)))
    standing = (current.pages, current.covers)
    if standing == wanted:
        return current
    if standing != seen:
        raise UseConflict(current)
    current.pages, current.covers = wanted
    current.placements += 1  # the evaluation is held, so nobody else counts
    current.save(update_fields=["pages", "covers", "placements"])
    record(
        "evidence.placed", use.evidence_id, evaluation, by, at,
        answer=use.answer_id, old=[*standing], new=[*wanted],
    )  # fmt: skip
    settle_warnings(use.evidence_id, at=at)
    return current


@transaction.atomic
def answer_warning(*, warning: EvidenceWarning, answer: str, by: User, at: datetime) -> None:
    """Say why a doubt is none; said again in other words, the words change. Raises one of `REFUSALS`."""
    evaluation = locked(warning.evidence.evaluation_id, at, proved_by(warning.evidence_id))
    current = EvidenceWarning.objects.filter(pk=warning.pk).first()
    if current is None or current.answer == answer:
        return  # the doubt has gone by itself, or the same click came twice
    EvidenceWarning.objects.filter(pk=current.pk).update(answer=answer, answered_at=at, answered_by=by)
    record(
        "evidence.warning_answered", current.evidence_id, evaluation, by, at,
        code=current.code, detail=current.detail, old=current.answer, new=answer,
    )  # fmt: skip


@transaction.atomic
def confirm_use(*, use: EvidenceUse, valid_until: date | None, by: User, at: datetime) -> None:
    """Say that a document taken over from another cycle still proves this answer. Raises one of `REFUSALS`.

    `valid_until` is asked again; None means that it holds until it is replaced.
    """
    evaluation = locked(use.answer.evaluation_id, at, [use.answer_id])
    if valid_until is not None and valid_until < at.date():
        raise EvidenceRefused("expired")
    if not EvidenceUse.objects.current().filter(pk=use.pk, needs_check=True).update(needs_check=False):
        return
    evidence = Evidence.objects.get(pk=use.evidence_id)
    old = evidence.valid_until
    if old != valid_until:
        evidence.valid_until = valid_until
        _describe(evidence, Details.of(evidence))
    record(
        "evidence.still_valid", evidence.pk, evaluation, by, at, answer=use.answer_id, old=old, new=valid_until
    )  # fmt: skip
    settle_warnings(evidence.pk, at=at)


def _describe(evidence: Evidence, details: Details) -> None:
    """Write the details on the row; the evaluation is held, so nobody else does."""
    Evidence.objects.filter(pk=evidence.pk).update(**asdict(details), details_version=F("details_version") + 1)
    evidence.refresh_from_db()
