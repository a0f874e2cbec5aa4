"""Attach, reuse, take away, replace: which document proves which answer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from evaluations import windows
from evaluations.actions.sending import AlreadySubmitted
from evaluations.evidence import checks, links, names, storing, tasks
from evaluations.evidence.actions.standing import ask_the_lead_again, locked, proved_by, record, require_open
from evaluations.evidence.sentences import EvidenceRefused
from evaluations.evidence.settling import settle_warnings
from evaluations.models import Answer, Evaluation, Evidence, EvidenceUse

REFUSALS = (EvidenceRefused, AlreadySubmitted, windows.WindowClosed)  # their text is a sentence for people
TITLE_LETTERS = 200
DESCRIBING = ("title", "document_kind", "number", "dated_on", "signatory", "issuer", "valid_until")


def attach_file(
    *,
    answer: Answer,
    upload: "File[Any]",
    by: User,
    at: datetime,
    title: str = "",
    address: str = "",
    covers: Sequence[int] = (),
) -> EvidenceUse:
    """Store a file and let it prove an answer; one that the evaluation has already is linked instead of doubled.

    `covers`: places in the question's list of expected evidence. Whether the file was known:
    `use.evidence.added_at < at`. The slow part (copy, child process) runs outside the
    transaction, so that nobody's save waits for it. Raises one of `REFUSALS`.
    """
    require_open(answer.evaluation, at, [answer.pk])
    with storing.received(upload) as incoming:
        fields = {} if _known(answer.evaluation, incoming) else _inspected(upload, incoming, title)
        with transaction.atomic():
            evaluation = locked(answer.evaluation_id, at, [answer.pk])
            evidence = _stored(evaluation, incoming, fields, by=by, at=at)
            return _use(evidence, answer, by=by, at=at, address=address, covers=covers)


def keep_file(
    *, evaluation: Evaluation, upload: "File[Any]", by: User, at: datetime, title: str = "", address: str = ""
) -> Evidence:
    """Put a file into the library before it proves anything; one that is there already stays. Raises `REFUSALS`."""
    require_open(evaluation, at)
    with storing.received(upload) as incoming:
        fields = {} if _known(evaluation, incoming) else _inspected(upload, incoming, title)
        with transaction.atomic():
            evaluation = locked(evaluation.pk, at)
            fresh = _known(evaluation, incoming) is None
            evidence = _stored(evaluation, incoming, fields, by=by, at=at)
            if fresh:
                details = {"sha256": evidence.sha256, "size": evidence.size, "address": address}
                record("evidence.kept", evidence.pk, evaluation, by, at, **details)
    return evidence


@transaction.atomic
def keep_paper(
    *, evaluation: Evaluation, upload: "File[Any]", title: str, by: User, at: datetime, address: str = ""
) -> Evidence:
    """Keep a PDF that proves no answer but stands behind an act of the administrator. Raises `REFUSALS`."""
    with storing.received(upload) as incoming:
        known = _known(evaluation, incoming)
        fields = {} if known else _inspected(upload, incoming, title)
        if (known.media_type if known else fields["media_type"]) != "application/pdf":
            raise EvidenceRefused("not_pdf")
        evidence = _stored(evaluation, incoming, fields, by=by, at=at)
    record("evidence.kept", evidence.pk, evaluation, by, at, sha256=evidence.sha256, address=address)
    return evidence


@transaction.atomic
def attach_link(
    *,
    answer: Answer,
    url: str,
    title: str,
    by: User,
    at: datetime,
    address: str = "",
    covers: Sequence[int] = (),
) -> EvidenceUse:
    """Let an https address prove an answer; it is written down, never fetched. Raises one of `REFUSALS`."""
    evaluation = locked(answer.evaluation_id, at, [answer.pk])
    url = links.plain(url)
    evidence = Evidence.objects.filter(evaluation=evaluation, kind=Evidence.Kind.LINK, url=url).first()
    if evidence is None:
        evidence = Evidence.objects.create(
            evaluation=evaluation, kind=Evidence.Kind.LINK, url=url, title=_title(title) or url[:TITLE_LETTERS],
            state=Evidence.State.READY, office_id=by.office_id, added_at=at, added_by=by,
        )  # fmt: skip
    return _use(evidence, answer, by=by, at=at, address=address, covers=covers)


@transaction.atomic
def attach_existing(
    *,
    evidence: Iterable[Evidence],
    answer: Answer,
    by: User,
    at: datetime,
    address: str = "",
    covers: Sequence[int] = (),
) -> list[EvidenceUse]:
    """Let documents of the same evaluation prove one more answer, all or none. Raises one of `REFUSALS`."""
    evaluation = locked(answer.evaluation_id, at, [answer.pk])
    chosen = list(evidence)
    if any(each.evaluation_id != evaluation.pk for each in chosen):
        raise EvidenceRefused("elsewhere")
    return [_use(each, answer, by=by, at=at, address=address, covers=covers) for each in chosen]


@transaction.atomic
def detach(*, use: EvidenceUse, by: User, at: datetime, address: str = "") -> None:
    """Take a document away from an answer; row and file stay. A second click changes nothing. Raises `REFUSALS`."""
    evaluation = locked(use.answer.evaluation_id, at, [use.answer_id])
    if not EvidenceUse.objects.filter(pk=use.pk, removed_at=None).update(removed_at=at, removed_by=by):
        return
    ask_the_lead_again([use.answer_id], by=by, at=at)
    record("evidence.detached", use.evidence_id, evaluation, by, at, answer=use.answer_id, address=address)


def replace(
    *,
    evidence: Evidence,
    upload: "File[Any]",
    answers: Iterable[int],
    by: User,
    at: datetime,
    reason: str = "",
    address: str = "",
) -> Evidence:
    """Put a new file in the old one's place for `answers`; the old one stays as what it was. Raises `REFUSALS`.

    What people have said of the paper (number, date, ...) and of its places in the answers goes over to the new file.
    After sending only answers that were opened again get the new file; the others keep what was judged. Where another
    file has taken the place everywhere, there is nothing left to replace; the same file sent twice is said once.
    """
    answers = _replaceable(evidence, answers, at)
    require_open(evidence.evaluation, at, answers)
    with storing.received(upload) as incoming:
        if incoming.sha256 == evidence.sha256:
            raise EvidenceRefused("same_file")
        fields = _inspected(upload, incoming, evidence.title)
        with transaction.atomic():
            evaluation = locked(evidence.evaluation_id, at, answers)
            if _is_replaced(evidence, answers):
                return _same_again(evidence, incoming)
            fields |= {"replaces": evidence, "replace_reason": reason, **_described(evidence)}
            fresh = _stored(evaluation, incoming, fields, by=by, at=at)
            moved = _moved(evidence, fresh, answers, by=by, at=at, address=address)
            record(
                "evidence.replaced", evidence.pk, evaluation, by, at,
                by_evidence=fresh.pk, reason=reason, answers=moved, address=address,
            )  # fmt: skip
    return fresh


def ask_to_replace(*, evidence: Evidence, answers: Iterable[int], at: datetime) -> None:
    """Raise one of `REFUSALS` where no file could take this one's place for `answers`, before its bytes travel."""
    places = _replaceable(evidence, answers, at)
    require_open(evidence.evaluation, at, places)
    if _is_replaced(evidence, places):
        raise EvidenceRefused("replaced")


