"""Content of the *Berita Acara Verifikasi*: totals per cluster, what was found per indicator, what is to be done."""

from dataclasses import dataclass

from accounts.models import Region
from clusters.stages import Stage
from evaluations.models import Evaluation
from reports.content.laporan import Advice, advise
from reports.content.naskah import Texts, texts_of
from reports.content.parts import ClusterPart, Figures, IndicatorPart, Standing
from reports.content.reading import read
from reports.houses import House


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What was found at one question that lost points."""

    code: str
    text: str
    figures: Figures
    reason: str
    note: str
    lead: str


@dataclass(frozen=True, slots=True)
class IndicatorNotes:
    """An indicator that lost points, with its findings."""

    code: str
    name: str
    figures: Figures
    lines: tuple[NoteLine, ...]


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """A cluster's row of the table."""

    code: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class BeritaContent:
    """Everything the berita acara says but its date, which is the day it is issued."""

    standing: Standing
    texts: Texts
    clusters: tuple[ClusterLine, ...]
    notes: tuple[IndicatorNotes, ...]
    advice: tuple[Advice, ...]


def build_berita(evaluation: Evaluation, stage: Stage = Stage.VA) -> BeritaContent:
    """The berita acara of `stage`. Raises `reading.NotSettled` while its result is not frozen."""
    reading = read(evaluation, stage)
    region: Region = evaluation.region
    return BeritaContent(
        standing=reading.standing,
        texts=texts_of(House(region=region)),
        clusters=tuple(ClusterLine(each.code, each.name, each.figures) for each in reading.clusters),
        notes=tuple(notes for each in reading.clusters for notes in _notes(each)),
        advice=advise(reading.questions),
    )


def _notes(cluster: ClusterPart) -> list[IndicatorNotes]:
    found = [_of_indicator(each) for each in cluster.indicators]
    return [each for each in found if each.lines]


def _of_indicator(indicator: IndicatorPart) -> IndicatorNotes:
    lines = tuple(
        NoteLine(each.code, each.text, each.figures, each.reason, each.note, each.lead)
        for each in indicator.questions
        if each.figures.is_lowered
    )
    return IndicatorNotes(indicator.code, indicator.name, indicator.figures, lines)
