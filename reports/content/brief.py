"""Content of the *Bahan Persiapan VLH*: what can still be gained, and who must act."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from clusters import scoring
from clusters.stages import Stage
from evaluations.models import Evaluation
from reports.content.advice import SENTENCES
from reports.content.laporan import Balance, balance, lost
from reports.content.parts import ClusterPart, Figures, QuestionLine, Standing
from reports.content.reading import read

NOBODY = "Belum ada penanggung jawab"


@dataclass(frozen=True, slots=True)
class Task:
    """A question that lost points: what it may regain, what to do, and the address its QR code opens."""

    question: QuestionLine
    cluster: str
    regainable: Decimal
    advice: str
    address: str


@dataclass(frozen=True, slots=True)
class ClusterTasks:
    """A cluster's standing, its tasks with the largest gain first, and what went well."""

    code: str
    name: str
    figures: Figures
    percent: Decimal
    regainable: Decimal
    tasks: tuple[Task, ...]
    question_count: int
    full: tuple[str, ...]  # codes of questions that were verified at their maximum


@dataclass(frozen=True, slots=True)
class OfficeTasks:
    """A page for one office alone: the questions it leads, the largest gain first."""

    office: str
    regainable: Decimal
    tasks: tuple[Task, ...]
    supports: tuple[str, ...]  # codes of lowered questions it supports


@dataclass(frozen=True, slots=True)
class BriefContent:
    """Everything the brief says."""

    standing: Standing
    balance: Balance
    clusters: tuple[ClusterTasks, ...]
    offices: tuple[OfficeTasks, ...]
    regainable: Decimal


def build_brief(evaluation: Evaluation, stage: Stage = Stage.VA) -> BriefContent:
    """The brief after `stage`. Raises `reading.NotSettled` while its result is not frozen."""
    reading = read(evaluation, stage)
    clusters = tuple(_cluster(evaluation, each) for each in reading.clusters)
    tasks = [task for cluster in clusters for task in cluster.tasks]
    return BriefContent(
        standing=reading.standing,
        balance=balance(reading.questions, reading.standing.figures.difference),
        clusters=clusters,
        offices=_offices(tasks),
        regainable=scoring.total([each.regainable for each in tasks]),
    )


def _cluster(evaluation: Evaluation, part: ClusterPart) -> ClusterTasks:
    lowered = [each for each in part.questions if each.figures.is_lowered]
    tasks = [
        Task(
            question=question,
            cluster=part.code,
            regainable=lost([question]),
            advice=SENTENCES.get(question.reason_code, SENTENCES[""]),
            address=_address(evaluation, question.code),
        )
        for question in lowered
    ]
    return ClusterTasks(
        code=part.code,
        name=part.name,
        figures=part.figures,
        percent=part.percent,
        regainable=lost(lowered),
        tasks=tuple(sorted(tasks, key=lambda each: -each.regainable)),
        question_count=len(part.questions),
        full=tuple(each.code for each in part.questions if _is_full(each.figures)),
    )


def _is_full(figures: Figures) -> bool:
    return figures.maximum > 0 and figures.verified == figures.maximum


def _address(evaluation: Evaluation, code: str) -> str:
    return str(settings.SITE_URL) + reverse("evaluations:question", args=[evaluation.pk, code])


def _offices(tasks: Sequence[Task]) -> tuple[OfficeTasks, ...]:
    leads: dict[str, list[Task]] = {}
    supports: dict[str, list[str]] = {}
    for task in tasks:
        leads.setdefault(task.question.lead or NOBODY, []).append(task)
        for office in task.question.supporters:
            supports.setdefault(office, []).append(task.question.code)
    offices = [
        OfficeTasks(
            office=office,
            regainable=scoring.total([each.regainable for each in found]),
            tasks=tuple(sorted(found, key=lambda each: -each.regainable)),
            supports=tuple(supports.get(office, ())),
        )
        for office, found in leads.items()
    ]
    return tuple(sorted(offices, key=lambda each: (-each.regainable, each.office)))