def _is_replaced(evidence: Evidence, answers: Iterable[int]) -> bool:
    """Whether another file has its place, and it proves none of `answers` any more."""
    proves = EvidenceUse.objects.current().filter(evidence=evidence, answer__in=list(answers))
    return evidence.replaced_by.exists() and not proves.exists()


def _same_again(evidence: Evidence, incoming: storing.Incoming) -> Evidence:
    fresh = evidence.replaced_by.filter(sha256=incoming.sha256).first()
    if fresh is None:
        raise EvidenceRefused("replaced")
    return fresh


def _replaceable(evidence: Evidence, answers: Iterable[int], at: datetime) -> list[int]:
    """Where the new file goes: everywhere before sending, afterwards where it may still go."""
    wanted = list(answers)
    if not evidence.evaluation.is_submitted:
        return wanted
    proved = Answer.objects.filter(pk__in=wanted).filter(pk__in=proved_by(evidence.pk))
    opened = list(proved.filter(open_until__gt=at).values_list("pk", flat=True))
    return opened or list(proved.exclude(open_until=None).values_list("pk", flat=True))


def _described(evidence: Evidence) -> dict[str, Any]:
    """What stands now, not what the caller read before the file was copied."""
    return dict(Evidence.objects.filter(pk=evidence.pk).values(*DESCRIBING).get())


