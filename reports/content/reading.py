"""Reads one evaluation's settled rows once, in a constant number of queries, and hands out the pieces of a document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clusters import predicates, scoring, stages
from clusters.models import Cluster, Question
from clusters.rulebook import Edition, edition_of
from clusters.stages import Stage
from evaluations.models import (
    Answer,
    ClusterResult,
    Evaluation,
    EvidenceUse,
    IndicatorResult,
    Responsibility,
    StageResult,
)
from evaluations.progress import points_sheet
from reports.content import words
from reports.content.parts import (
    AwardLine,
    ClusterPart,
    EvidenceLine,
    Figures,
    IndicatorPart,
    QuestionLine,
    Standing,
)
from verification.models import Assignment, Award, Verdict
from verification.progress import is_past


class NotSettled(Exception):
    """The stage is closed but its result is not frozen yet: a matter of seconds, said to people as such."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a document of one evaluation can say, on all levels."""

    standing: Standing
    clusters: tuple[ClusterPart, ...]

    @property
    def questions(self) -> tuple[QuestionLine, ...]:
        """All questions in the order of the instrument."""
        return tuple(question for cluster in self.clusters for question in cluster.questions)


@dataclass(frozen=True, slots=True)
class _Rows:
    answers: dict[int, Answer]
    verdicts: dict[int, dict[str, Verdict]]  # answer -> stage -> its verdict
    evidence: dict[int, tuple[EvidenceLine, ...]]  # by answer
    offices: dict[int, list[str]]  # by question, lead first
    points: dict[int, Decimal]  # by question, after the stage


def latest(evaluation: Evaluation) -> Stage:
    """The last closed stage of the province's verifiers: what papers of verification speak of."""
    closed = [each for each in (Stage.VA, Stage.VL) if each in evaluation.cycle.stages and is_past(evaluation, each)]
    return closed[-1] if closed else Stage.VA


def read(evaluation: Evaluation, stage: Stage) -> Reading:
    """The evaluation from its self-assessment to `stage`. Raises `NotSettled` while the stage has no frozen result."""
    results = _results(evaluation, stage)
    edition = edition_of(evaluation.cycle.instrument)
    rows = _rows(evaluation, stage)
    clusters = tuple(_cluster(each, rows, results) for each in _instrument(evaluation))
    return Reading(_standing(evaluation, stage, results, edition), clusters)


@dataclass(frozen=True, slots=True)
class _Results:
    claimed: StageResult
    verified: StageResult

    def cluster(self, pk: int, maximum: Decimal) -> Figures:
        """A cluster's settled points at both stages."""
        return figures(maximum, *(_settled(each.clusters.all(), "cluster_id", pk) for each in self.both))

    def indicator(self, pk: int, maximum: Decimal) -> Figures:
        """An indicator's settled points at both stages."""
        return figures(maximum, *(_settled(each.indicators.all(), "indicator_id", pk) for each in self.both))

    @property
    def both(self) -> tuple[StageResult, StageResult]:
        """Claimed, then verified."""
        return self.claimed, self.verified


def figures(maximum: Decimal, claimed: Decimal, verified: Decimal) -> Figures:
    """The four numbers of one level."""
    return Figures(maximum, claimed, verified, scoring.difference(verified, claimed))


def _settled(lines: Iterable[ClusterResult | IndicatorResult], column: str, pk: int) -> Decimal:
    points: Decimal = next(each.points for each in lines if getattr(each, column) == pk)
    return points


def _results(evaluation: Evaluation, stage: Stage) -> _Results:
    found = {
        each.stage: each
        for each in evaluation.results.filter(stage__in=[Stage.EM, stage], frozen_at__isnull=False).prefetch_related(
            "clusters", "indicators"
        )
    }
    if Stage.EM not in found or stage not in found:
        raise NotSettled(f"{evaluation.pk} {stage}")
    return _Results(found[Stage.EM], found[stage])


def _instrument(evaluation: Evaluation) -> Sequence[Cluster]:
    return list(evaluation.cycle.instrument.clusters.prefetch_related("indicators__questions"))


def _rows(evaluation: Evaluation, stage: Stage) -> _Rows:
    answers = {each.question_id: each for each in evaluation.answers.select_related("option")}
    judging = [each for each in (*stages.before(stage, evaluation.cycle.stages), stage) if each != Stage.EM]
    verdicts: dict[int, dict[str, Verdict]] = {}
    current = Verdict.objects.current().filter(answer__evaluation=evaluation, stage__in=judging)
    for verdict in current.select_related("option"):
        verdicts.setdefault(verdict.answer_id, {})[verdict.stage] = verdict
    return _Rows(
        answers=answers,
        verdicts=verdicts,
        evidence=_evidence(evaluation),
        offices=_offices(evaluation),
        points=_points(evaluation, stage),
    )


