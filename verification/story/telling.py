"""Everything that became of one question, cycle by cycle and stage by stage, in the order of time. Never writes.

Claims are told as they were sent, never as drafts; verdicts and annotations as far as the reader may see them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch

from accounts.models import User
from clusters.models import Cycle
from clusters.stages import Stage, walked
from evaluations import rules as evaluation_rules
from evaluations.models import Answer, AnswerVersion, Evaluation, EvidenceUse, Sending, StageResult
from verification import blinds, rules
from verification.models import Clarification, ClarificationMessage, Correction, EvidenceNote, Verdict
from verification.notes.rules import visible_notes
from verification.repairs.reading import VERIFIER


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened; exactly one of the others says what."""

    at: datetime
    claim: AnswerVersion | None = None
    use: EvidenceUse | None = None
    is_removal: bool = False  # of the document
    may_open: bool = False  # the document
    why: str = ""  # it replaced another one; the region's own words, not for those who judge
    verdict: Verdict | None = None
    note: EvidenceNote | None = None
    message: ClarificationMessage | None = None
    correction: Correction | None = None
    by: str = ""  # whose verdict, note or message it is; a region is not told which verifier
    is_worthless: bool = False  # a verdict that is to be read for its reason: its points do not count yet


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stage of one cycle with what happened in it."""

    stage: Stage
    is_running: bool
    moments: list[Moment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """The question in one cycle."""

    evaluation: Evaluation
    answer: Answer
    cycle: Cycle
    is_this: bool
    chapters: list[Chapter]

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to tell yet."""
        return not any(chapter.moments for chapter in self.chapters)


def parts_of(user: User, answer: Answer) -> list[Part]:
    """The cycles of the region in which the question was asked, the newest first; a constant number of queries.

    Questions are the same where their codes are, as everywhere.
    """
    found = evaluation_rules.visible_answers(user).filter(
        evaluation__region=answer.evaluation.region_id, question__code=answer.question.code
    )
    answers = list(
        found.select_related("evaluation__cycle__instrument", "evaluation__region", "question")
        .prefetch_related(Prefetch("versions", AnswerVersion.objects.select_related("option").order_by("version")))
        .order_by("-evaluation__cycle__award_year", "-evaluation__cycle__code")
    )
    moments = _moments(user, answers)
    ends = _ends([each.evaluation for each in answers])
    return [
        Part(
            each.evaluation,
            each,
            each.evaluation.cycle,
            each.pk == answer.pk,
            _chapters(each.evaluation, moments[each.pk], ends[each.evaluation_id]),
        )
        for each in answers
    ]


def _moments(user: User, answers: list[Answer]) -> dict[int, list[tuple[str, Moment]]]:
    """What happened to each answer, with its stage where that is known by itself."""
    told: dict[int, list[tuple[str, Moment]]] = defaultdict(list)
    sent = _sendings(answers)
    for answer in answers:
        told[answer.pk] += _claims(answer, sent[answer.evaluation_id])
    for use, moment in _documents(user, answers, sent):
        told[use.answer_id].append(("", moment))
    for verdict, is_worthless in _verdicts(user, answers):
        by = _name(user, verdict.given_by, verdict.stage)
        moment = Moment(verdict.given_at, verdict=verdict, by=by, is_worthless=is_worthless)
        told[verdict.answer_id].append((verdict.stage, moment))
    notes = visible_notes(user).filter(answer__in=answers).select_related("written_by", "evidence")
    for note in notes:
        by = _name(user, note.written_by, note.stage)
        told[note.answer_id].append((note.stage, Moment(note.written_at, note=note, by=by)))
    for stage, pk, moment in _asked_and_corrected(user, answers):
        told[pk].append((stage, moment))
    return told


def _verdicts(user: User, answers: list[Answer]) -> list[tuple[Verdict, bool]]:
    """Those the reader may see in their order, and whether their points are kept back; one query."""
    counted = rules.counted_verdicts(user).filter(pk=OuterRef("pk"))
    found = rules.visible_verdicts(user).for_reading().filter(answer__in=answers)
    rows = found.annotate(is_counted=Exists(counted)).order_by("given_at", "version")
    return [(each, not vars(each)["is_counted"]) for each in rows]


def _name(user: User, author: User, stage: str) -> str:
    """The review is the region's own; of the later stages it is not told which verifier speaks."""
    return str(author) if stage == Stage.TI or rules.sees_moving_stages(user) else VERIFIER


