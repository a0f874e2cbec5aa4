"""A question's table as its page shows it: a stretch of rows to fill in or to read, who saved it, what came before."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from accounts.models import District, Village
from clusters.matrices import Column, Kind
from clusters.models import Question
from evaluations.matrices.rows import MOST_ROWS, Line, Row, blank_line, columns_of, show
from evaluations.models import Answer, Evaluation, MatrixVersion

MOST_FIELDS = 340  # of a form without script; the portal takes 400, the rest is for what else the form carries
LONGEST_PAGE = 40
SPARE = 3
SHOWN_VERSIONS = 20


@dataclass(frozen=True, slots=True)
class Table:
    """All that `evaluations/matrices/_matrix.html` shows. `held` stored rows from `start` on are replaced by a save."""

    evaluation_id: int
    code: str
    name: str
    zone: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    spare: tuple[Line, ...]
    version: int
    total: int  # stored rows
    start: int
    held: int
    current: MatrixVersion | None
    history: Sequence[MatrixVersion]
    can_edit: bool
    page: int
    pages: int
    on_page: bool = False  # on its own page rather than the question's
    places: dict[str, list[str]] = field(default_factory=dict)  # names to offer, by kind of column
    said: str = ""
    refused: str = ""
    kept: str = ""  # pasted text that was not taken

    @property
    def faulty(self) -> int:
        """Rows with something to mend."""
        return sum(line.is_faulty for line in self.lines)

    @property
    def blank(self) -> Line:
        """A row that a script copies."""
        return blank_line(self.columns, 0)

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return self.start + self.held

    @property
    def most_rows(self) -> int:
        """What a table may hold."""
        return MOST_ROWS

    @property
    def is_unsaved(self) -> bool:
        """Whether what is shown is not what is stored."""
        return bool(self.refused or self.faulty)


def table_of(
    answer: Answer, evaluation: Evaluation, question: Question, *, can_edit: bool, page: int = 1, on_page: bool = False
) -> Table:
    """The stored table; at most four queries, however many rows."""
    current = current_of(answer)
    columns = columns_of(question, current)
    rows: list[Row] = current.rows if current else []
    size = page_size(columns)
    pages = max(1, -(-len(rows) // size))
    page = min(max(page, 1), pages)
    start = (page - 1) * size
    lines = show(columns, rows[start : start + size], first=start + 1)
    return Table(
        evaluation_id=evaluation.pk,
        code=question.code,
        name=question.matrix_name or "Matriks isian",
        zone=evaluation.region.time_zone,
        columns=columns,
        lines=tuple(lines),
        spare=_spare(columns, len(rows), page == pages) if can_edit else (),
        version=current.version if current else 0,
        total=len(rows),
        start=start,
        held=len(lines),
        current=current,
        history=list(answer.matrix_versions.for_list()[:SHOWN_VERSIONS]),
        can_edit=can_edit,
        page=page,
        pages=pages,
        on_page=on_page,
        places=_places(evaluation, columns) if can_edit else {},
    )


def with_typed(table: Table, lines: Sequence[Line], *, more: bool = False) -> Table:
    """The same stretch with what was typed in the place of what is stored."""
    spare = _spare(table.columns, table.start + len(lines), True, SPARE + 2 if more else SPARE)
    return replace(table, lines=tuple(lines), spare=spare)


def current_of(answer: Answer) -> MatrixVersion | None:
    """The table that counts now."""
    return MatrixVersion.objects.current().filter(answer=answer).select_related("saved_by").first()


def page_size(columns: Sequence[Column]) -> int:
    """How many rows a form shows at once, so that a browser without script can send them."""
    return min(LONGEST_PAGE, MOST_FIELDS // (len(columns) + 1) - SPARE)


def _spare(columns: Sequence[Column], behind: int, is_last: bool, count: int = SPARE) -> tuple[Line, ...]:
    if not is_last:
        return ()
    count = min(count, max(0, MOST_ROWS - behind))
    return tuple(blank_line(columns, behind + step) for step in range(1, count + 1))


def _places(evaluation: Evaluation, columns: Sequence[Column]) -> dict[str, list[str]]:
    """The region's own kecamatan and desa, for the columns that hold such names."""
    kinds = {column.kind for column in columns}
    names: dict[str, list[str]] = {}
    if Kind.DISTRICT in kinds:
        found = District.objects.filter(region=evaluation.region_id).order_by("name")
        names[Kind.DISTRICT.value] = list(found.values_list("name", flat=True))
    if Kind.VILLAGE in kinds:
        wanted = Village.objects.filter(district__region=evaluation.region_id).order_by("name")
        names[Kind.VILLAGE.value] = list(wanted.values_list("name", flat=True).distinct())
    return names