def _points(evaluation: Evaluation, stage: Stage) -> dict[int, Decimal]:
    sheet = points_sheet(evaluation)
    return {pk: points or scoring.ZERO for pk, points in zip(sheet.edition.places, sheet.at(stage), strict=True)}


def _evidence(evaluation: Evaluation) -> dict[int, tuple[EvidenceLine, ...]]:
    lines: dict[int, list[EvidenceLine]] = {}
    uses = EvidenceUse.objects.counted().filter(evidence__evaluation=evaluation)
    for use in uses.select_related("evidence").order_by("added_at", "pk"):
        lines.setdefault(use.answer_id, []).append(
            EvidenceLine(
                title=use.evidence.title,
                form=words.form_of(use.evidence),
                pages=use.pages,
                digest=use.evidence.sha256[:8],
            )
        )
    return {answer: tuple(found) for answer, found in lines.items()}


def _offices(evaluation: Evaluation) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    rows = Responsibility.objects.filter(evaluation=evaluation).order_by("-is_lead", "office__name")
    for question, name, is_lead in rows.values_list("question_id", "office__name", "is_lead"):
        names.setdefault(question, [] if is_lead else [""]).append(name)  # nobody leads: the first place stays empty
    return names


def _cluster(cluster: Cluster, rows: _Rows, results: _Results) -> ClusterPart:
    both = results.cluster(cluster.pk, cluster.maximum)
    return ClusterPart(
        code=cluster.code,
        name=cluster.name,
        figures=both,
        percent=scoring.share(both.verified, cluster.maximum),
        indicators=tuple(
            IndicatorPart(
                code=indicator.code,
                name=indicator.name,
                figures=results.indicator(indicator.pk, indicator.maximum),
                surplus=next(
                    each.surplus for each in results.verified.indicators.all() if each.indicator_id == indicator.pk
                ),
                questions=tuple(_question(each, rows) for each in indicator.questions.all()),
            )
            for indicator in cluster.indicators.all()
        ),
    )


def _question(question: Question, rows: _Rows) -> QuestionLine:
    answer = rows.answers[question.pk]
    found = rows.verdicts.get(answer.pk, {})
    verdict = next((found[stage] for stage in reversed(Stage) if stage in found), None)
    reason = next((found[stage].reason for stage in reversed(Stage) if stage in found and found[stage].reason), "")
    offices = rows.offices.get(question.pk, [""])
    both = figures(question.maximum, answer.points or scoring.ZERO, rows.points[question.pk])
    return QuestionLine(
        code=question.code,
        text=question.text,
        figures=both,
        claim=words.claim(answer, question),
        claim_note=answer.note,
        verdict=words.verdict(verdict),
        reason_code=reason if both.is_lowered else "",
        reason=Verdict.Reason(reason).label if reason and both.is_lowered else "",
        note=verdict.note if verdict else "",
        evidence=rows.evidence.get(answer.pk, ()),
        lead=offices[0],
        supporters=tuple(offices[1:]),
    )


def _standing(evaluation: Evaluation, stage: Stage, results: _Results, edition: Edition) -> Standing:
    cycle, region = evaluation.cycle, evaluation.region
    both = figures(results.verified.maximum, results.claimed.total, results.verified.total)
    tier = predicates.tier_for(both.verified, edition.tiers)
    claimed_tier = predicates.tier_for(both.claimed, edition.tiers)
    ahead = predicates.next_tier(both.verified, edition.tiers)
    award = Award.objects.filter(region=region).order_by("-year").first()
    people = Assignment.objects.filter(evaluation=evaluation, stage=stage).select_related("verifier")
    return Standing(
        region=region.name,
        region_code=region.code,
        province=region.province.name,
        zone=region.time_zone,
        cycle=cycle.name,
        award_year=cycle.award_year,
        evidence_years=tuple(cycle.instrument.evidence_years),
        instrument=cycle.instrument.name,
        stage=stage.value,
        stage_label=stage.label,
        closed_at=results.verified.frozen_at.isoformat() if results.verified.frozen_at else "",
        submitted_at=evaluation.submitted_at.isoformat() if evaluation.submitted_at else "",
        is_demo=evaluation.is_demo,
        figures=both,
        lost_percent=scoring.share(abs(both.difference), both.claimed),
        tier=tier.name if tier else "",
        tier_claimed=claimed_tier.name if claimed_tier else "",
        next_tier=ahead.tier.name if ahead else "",
        missing=ahead.missing if ahead else None,
        award=AwardLine(award.year, award.predicate, award.decree_number) if award else None,
        bands=tuple((each.code, each.name, each.floor) for each in edition.tiers),
        verifiers=tuple(sorted(str(each.verifier) for each in people)),
    )
