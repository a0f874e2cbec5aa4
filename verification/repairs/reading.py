"""What is returned, open, mended and asked at the stage an evaluation is in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from evaluations.models import Answer, Evaluation
from evaluations.readers import ReturnLine
from verification.models import Clarification, Verdict, VerdictQuerySet
from verification.review.reading import reviews_of
from verification.review.seen import mark

VERIFIER = "Verifikator provinsi"  # a region is not told which of them
ASKED = "Klarifikasi diminta"


@dataclass(frozen=True, slots=True)
class OpenRepairs:
    """What keeps a stage from being closed."""

    running: int  # questions that may still be mended or answered
    changed: int  # questions with something new that was not judged

    def __bool__(self) -> bool:
        return bool(self.running or self.changed)


def returned_verdicts(evaluation: Evaluation) -> VerdictQuerySet:
    """What the stage has sent back and not judged again."""
    return Verdict.objects.current().filter(answer__evaluation=evaluation, stage=evaluation.stage, is_return=True)


def unopened(evaluation: Evaluation) -> VerdictQuerySet:
    """Returns for which no window was opened yet."""
    return returned_verdicts(evaluation).not_opened()


def asked(evaluation: Evaluation, at: datetime) -> "QuerySet[Clarification]":
    """Clarifications that may still be answered."""
    found = Clarification.objects.unsettled().filter(answer__evaluation=evaluation, due_at__gt=at, answered_at=None)
    return found.select_related("answer")


def open_repairs(evaluation: Evaluation, at: datetime) -> OpenRepairs:
    """What is still being mended, and what was mended and waits; three queries, none where nothing was ever opened."""
    if evaluation.repair_until is None:
        return OpenRepairs(0, 0)
    changed = {question for question, each in reviews_of(evaluation, evaluation.stage).items() if each.is_changed}
    running = set(
        returned_verdicts(evaluation).filter(answer__open_until__gt=at).values_list("answer__question", flat=True)
    )
    running |= {each.answer.question_id for each in asked(evaluation, at)}
    return OpenRepairs(len(running - changed), len(changed))


def mending(evaluation: Evaluation, at: datetime) -> dict[int, ReturnLine]:
    """Questions a region may mend now, with why; at most four queries."""
    if evaluation.mending_until(at) is None:
        return {}
    verdicts = list(
        returned_verdicts(evaluation)
        .opened_for_repair()
        .filter(answer__open_until__gt=at)
        .select_related("answer")
        .order_by("given_at")
    )
    questions: list[Clarification] = list(asked(evaluation, at))
    opened = {each.answer_id for each in verdicts} | {each.answer_id for each in questions}
    marked = Answer.objects.filter(pk__in=opened).annotate(mark=mark())
    marks = dict(marked.values_list("pk", "mark")) if opened else {}
    said = _first_words(questions)
    lines = {
        each.answer.question_id: ReturnLine(ASKED, said[each.pk], VERIFIER, each.asked_at, each.answer.open_until)
        for each in questions
    }
    for each in verdicts:
        changed = each.seen != marks[each.answer_id]
        asked_too = lines.get(each.answer.question_id)
        note = f"{each.note}\n{ASKED}: {asked_too.note}" if asked_too else each.note
        until = each.answer.open_until
        is_mended = changed and asked_too is None
        lines[each.answer.question_id] = ReturnLine(
            Verdict.Reason(each.reason).label, note, VERIFIER, each.given_at, until, is_mended
        )
    return lines


def _first_words(questions: list[Clarification]) -> dict[int, str]:
    """What was asked last in each clarification; one query, none for none."""
    if not questions:
        return {}
    rows = Clarification.objects.filter(Q(messages__of_region=False), pk__in=[each.pk for each in questions])
    return dict(rows.order_by("messages__written_at").values_list("pk", "messages__text"))
