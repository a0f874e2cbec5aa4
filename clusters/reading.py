"""What the pages of the instrument show: questions under their headings, with the offices' names."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from clusters.models import Cluster, Indicator, Instrument, Question
from clusters.predicates import Tier, spans
from clusters.rulebook import edition_of
from clusters.scoring import total

MOST_RESULTS = 100


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with who answers it."""

    question: Question
    lead: str
    supporting: list[str]


@dataclass(frozen=True, slots=True)
class IndicatorBlock:
    """An indicator with its questions; `surplus` is set where they are worth more than its ceiling."""

    indicator: Indicator
    rows: list[QuestionRow]
    worth: Decimal

    @property
    def is_capped(self) -> bool:
        """Whether the ceiling cuts something off."""
        return self.worth > self.indicator.maximum


@dataclass(frozen=True, slots=True)
class Found:
    """Results of a search; `is_cut` when there are more than are shown."""

    rows: list[QuestionRow]
    is_cut: bool


def blocks(cluster: Cluster) -> list[IndicatorBlock]:
    """A cluster's page, in 3 queries at any number of questions."""
    names = _office_names(cluster.instrument)
    return [
        IndicatorBlock(
            indicator=indicator,
            rows=[_row(question, names) for question in indicator.questions.all()],
            worth=total([question.maximum for question in indicator.questions.all()]),
        )
        for indicator in cluster.indicators.prefetch_related("questions")
    ]


def row(question: Question) -> QuestionRow:
    """One question's page."""
    return _row(question, _office_names(question.instrument))


def search(instrument: Instrument, words: str) -> Found:
    """Questions whose text or code holds the words, in the order of the instrument."""
    questions = instrument.questions.matching(words).select_related("indicator__cluster")[: MOST_RESULTS + 1]
    names = _office_names(instrument)
    rows = [_row(question, names) for question in questions]
    return Found(rows[:MOST_RESULTS], len(rows) > MOST_RESULTS)


def stretches(instrument: Instrument) -> list[tuple[Tier | None, int, int]]:
    """Every predicate with its lowest and highest whole score, the stretch without predicate first."""
    maximum = int(instrument.maximum)
    ordered = spans(edition_of(instrument).tiers, maximum)
    return [(tier, low, high if high == maximum else high - 1) for tier, low, high in ordered]


def _office_names(instrument: Instrument) -> dict[str, str]:
    return dict(instrument.offices.values_list("code", "name"))


def _row(question: Question, names: dict[str, str]) -> QuestionRow:
    answering: Iterable[str] = (names.get(code, code) for code in question.offices)
    lead, *supporting = answering
    return QuestionRow(question, lead, supporting)
