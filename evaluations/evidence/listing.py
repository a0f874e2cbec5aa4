"""Evidence as pages show it: rows of an answer, of a library page, in a constant number of queries. Never writes."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import User
from evaluations import readers, rules
from evaluations.evidence import antivirus
from evaluations.evidence.parsers.kinds import EXTENSIONS
from evaluations.evidence.sentences import ADVICE, MENDED_BY_DETAILS
from evaluations.evidence.warnings import warnings_of
from evaluations.models import Evidence, EvidencePage, EvidenceUse, EvidenceUseQuerySet, EvidenceWarning
from evaluations.verifiers import Read
from kla_portal.numbers import hari

NOTHING_MORE = "(rincian lain belum diisi)"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning in words, answered or not."""

    code: str
    name: str
    detail: str
    advice: str
    is_answered: bool
    answer: str
    answered_by: str
    answered_at: datetime | None

    @property
    def wants_details(self) -> bool:
        """Whether filling in the details may settle it."""
        return self.code in MENDED_BY_DETAILS


@dataclass(frozen=True, slots=True)
class Place:
    """A question that a document proves, and on which pages."""

    code: str
    pages: str
    needs_check: bool


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
    places: tuple[Place, ...]  # questions it proves, in the instrument's order
    doubts: tuple[Doubt, ...]
    is_withheld: bool
    is_infected: bool
    is_unscanned: bool
    document_kind: str  # in words
    number: str
    dated_on: date | None
    issuer: str
    valid_until: date | None

    @property
    def details(self) -> str:
        """What the paper says of itself beside its kind, in a line: "nomor 12, 12 Juni 2024 · Bupati"."""
        said = [f"nomor {self.number}"] if self.number else []
        said += [hari(self.dated_on)] if self.dated_on else []
        until = f"berlaku sampai {hari(self.valid_until)}" if self.valid_until else ""
        line = " · ".join(filter(None, [", ".join(said), self.issuer, until]))
        return line or (NOTHING_MORE if self.document_kind else "")

    @property
    def codes(self) -> tuple[str, ...]:
        """The questions alone."""
        return tuple(place.code for place in self.places)

    @property
    def open_doubts(self) -> int:
        """How many doubts nobody has answered."""
        return sum(not doubt.is_answered for doubt in self.doubts)

    @property
    def needs_check(self) -> bool:
        """Whether it was taken over from another cycle for some question and nobody has looked since."""
        return any(place.needs_check for place in self.places)


@dataclass(frozen=True, slots=True)
class UseRow:
    """A document as the proof of one answer; `others` are the other questions it proves."""

    use_id: int
    pages: str
    covers: tuple[int, ...]  # places in the question's list of expected evidence
    covered: tuple[str, ...]  # the same in words
    needs_check: bool
    document: DocumentRow
    others: tuple[str, ...]
    notes: tuple[readers.NoteLine, ...] = ()  # what verifiers have marked on it for this answer

    @property
    def seen(self) -> str:
        """What the person looks at, as a form sends it back: "12-14|0,2"."""
        return f"{self.pages}|{','.join(map(str, self.covers))}"


def uses_for(answer_ids: Iterable[int], user: User) -> dict[int, list[UseRow]]:
    """Documents of each answer, oldest first. Three queries for any number of answers, two for who sees no doubts."""
    found: dict[int, list[UseRow]] = {answer_id: [] for answer_id in answer_ids}
    uses = OF_ONE.all(user, *found) if len(found) == 1 else list(_uses(found, user))
    places, doubts = _around({use.evidence_id for use in uses}, user)
    for use in uses:
        proves = places.get(use.evidence_id, ())
        own = use.answer.question.code
        row = document_row(
            use.evidence, proves, doubts.get(use.evidence_id, []), has_thumbnail=bool(vars(use)["has_thumbnail"])
        )
        found[use.answer_id].append(
            UseRow(
                use_id=use.pk,
                pages=use.pages,
                covers=tuple(use.covers),
                covered=tuple(line for place, line in enumerate(use.answer.question.evidence) if place in use.covers),
                needs_check=use.needs_check and rules.can_see_warnings(user),
                document=row,
                others=tuple(place.code for place in proves if place.code != own),
            )
        )
    return found


