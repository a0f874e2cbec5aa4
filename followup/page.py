"""What the pages of the working paper show around it. Never writes."""

from collections.abc import Sequence
from dataclasses import dataclass

from clusters.catalogue import catalogue_of
from clusters.models import Cluster, Indicator
from evaluations.models import Evaluation
from followup import findings
from followup.findings import IndicatorFinding
from followup.models import PaperRow
from followup.paper import PaperContent, build_content


@dataclass(frozen=True, slots=True)
class RowPage:
    """One row being edited: what stands, what the verdicts propose, what stood before."""

    found: IndicatorFinding
    row: PaperRow | None
    history: Sequence[PaperRow]

    @property
    def version(self) -> int:
        """The version that stands; 0: none yet."""
        return self.row.version if self.row else 0

    def initial(self, wanted: str = "") -> dict[str, object]:
        """What the form starts with: what stands, or the words of an earlier version to be taken up again."""
        stands = self.row if self.row is not None and self.row.is_edited else self.found.words
        said = next((each for each in self.history if str(each.version) == wanted), stands)
        words = {name: getattr(said, name) for name in ("done", "undone", "needed", "responsible")}
        return {**words, "due_on": getattr(said, "due_on", None), "version": self.version}


def indicator_of(evaluation: Evaluation, cluster: str, code: str) -> Indicator | None:
    """An indicator of the evaluation's instrument by its codes."""
    indicators = Indicator.objects.select_related("cluster")
    return indicators.filter(
        cluster__instrument=evaluation.cycle.instrument_id, cluster__code=cluster, code=code
    ).first()


def row_page(evaluation: Evaluation, indicator: Indicator) -> RowPage:
    """Raises `findings.NotReady`."""
    found = next(each for each in findings.read(evaluation).indicators if each.rule.pk == indicator.pk)
    rows = list(
        PaperRow.objects.filter(evaluation=evaluation, indicator=indicator)
        .select_related("saved_by")
        .order_by("-version")[:20]
    )
    current = rows[0] if rows else None
    return RowPage(found, current, [each for each in rows[1:] if each.is_edited])


def edited_rows(evaluation: Evaluation, cluster: str | None) -> list[PaperRow]:
    """Rows that somebody has written, in the instrument's order."""
    rows = PaperRow.objects.current().filter(evaluation=evaluation, is_edited=True)
    if cluster:
        rows = rows.filter(indicator__cluster__code=cluster)
    return list(
        rows.select_related("indicator__cluster", "saved_by").order_by(
            "indicator__cluster__position", "indicator__position"
        )
    )


def clusters_of(evaluation: Evaluation) -> tuple[Cluster, ...]:
    """For the choice of a cluster."""
    return catalogue_of(evaluation.cycle.instrument).clusters


def content_of(evaluation: Evaluation, wanted: str) -> PaperContent | None:
    """The paper, of one cluster if the word names one; None while there is nothing to meet about."""
    known = catalogue_of(evaluation.cycle.instrument).cluster(wanted)
    try:
        return build_content(evaluation, wanted if known else None)
    except findings.NotReady:
        return None
