"""Every write of evidence: attach, reuse, take away, replace; a row is written only when its file lies on disk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.stages import Stage
from evaluations import windows
from evaluations.actions.sending import AlreadySubmitted
from evaluations.evidence import checks, links, names, storing, tasks
from evaluations.evidence.sentences import EvidenceRefused
from evaluations.models import Answer, Evaluation, Evidence, EvidenceUse

REFUSALS = (EvidenceRefused, AlreadySubmitted, windows.WindowClosed)  # their text is a sentence for people
TITLE_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of several files: sentences about those attached and those refused."""

    said: list[str]
    refused: list[str]


def attach_files(
    *, answer: Answer, uploads: Iterable["File[Any]"], by: User, at: datetime, address: str = ""
) -> Outcome:
    """Attach file after file, each a step of its own: one that is refused does not take the others with it."""
    outcome = Outcome([], [])
    for upload in uploads:
        shown = names.stem(upload.name or "")
        try:
            use = attach_file(answer=answer, upload=upload, by=by, at=at, address=address)
        except REFUSALS as refusal:
            outcome.refused.append(f"{shown}: {refusal}")
        else:
            known = use.evidence.added_at < at
            outcome.said.append(f"{shown}: {'berkas ini sudah ada; ditautkan' if known else 'tersimpan'}.")
    return outcome


def attach_file(
    *,
    answer: Answer,
    upload: "File[Any]",
    by: User,
    at: datetime,
    title: str = "",
    address: str = "",
) -> EvidenceUse:
    """Store a file and let it prove an answer; one that the evaluation has already is linked instead of doubled.

    Whether it was known: `use.evidence.added_at < at`. The slow part (copy, child process) runs outside the
    transaction, so that nobody's save waits for it. Raises one of `REFUSALS`.
    """
    _require_open(answer.evaluation, at)
    with storing.received(upload) as incoming:
        fields = {} if _known(answer.evaluation, incoming) else _inspected(upload, incoming, title)
        with transaction.atomic():
            evaluation = _locked(answer.evaluation_id, at)
            evidence = _stored(evaluation, incoming, fields, by=by, at=at)
            return _use(evidence, answer, by=by, at=at, address=address)


@transaction.atomic
def attach_link(*, answer: Answer, url: str, title: str, by: User, at: datetime, address: str = "") -> EvidenceUse:
    """Let an https address prove an answer; it is written down, never fetched. Raises one of `REFUSALS`."""
    evaluation = _locked(answer.evaluation_id, at)
    url = links.plain(url)
    evidence = Evidence.objects.filter(evaluation=evaluation, kind=Evidence.Kind.LINK, url=url).first()
    if evidence is None:
        evidence = Evidence.objects.create(
            evaluation=evaluation, kind=Evidence.Kind.LINK, url=url, title=_title(title) or url[:TITLE_LETTERS],
            state=Evidence.State.READY, office_id=by.office_id, added_at=at, added_by=by,
        )  # fmt: skip
    return _use(evidence, answer, by=by, at=at, address=address)


@transaction.atomic
def attach_existing(
    *, evidence: Iterable[Evidence], answer: Answer, by: User, at: datetime, address: str = ""
) -> list[EvidenceUse]:
    """Let documents of the same evaluation prove one more answer, all or none. Raises one of `REFUSALS`."""
    evaluation = _locked(answer.evaluation_id, at)
    chosen = list(evidence)
    if any(each.evaluation_id != evaluation.pk for each in chosen):
        raise EvidenceRefused("elsewhere")
    return [_use(each, answer, by=by, at=at, address=address) for each in chosen]


@transaction.atomic
def detach(*, use: EvidenceUse, by: User, at: datetime, address: str = "") -> None:
    """Take a document away from an answer; row and file stay. A second click changes nothing. Raises `REFUSALS`."""
    evaluation = _locked(use.answer.evaluation_id, at)
    if not EvidenceUse.objects.filter(pk=use.pk, removed_at=None).update(removed_at=at, removed_by=by):
        return
    _record("evidence.detached", use.evidence_id, evaluation, by, at, answer=use.answer_id, address=address)