def with_notes(uses: list[UseRow], answer_id: int, user: User) -> list[UseRow]:
    """The same with what verifiers have marked, as far as the user may read it. One query, none without documents."""
    notes = readers.notes_on(user, [use.document.evidence_id for use in uses], answer_id) if uses else {}
    return [replace(use, notes=tuple(notes.get(use.document.evidence_id, ()))) for use in uses]


def counts_for(answer_ids: Iterable[int], user: User) -> dict[int, int]:
    """How many documents prove each answer; answers without any have no key. One query."""
    proving = EvidenceUse.objects.counted().filter(answer__in=rules.visible_answers(user))
    counted = proving.filter(answer__in=list(answer_ids)).values("answer_id").annotate(documents=Count("pk")).order_by()
    return {row["answer_id"]: row["documents"] for row in counted}


def rows(documents: Collection[Evidence], user: User) -> list[DocumentRow]:
    """One page of the library as rows; one query for all their questions, one for their doubts."""
    places, doubts = _around({each.pk for each in documents}, user)
    return [
        document_row(
            each,
            places.get(each.pk, ()),
            doubts.get(each.pk, []),
            has_thumbnail=bool(getattr(each, "has_thumbnail", False)),
        )
        for each in documents
    ]


def with_thumbnails(documents: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """What `rows` needs of each document, without asking again."""
    return documents.annotate(has_thumbnail=_thumbnail("pk")).select_related("added_by")


def codes_for(evidence: Evidence, user: User) -> list[str]:
    """The questions of the user that a document proves, in the instrument's order."""
    uses = evidence.uses.filter(removed_at=None, answer__in=rules.visible_answers(user))
    return list(uses.order_by("answer__question__position").values_list("answer__question__code", flat=True))


def document_row(
    evidence: Evidence, places: tuple[Place, ...], doubts: Iterable[EvidenceWarning], *, has_thumbnail: bool
) -> DocumentRow:
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
        has_thumbnail=has_thumbnail and not evidence.is_withheld,
        remarks=evidence.remarks,
        url=evidence.url,
        sha256=evidence.sha256,
        added_at=evidence.added_at,
        added_by=str(evidence.added_by),
        places=places,
        doubts=tuple(map(_doubt, doubts)),
        is_withheld=evidence.is_withheld,
        is_infected=evidence.scan == Evidence.Scan.INFECTED,
        is_unscanned=evidence.is_file and antivirus.is_on() and evidence.scan == Evidence.Scan.NONE,
        document_kind=str(evidence.get_document_kind_display()) if evidence.document_kind else "",
        number=evidence.number,
        dated_on=evidence.dated_on,
        issuer=evidence.issuer,
        valid_until=evidence.valid_until,
    )


def _doubt(warning: EvidenceWarning) -> Doubt:
    return Doubt(
        code=warning.code,
        name=str(warning.get_code_display()),
        detail=warning.detail,
        advice=ADVICE.get(warning.code, ""),
        is_answered=warning.is_answered,
        answer=warning.answer,
        answered_by=str(warning.answered_by or ""),
        answered_at=warning.answered_at,
    )


def _uses(answer_ids: Iterable[int], user: User) -> EvidenceUseQuerySet:
    uses = EvidenceUse.objects.current().filter(answer__in=rules.visible_answers(user))
    uses = uses.filter(answer__in=list(answer_ids)).annotate(has_thumbnail=_thumbnail("evidence"))
    return uses.select_related("answer__question", "evidence__added_by").order_by("pk")


OF_ONE = Read[EvidenceUse](lambda user, answer: _uses([answer], user))


def _thumbnail(reference: str) -> Exists:
    return Exists(EvidencePage.objects.filter(evidence=OuterRef(reference), number=1))


def _around(
    evidence_ids: set[int], user: User
) -> tuple[dict[int, tuple[Place, ...]], dict[int, list[EvidenceWarning]]]:
    """Questions of each document, and its doubts for those who may read them."""
    sees = rules.can_see_warnings(user)
    doubts = warnings_of(evidence_ids) if sees else {}
    uses = EvidenceUse.objects.current().filter(evidence__in=evidence_ids).order_by("answer__question__position")
    places: dict[int, list[Place]] = defaultdict(list)
    columns = ("evidence_id", "answer__question__code", "pages", "needs_check")
    for evidence_id, code, pages, needs_check in uses.values_list(*columns):
        places[evidence_id].append(Place(code, pages, needs_check and sees))
    return {evidence_id: tuple(found) for evidence_id, found in places.items()}, doubts
