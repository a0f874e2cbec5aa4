"""Content of the *Laporan Hasil Verifikasi*."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clusters import scoring
from clusters.stages import Stage
from evaluations.models import Evaluation
from reports.content.advice import SENTENCES
from reports.content.parts import ClusterPart, QuestionLine, ReasonLine, Standing
from reports.content.reading import read

UNEXPLAINED = "Alasan tidak dicatat"


@dataclass(frozen=True, slots=True)
class OfficeAdvice:
    """The questions one office must act on, in the order of the instrument."""

    office: str
    codes: tuple[str, ...]
    points: Decimal


@dataclass(frozen=True, slots=True)
class Advice:
    """One recommendation: the reason it answers, what to do, and who does it."""

    reason: str
    sentence: str
    points: Decimal
    offices: tuple[OfficeAdvice, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """How claimed becomes verified without a rest: reasons, raised points, what the ceilings take or give back."""

    reasons: tuple[ReasonLine, ...]
    raised: Decimal
    ceilings: Decimal


@dataclass(frozen=True, slots=True)
class LaporanContent:
    """Everything the report says."""

    standing: Standing
    balance: Balance
    clusters: tuple[ClusterPart, ...]
    advice: tuple[Advice, ...]


def build_laporan(evaluation: Evaluation, stage: Stage = Stage.VA) -> LaporanContent:
    """The report on `stage`. Raises `reading.NotSettled` while its result is not frozen."""
    reading = read(evaluation, stage)
    return LaporanContent(
        standing=reading.standing,
        balance=balance(reading.questions, reading.standing.figures.difference),
        clusters=reading.clusters,
        advice=advise(reading.questions),
    )


def balance(questions: Sequence[QuestionLine], difference: Decimal) -> Balance:
    """Where the points went; the ceilings' part is what the questions' own differences do not explain."""
    lowered = [each for each in questions if each.figures.is_lowered]
    reasons = tuple(
        ReasonLine(code, _label(found), lost(found), len(found)) for code, found in _by_reason(lowered).items()
    )
    raised = scoring.total([each.figures.difference for each in questions if each.figures.difference > 0])
    explained = scoring.difference(raised, scoring.total([each.points for each in reasons]))
    return Balance(
        reasons=tuple(sorted(reasons, key=lambda each: (-each.points, each.code))),
        raised=raised,
        ceilings=scoring.difference(difference, explained),
    )


def lost(questions: Sequence[QuestionLine]) -> Decimal:
    """What these questions lost, as a positive number."""
    return scoring.difference(scoring.ZERO, scoring.total([each.figures.difference for each in questions]))


def advise(questions: Sequence[QuestionLine]) -> tuple[Advice, ...]:
    """One recommendation per reason, the costliest first, each with the offices that lead its questions."""
    lowered = [each for each in questions if each.figures.is_lowered]
    advice = [
        Advice(
            reason=_label(found),
            sentence=SENTENCES.get(code, SENTENCES[""]),
            points=lost(found),
            offices=_offices(found),
        )
        for code, found in _by_reason(lowered).items()
    ]
    return tuple(sorted(advice, key=lambda each: (-each.points, each.reason)))


def _by_reason(questions: Sequence[QuestionLine]) -> dict[str, list[QuestionLine]]:
    groups: dict[str, list[QuestionLine]] = {}
    for question in questions:
        groups.setdefault(question.reason_code, []).append(question)
    return groups


def _label(questions: Sequence[QuestionLine]) -> str:
    return questions[0].reason or UNEXPLAINED


def _offices(questions: Sequence[QuestionLine]) -> tuple[OfficeAdvice, ...]:
    groups: dict[str, list[QuestionLine]] = {}
    for question in questions:
        groups.setdefault(question.lead or "Belum ada penanggung jawab", []).append(question)
    rows = [OfficeAdvice(office, tuple(each.code for each in found), lost(found)) for office, found in groups.items()]
    return tuple(sorted(rows, key=lambda each: (-each.points, each.office)))
