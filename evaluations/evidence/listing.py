"""Evidence as pages show it: rows of an answer, rows of the library, in a constant number of queries. Never writes."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from evaluations import rules
from evaluations.evidence.parsers.kinds import EXTENSIONS
from evaluations.models import Evaluation, Evidence, EvidencePage, EvidenceQuerySet, EvidenceUse


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document: what it is, where its picture is, which questions it proves."""

    evidence_id: int
    evaluation_id: int
    title: str
    is_file: bool
    kind_name: str  # "PDF", "DOCX", ..., "Tautan"
    size: int
    page_count: int | None
    state: str
    state_name: str
    has_thumbnail: bool
    remarks: list[str]
    url: str
    sha256: str
    added_at: datetime
    added_by: str
    codes: tuple[str, ...]  # questions it proves, in the instrument's order


@dataclass(frozen=True, slots=True)
class UseRow:
    """A document as the proof of one answer; `others` are the other questions it proves."""

    use_id: int
    pages: str
    document: DocumentRow
    others: tuple[str, ...]


def uses_for(answer_ids: Iterable[int], user: User) -> dict[int, list[UseRow]]:
    """Documents of each answer, oldest first. Two queries for any number of answers."""
    found: dict[int, list[UseRow]] = {answer_id: [] for answer_id in answer_ids}
    uses = list(_uses(found, user).select_related("answer__question", "evidence__added_by").order_by("pk"))
    codes = _codes({use.evidence_id for use in uses})
    for use in uses:
        proves = codes.get(use.evidence_id, ())
        own = use.answer.question.code
        row = document_row(use.evidence, proves, has_thumbnail=bool(use.has_thumbnail))  # type: ignore[attr-defined]
        found[use.answer_id].append(UseRow(use.pk, use.pages, row, tuple(code for code in proves if code != own)))
    return found


def counts_for(answer_ids: Iterable[int], user: User) -> dict[int, int]:
    """How many documents prove each answer; answers without any have no key. One query."""
    counted = _uses(answer_ids, user).values("answer_id").annotate(documents=Count("pk")).order_by()
    return {row["answer_id"]: row["documents"] for row in counted}


def library(evaluation: Evaluation, user: User, *, words: str = "") -> EvidenceQuerySet:
    """The evaluation's documents that the user may see, newest first, narrowed by words of title, file or question."""
    documents = rules.visible_evidence(user).filter(evaluation=evaluation)
    for word in words.split()[:8]:
        proves = EvidenceUse.objects.filter(evidence=OuterRef("pk"), removed_at=None, answer__question__code=word)
        documents = documents.filter(
            Q(title__icontains=word) | Q(file_name__icontains=word) | Q(url__icontains=word) | Exists(proves)
        )
    return documents.annotate(has_thumbnail=_thumbnail("pk")).select_related("added_by").order_by("-pk")


def rows(documents: Collection[Evidence]) -> list[DocumentRow]:
    """One page of the library as rows; one query for all their questions."""
    codes = _codes({each.pk for each in documents})
    return [
        document_row(each, codes.get(each.pk, ()), has_thumbnail=bool(getattr(each, "has_thumbnail", False)))
        for each in documents
    ]


def codes_for(evidence: Evidence, user: User) -> list[str]:
    """The questions of the user that a document proves, in the instrument's order."""
    uses = evidence.uses.filter(removed_at=None, answer__in=rules.visible_answers(user))
    return list(uses.order_by("answer__question__position").values_list("answer__question__code", flat=True))


def document_row(evidence: Evidence, codes: tuple[str, ...], *, has_thumbnail: bool) -> DocumentRow:
    """The row of a document whose `added_by` is loaded."""
    return DocumentRow(
        evidence_id=evidence.pk,
        evaluation_id=evidence.evaluation_id,
        title=evidence.title,
        is_file=evidence.is_file,
        kind_name=EXTENSIONS.get(evidence.media_type, "berkas").upper() if evidence.is_file else "Tautan",
        size=evidence.size,
        page_count=evidence.page_count,
        state=evidence.state,
        state_name=str(evidence.get_state_display()),
        has_thumbnail=has_thumbnail,
        remarks=evidence.remarks,
        url=evidence.url,
        sha256=evidence.sha256,
        added_at=evidence.added_at,
        added_by=str(evidence.added_by),
        codes=codes,
    )


def _uses(answer_ids: Iterable[int], user: User) -> QuerySet[EvidenceUse]:
    uses = EvidenceUse.objects.filter(removed_at=None, answer__in=rules.visible_answers(user))
    return uses.filter(answer__in=list(answer_ids)).annotate(has_thumbnail=_thumbnail("evidence"))


def _thumbnail(reference: str) -> Exists:
    return Exists(EvidencePage.objects.filter(evidence=OuterRef(reference), number=1))


def _codes(evidence_ids: set[int]) -> dict[int, tuple[str, ...]]:
    uses = EvidenceUse.objects.filter(evidence__in=evidence_ids, removed_at=None)
    pairs = uses.order_by("answer__question__position").values_list("evidence_id", "answer__question__code")
    codes: dict[int, list[str]] = defaultdict(list)
    for evidence_id, code in pairs:
        codes[evidence_id].append(code)
    return {evidence_id: tuple(found) for evidence_id, found in codes.items()}
