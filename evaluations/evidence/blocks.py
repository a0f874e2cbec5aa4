"""The evidence block of one answer, as the question page includes it and htmx gets it back. Never writes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef

from accounts.models import User
from evaluations import rules
from evaluations.evidence.listing import UseRow, uses_for, with_notes
from evaluations.models import Answer, Evaluation, EvidenceQuerySet, EvidenceUse, MatrixVersion
from evaluations.worklist.origin import Origin

MOST_CHOICES = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A document that could be taken from the library."""

    evidence_id: int
    title: str


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of the question's expected evidence, and whether a document or the question's table covers it."""

    place: int
    text: str
    is_covered: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person typed into one form of the block, when it was refused: it stays there to be mended."""

    form: str = ""  # "tautan"; for the form beside a document, its key stands in `evidence_id`
    evidence_id: int | None = None
    url: str = ""
    title: str = ""
    pages: str = ""
    covers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    """Everything `evaluations/evidence/_evidence.html` shows."""

    evaluation_id: int
    code: str
    uses: list[UseRow]
    can_edit: bool
    zone: str
    choices: list[Choice]
    expected: list[Expected]
    trail: str = ""  # the list that the question was opened from
    refused: Sequence[str] = ()
    said: Sequence[str] = ()
    kept: Kept = Kept()

    @property
    def covered(self) -> int:
        """How many lines of the expected evidence are covered."""
        return sum(line.is_covered for line in self.expected)

    @property
    def origin(self) -> str:
        """What links to documents carry, so that those lead back here."""
        return Origin(self.code, self.trail).query

    @property
    def picking(self) -> str:
        """What the link to the library carries, so that documents can be picked there for this question."""
        return Origin(self.code, self.trail).picking

    @property
    def has_more(self) -> bool:
        """Whether the library may hold documents that are not offered here."""
        return len(self.choices) == MOST_CHOICES

    def saying(self, *, said: Sequence[str] = (), refused: Sequence[str] = (), kept: Kept | None = None) -> "Block":
        """The same block with what just happened."""
        return replace(self, said=said, refused=refused, kept=kept or Kept())


def block_for(
    answer: Answer, user: User, *, evaluation: Evaluation, code: str, can_edit: bool, trail: str = ""
) -> Block:
    """The block of the answer to question `code`; four queries, three for those who only read, one for its table,
    and one for annotations once it is sent.
    """
    uses = uses_for([answer.pk], user)[answer.pk]
    if evaluation.is_submitted:
        uses = with_notes(uses, answer.pk, user)
    unused = library_for(answer, user).values_list("pk", "title")[:MOST_CHOICES] if can_edit else []
    return Block(
        evaluation_id=evaluation.pk,
        code=code,
        uses=uses,
        can_edit=can_edit,
        zone=evaluation.region.time_zone,
        choices=[Choice(pk, title) for pk, title in unused],
        expected=_expected(answer, uses),
        trail=trail,
    )


def _expected(answer: Answer, uses: list[UseRow]) -> list[Expected]:
    """What a withheld file covers is not covered; a matrix is covered by the question's own table too."""
    covered = {place for use in uses if not use.document.is_withheld for place in use.covers}
    lines = list(enumerate(answer.question.evidence))
    tables = {place for place, line in lines if answer.question.matrix and "matriks" in line.lower()}
    if tables - covered and MatrixVersion.objects.current().filter(answer=answer, row_count__gt=0).exists():
        covered |= tables
    return [Expected(place, line, place in covered) for place, line in lines]


def library_for(answer: Answer, user: User) -> EvidenceQuerySet:
    """Documents of the evaluation that the user may see and that do not prove this answer yet."""
    used = EvidenceUse.objects.filter(evidence=OuterRef("pk"), answer=answer, removed_at=None)
    found = rules.visible_evidence(user).filter(evaluation_id=answer.evaluation_id)
    return found.filter(~Exists(used)).order_by("title", "pk")
