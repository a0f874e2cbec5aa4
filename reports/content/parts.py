"""The pieces documents are made of. Frozen, made of text, numbers and each other, so that equal content is equal."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """The four numbers that stand side by side on every level; `difference` is verified minus claimed."""

    maximum: Decimal
    claimed: Decimal
    verified: Decimal
    difference: Decimal

    @property
    def is_lowered(self) -> bool:
        """Whether points were lost on the way."""
        return self.difference < 0


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One document that proves an answer; `digest` are the first signs of its sha256, empty for a link."""

    title: str
    form: str  # "PDF, 3 halaman" or "tautan"
    pages: str
    digest: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question with what was claimed, what was judged and why, in words ready to print."""

    code: str
    text: str
    figures: Figures
    claim: str
    claim_note: str
    verdict: str
    reason_code: str
    reason: str
    note: str
    evidence: tuple[EvidenceLine, ...]
    lead: str
    supporters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorPart:
    """An indicator with its questions; `surplus` is what its ceiling cut off after verification."""

    code: str
    name: str
    figures: Figures
    surplus: Decimal
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class ClusterPart:
    """A cluster; `percent` is how much of its maximum was verified."""

    code: str
    name: str
    figures: Figures
    percent: Decimal
    indicators: tuple[IndicatorPart, ...]

    @property
    def questions(self) -> tuple[QuestionLine, ...]:
        """All questions in the order of the instrument."""
        return tuple(question for indicator in self.indicators for question in indicator.questions)


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Points that went for one reason, and on how many questions."""

    code: str
    label: str
    points: Decimal
    questions: int


@dataclass(frozen=True, slots=True)
class AwardLine:
    """The official predicate, as typed from its decree."""

    year: int
    predicate: str
    decree_number: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the region stands: who, when, totals, computed tier, official predicate."""

    region: str
    region_code: str
    province: str
    zone: str
    cycle: str
    award_year: int
    evidence_years: tuple[int, ...]
    instrument: str
    stage: str
    stage_label: str
    closed_at: str  # ISO, UTC: a moment is content, its spelling is not
    submitted_at: str
    is_demo: bool
    figures: Figures
    lost_percent: Decimal
    tier: str  # empty: below the first
    tier_claimed: str
    next_tier: str
    missing: Decimal | None
    award: AwardLine | None
    bands: tuple[tuple[str, str, int], ...]  # code, name, floor
    verifiers: tuple[str, ...]
