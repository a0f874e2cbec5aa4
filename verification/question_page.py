"""One question on the desk: the claim, its evidence, what earlier stages gave, the verdicts so far, the neighbours."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from clusters.catalogue import Entry
from clusters.scoring import Points
from clusters.stages import Stage, before
from evaluations import rules as evaluation_rules
from evaluations.evidence.listing import uses_for, with_notes
from evaluations.matrices.table import table_of
from evaluations.models import Answer
from evaluations.verifiers import Read
from kla_portal.prepared import Place
from verification import rules
from verification.desk import Standing
from verification.findings import Finding
from verification.lines import Filter, Line
from verification.models import Verdict
from verification.phrases.panel import phrases_for
from verification.presence import seen
from verification.proofs import proofs_of
from verification.review.seen import mark


@dataclass(frozen=True, slots=True)
class StagePoints:
    """What one stage gave the question, and why if it took something away."""

    stage: Stage
    points: Points
    verdict: Verdict | None


def build(user: User, standing: Standing, entry: Entry, chosen: Filter) -> dict[str, Any]:
    """The page's context; evidence in two queries, answer and verdicts in one each."""
    answer = _answer(user, standing, entry)
    is_second = entry.question.pk in standing.second  # which questions are read twice, the first judge need not know
    here = [] if is_second else seen(user, standing.evaluation.pk, standing.stage, entry.question.code, timezone.now())
    uses = with_notes(uses_for([answer.pk], user).get(answer.pk, []), answer.pk, user)
    covered = {place for use in uses for place in use.covers}
    return {
        **judgement(user, standing, entry, chosen, answer),
        "uses": uses,
        "visitors": here,
        "may_note": not standing.is_review and not standing.at_question(entry).refusal,
        "expected": _expected(entry, covered),
        "proofs": proofs_of(uses),
        "matrix": table_of(answer, standing.evaluation, entry.question, can_edit=False)
        if entry.question.matrix
        else None,
    }


def _expected(entry: Entry, covered: set[int]) -> list[tuple[str, bool]]:
    """What the question asks for, and whether the region has marked a document as being it."""
    lines = [(line, place in covered) for place, line in enumerate(entry.question.evidence)]
    return [*lines, ("Matriks isian", False)] if entry.question.matrix_is_unnamed else lines


def judgement(
    user: User, standing: Standing, entry: Entry, chosen: Filter, answer: Answer | None = None
) -> dict[str, Any]:
    """What the judging card needs, on the page and in the answer to a save."""
    answer = answer or _answer(user, standing, entry)
    verdicts = VERDICTS.all(user, answer.pk)
    if answer.open_until is not None:  # what was opened again is judged until the stage is closed
        standing = standing.without_end()
    standing = standing.at_question(entry)
    line = standing.line(entry)
    previous, following = neighbours(standing, line, chosen)
    return {
        "evaluation": standing.evaluation,
        "standing": standing,
        "chosen": chosen,
        "entry": entry,
        "question": entry.question,
        "answer": answer,
        "line": line,
        "stages": _stages(standing, entry, verdicts),
        "verdict": _current(verdicts, standing.stage),
        "version": max((each.version for each in verdicts if each.stage == standing.stage), default=0),
        "history": [each for each in verdicts if not (each.is_current and each.stage == standing.stage)],
        "reasons": Verdict.Reason.choices,
        "phrases": phrases_for(user) if not standing.refusal else [],
        "seen": str(getattr(answer, "mark", "")),
        "previous": previous,
        "next": following,
        "open_elsewhere": None if following else _still_open(standing, line),
    }


def after_save(standing: Standing, entry: Entry, verdict: Verdict) -> dict[str, Any]:
    """What a save changes on the page, without asking again."""
    earlier = before(standing.stage, standing.evaluation.cycle.stages)
    rows = [StagePoints(each, standing.sheet.at(each)[entry.index], None) for each in earlier]
    line = standing.line(entry)
    return {
        "evaluation": standing.evaluation,
        "standing": standing,
        "question": entry.question,
        "line": line,
        "stages": [*rows, StagePoints(standing.stage, line.judged, verdict)],
        "version": verdict.version,
    }


def following(standing: Standing, entry: Entry, chosen: Filter, named: str) -> Entry | None:
    """Where to go on: the question that was next when the page was drawn, for a save may have moved this one."""
    lines = {line.entry.question.code: line for line in standing.lines}
    promised = lines.get(named)
    if promised is not None and chosen.holds(promised):
        return promised.entry
    return neighbours(standing, standing.line(entry), chosen)[1]


def neighbours(standing: Standing, line: Line, chosen: Filter) -> tuple[Entry | None, Entry | None]:
    """The nearest listed questions above and below, also when this one has just left the filter."""
    ranked = chosen.ranked(standing.lines)
    place = next(number for number, each in enumerate(ranked) if each is line)
    above = (each.entry for each in reversed(ranked[:place]) if chosen.holds(each))
    below = (each.entry for each in ranked[place + 1 :] if chosen.holds(each))
    return next(above, None), next(below, None)


def _still_open(standing: Standing, line: Line) -> Entry | None:
    """A question that still waits, wherever it stands: offered at the end of a filtered list."""
    waiting = [each.entry for each in standing.lines if each.finding is Finding.OPEN and each is not line]
    later = [entry for entry in waiting if entry.index > line.entry.index]
    return next(iter(later or waiting), None)


def _answer(user: User, standing: Standing, entry: Entry) -> Answer:
    """The answer with its mark, read before the evidence: what is newer than the mark is refused later."""
    found = ANSWER.first(user, standing.evaluation.pk, entry.question.pk)
    if found is None:
        raise Http404
    return found


def _answers(user: User, evaluation: Place, question: Place) -> QuerySet[Answer]:
    answers = evaluation_rules.visible_answers(user).select_related("option", "question").annotate(mark=mark())
    return answers.filter(evaluation=evaluation, question=question)


def _verdicts(user: User, answer: Place) -> QuerySet[Verdict]:
    verdicts = rules.visible_verdicts(user).for_reading().filter(answer=answer)
    return verdicts.order_by("-given_at", "-version")


ANSWER, VERDICTS = Read[Answer](_answers, keys_beside=2), Read[Verdict](_verdicts)


def _current(verdicts: list[Verdict], stage: Stage) -> Verdict | None:
    return next((each for each in verdicts if each.is_current and each.stage == stage), None)


def _stages(standing: Standing, entry: Entry, verdicts: list[Verdict]) -> list[StagePoints]:
    """The self-evaluation and every stage up to the running one, beside each other."""
    earlier = before(standing.stage, standing.evaluation.cycle.stages)
    rows = [StagePoints(each, standing.sheet.at(each)[entry.index], _current(verdicts, each)) for each in earlier]
    line = standing.line(entry)
    return [*rows, StagePoints(standing.stage, line.judged, _current(verdicts, standing.stage))]
