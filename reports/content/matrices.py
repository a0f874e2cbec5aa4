"""Content of the *Lampiran Matriks*: every table of an evaluation as it stands now."""

from dataclasses import dataclass
from decimal import Decimal

from clusters.matrices import Kind
from clusters.scoring import ZERO, Points
from evaluations.matrices.rows import columns_of, show
from evaluations.models import Answer, Evaluation, MatrixVersion
from reports.content import words


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose tables these are; known at every stage, settled or not."""

    region: str
    region_code: str
    province: str
    zone: str
    cycle: str
    evidence_years: tuple[int, ...]
    submitted_at: str  # ISO, UTC
    is_demo: bool


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column's name and kind (`clusters.matrices.Kind`)."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class MatrixPart:
    """One question's table; cells as they are typed, `values` as they are stored (numbers with a dot, days as ISO)."""

    code: str
    text: str
    name: str
    claim: str
    points: Points
    saved_at: str  # ISO, UTC
    columns: tuple[ColumnHead, ...]
    cells: tuple[tuple[str, ...], ...]
    values: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class EmptyLine:
    """A question that asks for a table nobody has filled in."""

    code: str
    text: str
    claimed: Decimal


@dataclass(frozen=True, slots=True)
class MatricesContent:
    """Everything the appendix says."""

    standing: Heading
    parts: tuple[MatrixPart, ...]
    empty: tuple[EmptyLine, ...]

    @property
    def row_count(self) -> int:
        """Rows of all tables."""
        return sum(len(part.cells) for part in self.parts)


def build_matrices(evaluation: Evaluation) -> MatricesContent:
    """The tables of an evaluation (with region, province, cycle and instrument) in two queries."""
    asked = evaluation.answers.filter(question__matrix=True).select_related("question", "option")
    filled = {
        each.answer_id: each
        for each in MatrixVersion.objects.current().for_evaluation(evaluation).filter(row_count__gt=0)
    }
    answers = list(asked.order_by("question__position"))
    return MatricesContent(
        standing=_heading(evaluation),
        parts=tuple(_part(each, filled[each.pk]) for each in answers if each.pk in filled),
        empty=tuple(
            EmptyLine(each.question.code, each.question.text, each.points or ZERO)
            for each in answers
            if each.pk not in filled
        ),
    )


def _heading(evaluation: Evaluation) -> Heading:
    region, cycle = evaluation.region, evaluation.cycle
    return Heading(
        region=region.name,
        region_code=region.code,
        province=region.province.name,
        zone=region.time_zone,
        cycle=cycle.name,
        evidence_years=tuple(cycle.instrument.evidence_years),
        submitted_at=evaluation.submitted_at.isoformat() if evaluation.submitted_at else "",
        is_demo=evaluation.is_demo,
    )


def _part(answer: Answer, version: MatrixVersion) -> MatrixPart:
    question = answer.question
    columns = columns_of(question, version)
    lines = show(columns, version.rows)
    return MatrixPart(
        code=question.code,
        text=question.text,
        name=question.matrix_name or "Matriks isian",
        claim=words.claim(answer, question),
        points=answer.points or ZERO,
        saved_at=version.saved_at.isoformat(),
        columns=tuple(ColumnHead(column.name, Kind(column.kind).value) for column in columns),
        cells=tuple(tuple(cell.text for cell in line.cells) for line in lines),
        values=tuple(tuple(cell.value for cell in line.cells) for line in lines),
    )
