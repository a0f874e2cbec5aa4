"""Where the points of one evaluation went, cut four ways: by cluster, indicator, reason and office in charge.

Every cut adds up to the change from the self-evaluation to the latest stage, to the hundredth. Clusters and indicators
are settled rows, subtracted. Reasons and offices gather the steps of every question; what the ceilings of indicators
absorb is a part of its own, and so is what a figure from outside (the ministry's, say) adds to the portal's own sum.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clusters.scoring import ZERO, IndicatorRule, difference, share, total
from evaluations.models import Responsibility
from verification import whereabouts
from verification.recap import Column, IndicatorLine, QuestionLine, Recap
from verification.whereabouts import CEILING, OUTSIDE, Part, change_of, named

NOBODY = "Belum ada penanggung jawab"
LONGEST = 255  # letters of a label in an address: as many as an office's name has


@dataclass(frozen=True, slots=True)
class IndicatorFall:
    """One indicator: what it had, has and lost, and the reasons of its questions, the heaviest first."""

    rule: IndicatorRule
    cluster: str
    claimed: Decimal
    latest: Decimal
    change: Decimal
    reasons: tuple[Part, ...]

    @property
    def lost_share(self) -> Decimal:
        """Percent of what was claimed."""
        return share(-self.change, self.claimed)


@dataclass(frozen=True, slots=True)
class Waterfalls:
    """The four cuts; for an office's staff those by reason and office hold its own questions alone."""

    by_cluster: tuple[Part, ...]
    by_indicator: tuple[Part, ...]
    by_reason: tuple[Part, ...]
    by_office: tuple[Part, ...]
    indicators: tuple[IndicatorFall, ...]  # those that changed, the heaviest loss first
    of_reason: Mapping[str, frozenset[int]]  # the questions a part is made of, by its label
    of_office: Mapping[str, frozenset[int]]

    def part(self, query: Mapping[str, str]) -> tuple[str, frozenset[int] | None]:
        """The part an address asks for by its label, and its questions; none asked for: all of them (None)."""
        for name, questions in (("alasan", self.of_reason), ("perangkat", self.of_office)):
            if label := query.get(name, "")[:LONGEST]:
                return label, questions.get(label, frozenset())
        return "", None

    @property
    def office_change(self) -> Decimal:
        """What the offices come to together."""
        return change_of(self.by_office)

    @property
    def reason_change(self) -> Decimal:
        """What the reasons come to together."""
        return change_of(self.by_reason)

    @property
    def cluster_steps(self) -> list[tuple[str, Decimal]]:
        """Bars of the waterfall by cluster."""
        return _steps(self.by_cluster)

    @property
    def indicator_steps(self) -> list[tuple[str, Decimal]]:
        """Bars of the waterfall by indicator."""
        return _steps(self.by_indicator)

    @property
    def reason_steps(self) -> list[tuple[str, Decimal]]:
        """Bars of the waterfall by reason."""
        return _steps(self.by_reason)

    @property
    def office_steps(self) -> list[tuple[str, Decimal]]:
        """Bars of the waterfall by office."""
        return _steps(self.by_office)


def _steps(parts: Iterable[Part]) -> list[tuple[str, Decimal]]:
    return [(part.label, part.amount) for part in parts]


def of(recap: Recap) -> Waterfalls:
    """One query: who leads which question."""
    leads = Responsibility.objects.filter(evaluation=recap.evaluation, is_lead=True)
    return cut(recap, dict(leads.values_list("question_id", "office__name")))


def cut(recap: Recap, leads: Mapping[int, str]) -> Waterfalls:
    """The cuts of a recap; `leads` names the office in charge of each question."""
    lines = [(cluster.rule.code, each) for cluster in recap.clusters for each in cluster.indicators]
    questions = [question for _, line in lines for question in line.questions]
    on_top = difference(_on_top(recap.last), _on_top(recap.first))
    rest: tuple[Part, ...] = ()
    if not recap.is_own:
        ceilings = difference(total(list(recap.first.surplus.values())), total(list(recap.last.surplus.values())))
        inside = difference(_inside(recap, -1), _inside(recap, 0))
        rest = named((CEILING, ceilings), (OUTSIDE, inside + on_top))
    outside = named((OUTSIDE, on_top))
    return Waterfalls(
        by_cluster=recap.by_cluster,  # knows what comes from outside
        by_indicator=(*_indicators(lines), *outside),
        by_reason=(*whereabouts.by_reason(_reasoned(recap, questions)), *rest),
        by_office=(*_offices(questions, leads), *rest),
        indicators=_falls(recap, lines),
        of_reason=_gathered(
            (whereabouts.label_of(reason, change), line)
            for line in questions
            for reason, change in _reasoned(recap, [line])
            if change
        ),
        of_office=_gathered(
            (leads.get(line.entry.question.pk, NOBODY), line) for line in questions if line.figures.change
        ),
    )


def _gathered(pairs: Iterable[tuple[str, QuestionLine]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for label, line in pairs:
        found.setdefault(label, set()).add(line.entry.question.pk)
    return {label: frozenset(questions) for label, questions in found.items()}


def _on_top(column: Column) -> Decimal:
    """What the total is beyond its clusters: a total that came from outside."""
    return difference(column.total, total(list(column.clusters.values())))


def _inside(recap: Recap, place: int) -> Decimal:
    """What indicators are beyond their own questions, ceilings applied: figures that came from outside."""
    column = recap.columns[place]
    points = total([each for each in column.points if each is not None])
    asked = difference(points, total(list(column.surplus.values())))
    return difference(total(list(column.clusters.values())), asked)


def _indicators(lines: Sequence[tuple[str, IndicatorLine]]) -> list[Part]:
    changes = ((line, line.figures.change or ZERO) for _, line in lines)
    return [Part(f"{line.rule.code} · {line.rule.name}", change, _fallen(line)) for line, change in changes if change]


def _fallen(line: IndicatorLine) -> int:
    return sum(bool(each.figures.change) for each in line.questions)


def _reasoned(recap: Recap, questions: Iterable[QuestionLine]) -> list[tuple[str, Decimal]]:
    """Every step of every question under the reason of the verdict that made it."""
    steps = []
    for line in questions:
        reasons = {each.stage: each.get_reason_display() if each.reason else "" for each in line.verdicts}
        stages = line.figures.stages
        for column, earlier, later in zip(recap.columns[1:], stages, stages[1:], strict=False):
            steps.append((reasons.get(column.stage, ""), difference(later or ZERO, earlier or ZERO)))
    return steps


def _offices(questions: Iterable[QuestionLine], leads: Mapping[int, str]) -> list[Part]:
    """What the questions of each office lost or gained, the heaviest loss first."""
    changes: dict[str, list[Decimal]] = {}
    for line in questions:
        if line.figures.change:
            changes.setdefault(leads.get(line.entry.question.pk, NOBODY), []).append(line.figures.change)
    parts = (Part(office, total(found), len(found)) for office, found in changes.items())
    return sorted(parts, key=lambda part: (part.amount, part.label))


def _falls(recap: Recap, lines: Sequence[tuple[str, IndicatorLine]]) -> tuple[IndicatorFall, ...]:
    falls = [
        IndicatorFall(
            line.rule,
            cluster,
            line.figures.stages[0] or ZERO,
            line.figures.latest or ZERO,
            line.figures.change or ZERO,
            whereabouts.by_reason(_reasoned(recap, line.questions)),
        )
        for cluster, line in lines
        if line.figures.change or any(each.figures.fell for each in line.questions)
    ]
    return tuple(sorted(falls, key=lambda fall: fall.change))