def _moved(
    old: Evidence, fresh: Evidence, answers: Iterable[int], *, by: User, at: datetime, address: str
) -> list[int]:
    """Let `fresh` prove what `old` proved among `answers`."""
    uses = EvidenceUse.objects.current().filter(evidence=old, answer__in=list(answers))
    moving = list(uses.select_related("answer"))
    uses.update(removed_at=at, removed_by=by)
    for use in moving:
        _use(fresh, use.answer, by=by, at=at, address=address, covers=use.covers, pages=use.pages)
    return [use.answer_id for use in moving]


@transaction.atomic
def record_download(*, evidence: Evidence, by: User, at: datetime, address: str) -> None:
    """Write down who takes which original from where, before its first byte leaves."""
    record("evidence.downloaded", evidence.pk, evidence.evaluation, by, at, sha256=evidence.sha256, address=address)


@transaction.atomic
def ask_for_pages(*, evidence: Evidence, first: int, at: datetime) -> None:
    """Promise pictures of the pages from `first` on."""
    tasks.promise_pages(evidence.pk, at, first=first)


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
        if known.scan == Evidence.Scan.INFECTED:
            raise EvidenceRefused("infected")
        return known
    evidence = Evidence.objects.create(
        evaluation=evaluation, kind=Evidence.Kind.FILE, stored_as=stored_as, sha256=incoming.sha256,
        size=incoming.size, office_id=by.office_id, added_at=at, added_by=by, **fields,
    )  # fmt: skip
    tasks.promise_checks(evidence.pk, at)  # before the pictures: whoever sees them sees the doubts beside them
    tasks.promise_pages(evidence.pk, at)
    return evidence


def _known(evaluation: Evaluation, incoming: storing.Incoming) -> Evidence | None:
    """The row of the same bytes in this evaluation: checked when it came, so not checked again."""
    return Evidence.objects.filter(evaluation=evaluation, kind=Evidence.Kind.FILE, sha256=incoming.sha256).first()


def _use(
    evidence: Evidence,
    answer: Answer,
    *,
    by: User,
    at: datetime,
    address: str,
    covers: Sequence[int] = (),
    pages: str = "",
) -> EvidenceUse:
    said = {"added_at": at, "added_by": by, "covers": sorted(set(covers)), "pages": pages}
    use, fresh = EvidenceUse.objects.get_or_create(evidence=evidence, answer=answer, removed_at=None, defaults=said)
    if fresh:
        ask_the_lead_again([answer.pk], by=by, at=at)
        settle_warnings(evidence.pk, at=at)
        record(
            "evidence.attached", evidence.pk, evidence.evaluation, by, at,
            answer=answer.pk, sha256=evidence.sha256, url=evidence.url, size=evidence.size, address=address,
        )  # fmt: skip
    return use


def _title(title: str) -> str:
    return " ".join(title.split())[:TITLE_LETTERS]
