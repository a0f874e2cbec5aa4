"""The library of an evaluation: its documents, narrowed and searched; what there is to narrow by. Never writes."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef, Q, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Substr

from accounts.models import Office, User
from evaluations import rules
from evaluations.models import Evaluation, EvidenceQuerySet, EvidenceText, EvidenceUse, EvidenceWarning

MOST_WORDS = 8
WARNED, UNUSED, CHECK = "peringatan", "belum", "periksa"
MARKS = ((WARNED, "Dengan peringatan"), (UNUSED, "Belum dipakai"), (CHECK, "Perlu diperiksa"))
OPEN_MARKS = (MARKS[1],)  # for those who judge: what the region doubts is its own


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person narrows the library by; empty: by nothing."""

    words: str = ""
    kind: str = ""
    office: int | None = None
    year: int | None = None
    mark: str = ""

    @property
    def is_any(self) -> bool:
        """Whether the list is narrowed at all."""
        return bool(self.words or self.kind or self.office or self.year or self.mark)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the documents here can be narrowed by."""

    offices: list[tuple[int, str]]
    years: list[int]


def choices(evaluation: Evaluation, user: User) -> Choices:
    """Offices that brought documents, years that documents carry. Two queries."""
    documents = rules.visible_evidence(user).filter(evaluation=evaluation).order_by()
    offices = Office.objects.filter(pk__in=documents.values("office")).order_by("name").values_list("pk", "name")
    dated = documents.filter(dated_on__isnull=False)
    # As text: SQLite would hand every date to Python to find its year.
    years = dated.annotate(year=Substr(Cast("dated_on", TextField()), 1, 4)).values_list("year", flat=True).distinct()
    return Choices(list(offices), sorted(map(int, years), reverse=True))


def documents(evaluation: Evaluation, user: User, chosen: Chosen) -> EvidenceQuerySet:
    """The documents that the user may see and that fit, newest first."""
    found = rules.visible_evidence(user).filter(evaluation=evaluation)
    if chosen.kind:
        found = found.filter(document_kind=chosen.kind)
    if chosen.office:
        found = found.filter(office=chosen.office)
    if chosen.year:
        found = found.filter(dated_on__year=chosen.year)
    if chosen.mark:
        found = _marked(found, chosen.mark, user)
    for word in chosen.words.split()[:MOST_WORDS]:
        found = found.filter(_says(word))
    return found.order_by("-pk")


def _marked(found: EvidenceQuerySet, mark: str, user: User) -> EvidenceQuerySet:
    uses = EvidenceUse.objects.current().filter(evidence=OuterRef("pk"))
    if mark == UNUSED:
        return found.filter(~Exists(uses))
    if not rules.can_see_warnings(user):
        return found
    if mark == CHECK:
        return found.filter(Exists(uses.filter(needs_check=True)))
    return found.filter(Exists(EvidenceWarning.objects.unanswered().filter(evidence=OuterRef("pk"))))


def _says(word: str) -> Q:
    """Title, file, number, issuer, address or text has the word, or it is the code of a question that is proved."""
    proves = EvidenceUse.objects.current().filter(evidence=OuterRef("pk"), answer__question__code=word)
    columns = ("title", "file_name", "number", "issuer", "url")
    named = Q(*((f"{column}__icontains", word) for column in columns), _connector=Q.OR)
    return named | Q(pk__in=_texts_with(word)) | Q(Exists(proves))


def _texts_with(word: str) -> EvidenceQuerySet:
    texts = EvidenceText.objects.all()
    if connection.vendor == "postgresql":  # its own words for "dibentuk" and "pembentukan", from an index
        found = RawSQL("words @@ plainto_tsquery('indonesian', %s)", [word], output_field=BooleanField())  # noqa: S611
        texts = texts.annotate(says=found).filter(says=True)
    else:
        texts = texts.filter(text__icontains=word)
    return texts.values("evidence")  # type: ignore[return-value]
