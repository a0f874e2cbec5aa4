"""What could be accepted at once in an indicator: each unjudged question with its claim and what speaks against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from clusters.catalogue import Entry, catalogue_of
from clusters.models import Indicator
from clusters.scoring import Points
from evaluations.models import Answer, Evidence, EvidenceUse, MatrixVersion
from verification.desk import Standing
from verification.lines import Line
from verification.review.seen import mark

NO_EVIDENCE, EMPTY_MATRIX, UNANSWERED = "Tidak ada bukti", "Matriks belum diisi", "Pertanyaan tidak diisi"
UNREADABLE = "Ada dokumen yang tidak dapat ditampilkan"
GRAVE = frozenset({NO_EVIDENCE, EMPTY_MATRIX, UNANSWERED, UNREADABLE})  # not ticked beforehand


@dataclass(frozen=True, slots=True)
class Proofs:
    """What the documents of one answer come to."""

    documents: int = 0
    covered: frozenset[int] = frozenset()
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One question that may be accepted; `sent` is what a form says to mean exactly this answer."""

    entry: Entry
    answer_pk: int
    mark: str
    claimed: Points
    keeps: Decimal
    documents: int
    warnings: tuple[str, ...]

    @property
    def sent(self) -> str:
        """The answer and its mark: "12:3/1-8-0/0"."""
        return f"{self.answer_pk}:{self.mark}"

    @property
    def is_plain(self) -> bool:
        """Whether nothing grave speaks against it."""
        return not GRAVE.intersection(self.warnings)


def indicator_of(standing: Standing, cluster: str, code: str) -> Indicator | None:
    """An indicator of the instrument by its codes."""
    groups = catalogue_of(standing.evaluation.cycle.instrument).of_cluster(cluster)
    return next((indicator for indicator, _ in groups if indicator.code == code), None)


def offers(standing: Standing, indicator: Indicator) -> list[Offer]:
    """The unjudged questions of the indicator in order; three queries.

    What the person reads as second reader is left out: that judgement is given elsewhere.
    """
    lines = [
        line
        for line in standing.lines
        if line.entry.question.indicator.pk == indicator.pk
        and line.judged is None
        and line.entry.question.pk not in standing.second
    ]
    wanted = [line.entry.question.pk for line in lines]
    answers = Answer.objects.filter(evaluation=standing.evaluation, question__in=wanted).annotate(mark=mark())
    rows = {question: (pk, sign) for pk, question, sign in answers.values_list("pk", "question_id", "mark")}
    proofs = _proofs(pk for pk, _ in rows.values())
    filled = MatrixVersion.objects.current().filter(answer__in=[pk for pk, _ in rows.values()], row_count__gt=0)
    tables = set(filled.values_list("answer_id", flat=True))
    return [
        _offer(line, answer, sign, proofs.get(answer, Proofs()), answer in tables)
        for line in lines
        for answer, sign in [rows[line.entry.question.pk]]
    ]


def _proofs(answers: Iterable[int]) -> dict[int, Proofs]:
    found: dict[int, Proofs] = {}
    uses = EvidenceUse.objects.counted().filter(answer__in=list(answers))
    for answer, covers, state in uses.values_list("answer_id", "covers", "evidence__state"):
        so_far = found.get(answer, Proofs())
        found[answer] = Proofs(
            so_far.documents + 1,
            so_far.covered | frozenset(covers),
            so_far.is_unreadable or state == Evidence.State.UNREADABLE,
        )
    return found


def _offer(line: Line, answer: int, sign: str, proofs: Proofs, has_table: bool) -> Offer:
    question = line.entry.question
    warnings = []
    if line.claimed is None:
        warnings.append(UNANSWERED)
    if line.before and question.evidence and not proofs.documents:
        warnings.append(NO_EVIDENCE)
    if line.before and question.matrix and not has_table:
        warnings.append(EMPTY_MATRIX)
    if proofs.is_unreadable:
        warnings.append(UNREADABLE)
    expected = len(question.evidence)
    if proofs.documents and len(proofs.covered) < expected:
        warnings.append(f"Bukti ditandai mencakup {len(proofs.covered)} dari {expected} yang diharapkan")
    return Offer(line.entry, answer, sign, line.claimed, line.before, proofs.documents, tuple(warnings))