def _asked_and_corrected(user: User, answers: list[Answer]) -> Iterable[tuple[str, int, Moment]]:
    """What was asked and answered in the open, and what was put right after closing; two queries."""
    asked_of = Clarification.objects.filter(~blinds.unseen_clarifications(user), answer__in=answers)
    messages = ClarificationMessage.objects.filter(clarification__in=asked_of)
    for message in messages.select_related("clarification", "written_by").order_by("pk"):
        asked = message.clarification
        by = str(message.written_by) if message.of_region else _name(user, message.written_by, asked.stage)
        yield asked.stage, asked.answer_id, Moment(message.written_at, message=message, by=by)
    for each in Correction.objects.filter(answer__in=answers).select_related("corrected_by").order_by("pk"):
        yield each.stage, each.answer_id or 0, Moment(each.corrected_at, correction=each)


def _sendings(answers: Iterable[Answer]) -> dict[int, list[datetime]]:
    """When each evaluation was sent, also before it was reopened; one query."""
    moments: dict[int, set[datetime]] = defaultdict(set)
    rows = Sending.objects.filter(evaluation__in=[each.evaluation_id for each in answers], outcome="SENT")
    for evaluation, at in rows.values_list("evaluation", "decided_at"):
        moments[evaluation] |= {at} if at else set()
    for answer in answers:
        if answer.evaluation.submitted_at:
            moments[answer.evaluation_id].add(answer.evaluation.submitted_at)
    return {answer.evaluation_id: sorted(moments[answer.evaluation_id]) for answer in answers}


def _claims(answer: Answer, sent: list[datetime]) -> list[tuple[str, Moment]]:
    """The version that stood at each sending; a version sent twice is told once."""
    versions = list(answer.versions.all()) if sent else []
    found: dict[int, Moment] = {}
    for at in sent:
        standing = [each for each in versions if each.saved_at <= at]
        if standing:
            found.setdefault(standing[-1].version, Moment(at, claim=standing[-1]))
    return [(Stage.EM.value, moment) for moment in found.values()]


def _documents(
    user: User, answers: list[Answer], sent: dict[int, list[datetime]]
) -> Iterable[tuple[EvidenceUse, Moment]]:
    """Documents that were there when it was sent, and all that came and went afterwards."""
    firsts = {each.pk: min(sent[each.evaluation_id], default=None) for each in answers}
    sees_why = evaluation_rules.can_see_warnings(user)
    uses = EvidenceUse.objects.filter(answer__in=answers).select_related("evidence", "added_by", "removed_by")
    opened = set(evaluation_rules.visible_evidence(user).filter(uses__answer__in=answers).values_list("pk", flat=True))
    for use in uses.order_by("pk"):
        first = firsts[use.answer_id]
        if first is None or (use.removed_at is not None and use.removed_at <= first):
            continue
        why = use.evidence.replace_reason if sees_why else ""
        yield use, Moment(use.added_at, use=use, may_open=use.evidence_id in opened, why=why)
        if use.removed_at is not None:
            yield use, Moment(use.removed_at, use=use, is_removal=True)


def _ends(evaluations: Iterable[Evaluation]) -> dict[int, dict[Stage, datetime]]:
    """When each stage ended that is over; one query."""
    ends: dict[int, dict[Stage, datetime]] = {
        each.pk: {Stage.EM: each.submitted_at} if each.submitted_at else {} for each in evaluations
    }
    frozen = StageResult.objects.filter(evaluation__in=list(ends), frozen_at__isnull=False).exclude(stage=Stage.EM)
    for evaluation, stage, at in frozen.values_list("evaluation", "stage", "frozen_at"):
        ends[evaluation] |= {Stage(stage): at} if at else {}
    return ends


def _chapters(evaluation: Evaluation, moments: list[tuple[str, Moment]], ends: dict[Stage, datetime]) -> list[Chapter]:
    """The stages in their order, each with its moments; what has no stage of its own falls where it happened."""
    stages = walked(evaluation.cycle.stages)
    chapters = {stage: Chapter(stage, stage == evaluation.stage) for stage in evaluation.cycle.used_stages}
    for stage, moment in sorted(moments, key=lambda each: each[1].at):
        place = Stage(stage) if stage else _running_at(moment.at, stages, ends)
        if place in chapters:
            chapters[place].moments.append(moment)
    return [each for each in chapters.values() if each.moments or each.is_running]


def _running_at(at: datetime, stages: Iterable[Stage], ends: dict[Stage, datetime]) -> Stage:
    """The stage that ran at a moment: the first that had not ended."""
    return next((stage for stage in stages if stage not in ends or at <= ends[stage]), list(stages)[-1])
