"""The working paper of the coordination meeting: one row per indicator, filled from verdicts until somebody edits it.

`build_content` is what papers are made from: frozen, plain values, the same for everybody who may read it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from clusters.catalogue import catalogue_of
from clusters.scoring import difference
from clusters.stages import Stage
from evaluations.models import Evaluation
from followup import findings
from followup.findings import Findings, IndicatorFinding, NotReady
from followup.models import PaperRow

__all__ = ["NotReady", "PaperContent", "PaperLine", "build_content"]

COLUMNS = (
    "No",
    "Klaster",
    "Nilai",
    "Indikator",
    "Telah dilaksanakan",
    "Belum dilaksanakan",
    "Data yang dibutuhkan",
    "Penanggung jawab",
    "Batas waktu",
)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One row; the written columns hold a line per question, parted by line breaks."""

    number: int
    cluster_code: str
    cluster_name: str
    indicator_pk: int
    indicator_code: str
    indicator_name: str
    maximum: Decimal
    claimed: Decimal
    judged: Decimal
    change: Decimal
    done: str
    undone: str
    needed: str
    responsible: str
    due_on: date | None
    version: int  # 0: nobody has ever edited it
    is_edited: bool


@dataclass(frozen=True, slots=True)
class PaperContent:
    """Everything the paper says, of the whole evaluation or of one cluster (`cluster_code`, empty: all)."""

    region: str
    province: str
    cycle: str
    award_year: int
    stage: Stage  # the latest closed stage: `judged` are its points
    stage_name: str
    closed_at: datetime
    time_zone: str
    cluster_code: str
    cluster_name: str
    maximum: Decimal
    claimed: Decimal
    judged: Decimal
    change: Decimal
    edited: int  # how many rows somebody has written
    rows: tuple[PaperLine, ...]


def build_content(evaluation: Evaluation, cluster: str | None = None) -> PaperContent:
    """The paper of all clusters or of one (by its code); a constant number of queries.

    Raises `NotReady` while no judging stage is closed, `LookupError` for a cluster the instrument does not know.
    """
    if cluster and catalogue_of(evaluation.cycle.instrument).cluster(cluster) is None:
        raise LookupError(cluster)
    found = findings.read(evaluation)
    written = {each.indicator_id: each for each in PaperRow.objects.current().filter(evaluation=evaluation)}
    lines = [
        _line(number, each, written.get(each.rule.pk))
        for number, each in enumerate(
            (each for each in found.indicators if not cluster or each.cluster.code == cluster), 1
        )
    ]
    return _content(evaluation, found, cluster or "", tuple(lines))


def _line(number: int, found: IndicatorFinding, row: PaperRow | None) -> PaperLine:
    edited = row if row is not None and row.is_edited else None
    said = edited or found.words
    return PaperLine(
        number=number,
        cluster_code=found.cluster.code,
        cluster_name=found.cluster.name,
        indicator_pk=found.rule.pk,
        indicator_code=found.rule.code,
        indicator_name=found.rule.name,
        maximum=found.rule.maximum,
        claimed=found.claimed,
        judged=found.judged,
        change=difference(found.judged, found.claimed),
        done=said.done,
        undone=said.undone,
        needed=said.needed,
        responsible=said.responsible,
        due_on=edited.due_on if edited else None,
        version=row.version if row else 0,
        is_edited=edited is not None,
    )


def _content(evaluation: Evaluation, found: Findings, cluster: str, rows: tuple[PaperLine, ...]) -> PaperContent:
    rule = next((each.cluster for each in found.indicators if each.cluster.code == cluster), None)
    claimed, judged = found.clusters[rule.pk] if rule else found.totals
    return PaperContent(
        region=evaluation.region.name,
        province=evaluation.region.province.name,
        cycle=evaluation.cycle.name,
        award_year=evaluation.cycle.award_year,
        stage=found.stage,
        stage_name=found.stage.label,
        closed_at=found.closed_at,
        time_zone=evaluation.region.time_zone,
        cluster_code=cluster,
        cluster_name=rule.name if rule else "",
        maximum=rule.maximum if rule else evaluation.cycle.instrument.maximum,
        claimed=claimed,
        judged=judged,
        change=difference(judged, claimed),
        edited=sum(each.is_edited for each in rows),
        rows=rows,
    )
