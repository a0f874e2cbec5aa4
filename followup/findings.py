"""What the verdicts of closed stages say of each indicator: done, not done, evidence wanted, offices in charge."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from textwrap import shorten

from clusters.catalogue import Entry, catalogue_of
from clusters.rulebook import edition_of
from clusters.scoring import ZERO, ClusterRule, IndicatorRule, Points
from clusters.stages import Stage, walked
from evaluations.models import Answer, Evaluation, EvidenceUse, Responsibility, StageResult
from kla_portal.numbers import angka
from verification.models import Verdict

LONGEST = 160  # characters of a question's text
NOBODY = "Belum ada penanggung jawab"


class NotReady(Exception):
    """No judging stage is closed and settled yet, so there is nothing to meet about."""

    def __init__(self) -> None:
        super().__init__("Kertas kerja tersedia setelah verifikasi administrasi ditutup dan nilainya ditetapkan.")


@dataclass(frozen=True, slots=True)
class Words:
    """The written columns of one row, a line per question."""

    done: str
    undone: str
    needed: str
    responsible: str


@dataclass(frozen=True, slots=True)
class IndicatorFinding:
    """One indicator: settled points of the self-evaluation and of the latest closed stage, and the proposed words."""

    cluster: ClusterRule
    rule: IndicatorRule
    claimed: Decimal
    judged: Decimal
    words: Words


@dataclass(frozen=True, slots=True)
class Findings:
    """What a paper starts from; `totals` are the settled totals, claimed and judged."""

    stage: Stage
    closed_at: datetime
    totals: tuple[Decimal, Decimal]
    indicators: tuple[IndicatorFinding, ...]
    clusters: dict[int, tuple[Decimal, Decimal]]  # by the cluster's key: claimed, judged


@dataclass(frozen=True, slots=True)
class _Judged:
    """One question: the claim, what counts now, and the verdict that lowered it last."""

    entry: Entry
    claimed: Points
    points: Points
    option: str
    reason: str
    note: str
    missing: tuple[str, ...]
    lead: str

    @property
    def is_lowered(self) -> bool:
        return (self.points or ZERO) < (self.claimed or ZERO)

    @property
    def is_done(self) -> bool:
        return not self.is_lowered and bool(self.points)

    @property
    def name(self) -> str:
        text = shorten(self.entry.question.text, LONGEST, placeholder=" …")
        return f"{self.entry.question.code} {text}"


def is_ready(evaluation: Evaluation) -> bool:
    """Whether a judging stage is closed and settled; one query."""
    stages = [each.value for each in walked(evaluation.cycle.stages)[1:]]
    return StageResult.objects.filter(evaluation=evaluation, stage__in=stages, frozen_at__isnull=False).exists()


def read(evaluation: Evaluation) -> Findings:
    """Everything at once, in a constant number of queries. Raises `NotReady`."""
    first, last = _results(evaluation)
    closed = _closed(evaluation, last)
    questions = _questions(evaluation, closed)
    before, after = _levels(first), _levels(last)
    indicators = tuple(
        IndicatorFinding(
            cluster,
            rule,
            before[1].get(rule.pk, ZERO),
            after[1].get(rule.pk, ZERO),
            words_of(questions[rule.start : rule.stop]),
        )
        for cluster in edition_of(evaluation.cycle.instrument).book.clusters
        for rule in cluster.indicators
    )
    clusters = {pk: (points, after[0].get(pk, ZERO)) for pk, points in before[0].items()}
    assert last.frozen_at is not None  # only frozen results are read
    return Findings(Stage(last.stage), last.frozen_at, (first.total, last.total), indicators, clusters)


def _results(evaluation: Evaluation) -> tuple[StageResult, StageResult]:
    results = StageResult.objects.filter(evaluation=evaluation, frozen_at__isnull=False)
    found = {each.stage: each for each in results.prefetch_related("clusters", "indicators")}
    frozen = [found[stage.value] for stage in walked(evaluation.cycle.stages) if stage.value in found]
    if len(frozen) < 2 or frozen[0].stage != Stage.EM:
        raise NotReady
    return frozen[0], frozen[-1]


def _closed(evaluation: Evaluation, last: StageResult) -> list[str]:
    order = [each.value for each in walked(evaluation.cycle.stages)]
    return order[1 : order.index(last.stage) + 1]


def _levels(result: StageResult) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    return (
        {each.cluster_id: each.points for each in result.clusters.all()},
        {each.indicator_id: each.points for each in result.indicators.all()},
    )


def _questions(evaluation: Evaluation, closed: Sequence[str]) -> list[_Judged]:
    """All questions in the order of the instrument; four queries."""
    answers = Answer.objects.filter(evaluation=evaluation).values_list("question_id", "points", "option_id")
    claims = {question: (points, option) for question, points, option in answers}
    verdicts = _verdicts(evaluation, closed)
    covers, leads = _covers(evaluation), _leads(evaluation)
    found = []
    for entry in catalogue_of(evaluation.cycle.instrument).entries:
        pk = entry.question.pk
        claimed, option = claims.get(pk, (None, None))
        points, reason, note = claimed, "", ""
        for given, chosen, why, said in verdicts.get(pk, ()):
            option = option if chosen is None and given == points else chosen
            points = given
            reason, note = (why, said) if why or said else (reason, note)
        label = chosen_option.label if (chosen_option := entry.option(option)) else ""
        missing = _missing(entry, covers.get(pk))
        found.append(_Judged(entry, claimed, points, label, reason, note, missing, leads.get(pk, NOBODY)))
    return found


def _verdicts(evaluation: Evaluation, closed: Sequence[str]) -> dict[int, list[tuple[Decimal, int | None, str, str]]]:
    rows = Verdict.objects.current().filter(answer__evaluation=evaluation, stage__in=closed)
    grouped: dict[int, list[tuple[str, Decimal, int | None, str, str]]] = defaultdict(list)
    columns = ("answer__question_id", "stage", "points", "option_id", "reason", "note")
    for question, stage, points, option, reason, note in rows.values_list(*columns):
        grouped[question].append((stage, points, option, reason, note))
    return {
        question: [each[1:] for each in sorted(found, key=lambda each: closed.index(each[0]))]
        for question, found in grouped.items()
    }


def _covers(evaluation: Evaluation) -> dict[int, set[int]]:
    """Which expected documents are there, by question; a question without any document is not named."""
    found: dict[int, set[int]] = defaultdict(set)
    uses = EvidenceUse.objects.counted().filter(answer__evaluation=evaluation)
    for question, places in uses.values_list("answer__question_id", "covers"):
        found[question].update(places)
    return found


def _leads(evaluation: Evaluation) -> dict[int, str]:
    leads = Responsibility.objects.filter(evaluation=evaluation, is_lead=True)
    return dict(leads.values_list("question_id", "office__name"))


def _missing(entry: Entry, covered: set[int] | None) -> tuple[str, ...]:
    expected = entry.question.evidence
    return tuple(each for place, each in enumerate(expected) if place not in (covered or ()))


def words_of(questions: Sequence[_Judged]) -> Words:
    """The proposed columns of one indicator."""
    weak = [each for each in questions if not each.is_done]
    charged = weak or questions
    return Words(
        done="\n".join(_done(each) for each in questions if each.is_done),
        undone="\n".join(_undone(each) for each in weak),
        needed=_needed(weak),
        responsible="\n".join(dict.fromkeys(each.lead for each in charged)),
    )


def _done(question: _Judged) -> str:
    option = f": {question.option}" if question.option else ""
    return f"{question.name}{option} (nilai {angka(question.points)})"


def _undone(question: _Judged) -> str:
    if not question.is_lowered:
        return f"{question.name}: belum ada nilai"
    change = f"nilai {angka(question.points)} dari {angka(question.claimed)}"
    reason = Verdict.Reason(question.reason).label if question.reason else "nilai diturunkan"
    note = f". {' '.join(question.note.split())}" if question.note.strip() else ""
    return f"{question.name}: {reason} ({change}){note}"


def _needed(weak: Sequence[_Judged]) -> str:
    """What is asked for, once, with every question that asks for it: indicator 1 would say the same thirty times."""
    askers: dict[str, list[str]] = {}
    for each in weak:
        if each.missing or each.is_lowered:
            wish = "; ".join(each.missing) or "perbaikan bukti yang sudah dilampirkan"
            askers.setdefault(wish, []).append(each.entry.question.code)
    return "\n".join(f"{', '.join(codes)}: {wish}" for wish, codes in askers.items())