def replace(
    *,
    evidence: Evidence,
    upload: "File[Any]",
    answers: Iterable[int],
    by: User,
    at: datetime,
    address: str = "",
) -> Evidence:
    """Put a new file in the old one's place for `answers`; the old one stays as what it was. Raises `REFUSALS`."""
    _require_open(evidence.evaluation, at)
    with storing.received(upload) as incoming:
        if incoming.sha256 == evidence.sha256:
            raise EvidenceRefused("same_file")
        fields = _inspected(upload, incoming, evidence.title)
        with transaction.atomic():
            evaluation = _locked(evidence.evaluation_id, at)
            fresh = _stored(evaluation, incoming, {**fields, "replaces": evidence}, by=by, at=at)
            uses = EvidenceUse.objects.filter(evidence=evidence, removed_at=None, answer__in=list(answers))
            moved = [use.answer for use in uses.select_related("answer")]
            uses.update(removed_at=at, removed_by=by)
            for answer in moved:
                _use(fresh, answer, by=by, at=at, address=address)
            _record("evidence.replaced", evidence.pk, evaluation, by, at, by_evidence=fresh.pk, address=address)
    return fresh


@transaction.atomic
def record_download(*, evidence: Evidence, by: User, at: datetime, address: str) -> None:
    """Write down who takes which original from where, before its first byte leaves."""
    _record("evidence.downloaded", evidence.pk, evidence.evaluation, by, at, sha256=evidence.sha256, address=address)


@transaction.atomic
def ask_for_pages(*, evidence: Evidence, first: int, at: datetime) -> None:
    """Promise pictures of the pages from `first` on."""
    tasks.promise_pages(evidence.pk, at, first=first)


def _require_open(evaluation: Evaluation, at: datetime) -> None:
    if evaluation.is_submitted:
        raise AlreadySubmitted
    windows.require_open(evaluation, Stage.EM, at)


def _locked(evaluation_id: int, at: datetime) -> Evaluation:
    """The evaluation, held until the end of the transaction, so that it cannot be sent in between."""
    evaluation = Evaluation.objects.select_for_update().get(pk=evaluation_id)
    _require_open(evaluation, at)
    return evaluation


def _inspected(upload: "File[Any]", incoming: storing.Incoming, title: str) -> dict[str, Any]:
    """Columns of a new row, by content; the client's name survives only as something to read."""
    checks.size(incoming.size)
    finding = checks.inspect(incoming.path)
    name = upload.name or ""
    return {
        "title": _title(title) or names.stem(name),
        "file_name": names.harmless(name, finding.extension),
        "media_type": finding.media_type,
        "page_count": finding.page_count,
        "remarks": finding.remarks,
    }


def _stored(
    evaluation: Evaluation, incoming: storing.Incoming, fields: dict[str, Any], *, by: User, at: datetime
) -> Evidence:
    """The row of this content; the evaluation is locked, so two uploads of one file meet here one after the other."""
    stored_as = storing.keep(incoming)
    known = _known(evaluation, incoming)
    if known is not None:
        return known
    evidence = Evidence.objects.create(
        evaluation=evaluation, kind=Evidence.Kind.FILE, stored_as=stored_as, sha256=incoming.sha256,
        size=incoming.size, office_id=by.office_id, added_at=at, added_by=by, **fields,
    )  # fmt: skip
    tasks.promise_pages(evidence.pk, at)
    return evidence


def _known(evaluation: Evaluation, incoming: storing.Incoming) -> Evidence | None:
    """The row of the same bytes in this evaluation: checked when it came, so not checked again."""
    return Evidence.objects.filter(evaluation=evaluation, kind=Evidence.Kind.FILE, sha256=incoming.sha256).first()


def _use(evidence: Evidence, answer: Answer, *, by: User, at: datetime, address: str) -> EvidenceUse:
    use, fresh = EvidenceUse.objects.get_or_create(
        evidence=evidence, answer=answer, removed_at=None, defaults={"added_at": at, "added_by": by}
    )
    if fresh:
        _record(
            "evidence.attached", evidence.pk, evidence.evaluation, by, at,
            answer=answer.pk, sha256=evidence.sha256, url=evidence.url, size=evidence.size, address=address,
        )  # fmt: skip
    return use


def _record(action: str, evidence_id: int, evaluation: Evaluation, by: User, at: datetime, **details: Any) -> None:
    audit.record(
        action=action, subject=f"evidence:{evidence_id}", by=by, at=at, region_id=evaluation.region_id, details=details
    )


def _title(title: str) -> str:
    return " ".join(title.split())[:TITLE_LETTERS]
