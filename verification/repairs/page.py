"""The page about repairs of one evaluation: what is returned, until when, what has come, what was asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from evaluations.models import Evaluation
from verification import blinds
from verification.models import Clarification, RepairWindow, Verdict
from verification.repairs.reading import returned_verdicts, unopened
from verification.review.reading import reviews_of

Look = tuple[str, str, str]  # word, icon, colour
WAITS = ("Belum dibuka", "clock", "plain")
RUNS = ("Dapat dilengkapi", "arrow-uturn-left", "brand")
CHANGED = ("Menunggu dinilai lagi", "arrow-path", "warn")
OVER = ("Tidak dilengkapi", "x-circle", "bad")
ASKED = ("Menunggu jawaban", "clock", "brand")
ANSWERED = ("Sudah dijawab", "chat-bubble-left-right", "warn")
UNANSWERED = ("Tidak dijawab", "x-circle", "bad")
DONE = ("Selesai", "check-circle", "good")


@dataclass(frozen=True, slots=True)
class Returned:
    """One returned question."""

    verdict: Verdict
    look: Look


@dataclass(frozen=True, slots=True)
class Asked:
    """One clarification."""

    clarification: Clarification
    look: Look


@dataclass(frozen=True, slots=True)
class Span:
    """One window, and how much of it is left; None once it is over."""

    window: RepairWindow
    answers: int
    left: timedelta | None


@dataclass(frozen=True, slots=True)
class RepairsPage:
    """Everything the page shows."""

    evaluation: Evaluation
    spans: list[Span]
    returned: list[Returned]
    asked: list[Asked]
    to_open: int  # returns that no window was opened for
    again: list[Verdict]  # judged before something new came, to be judged again
    hours: int


def build(user: User, evaluation: Evaluation, at: datetime) -> RepairsPage:
    """Six queries, however many questions. A second reader is not shown what they have not judged yet."""
    hidden = blinds.unseen_verdicts(user)
    changed = {pk for pk, each in reviews_of(evaluation, evaluation.stage).items() if each.is_changed}
    waiting = set(unopened(evaluation).filter(~hidden).values_list("pk", flat=True))
    verdicts = returned_verdicts(evaluation).filter(~hidden).select_related("answer__question", "given_by")
    returned = [
        Returned(each, _look(each, at, waits=each.pk in waiting, is_changed=each.answer.question_id in changed))
        for each in verdicts.order_by("answer__question__position")
    ]
    again = Verdict.objects.current().filter(
        ~hidden, answer__evaluation=evaluation, stage=evaluation.stage, is_return=False, answer__question__in=changed
    )
    return RepairsPage(
        evaluation,
        _spans(user, evaluation, at),
        returned,
        [Asked(each, _look_of(each, at)) for each in _clarifications(user, evaluation)],
        len(waiting),
        list(again.select_related("answer__question").order_by("answer__question__position")),
        evaluation.cycle.repair_hours,
    )


def _look(verdict: Verdict, at: datetime, *, waits: bool, is_changed: bool) -> Look:
    if is_changed:
        return CHANGED
    if waits:
        return WAITS
    until = verdict.answer.open_until
    return RUNS if until is not None and at < until else OVER


def _spans(user: User, evaluation: Evaluation, at: datetime) -> list[Span]:
    """The windows; a second reader is told of the answers alone that are not kept from them."""
    kept = set(blinds.unseen_questions(user, evaluation))
    windows = RepairWindow.objects.of_stage(evaluation).prefetch_related("answers").select_related("opened_by")
    spans = []
    for each in windows:
        count = sum(answer.question_id not in kept for answer in each.answers.all())
        if count or not kept:
            spans.append(Span(each, count, each.closes_at - at if at < each.closes_at else None))
    return spans


def _clarifications(user: User, evaluation: Evaluation) -> list[Clarification]:
    found = Clarification.objects.filter(
        ~blinds.unseen_clarifications(user), answer__evaluation=evaluation, stage=evaluation.stage
    )
    return list(found.select_related("answer__question").order_by("closed_at", "due_at", "pk"))


def _look_of(clarification: Clarification, at: datetime) -> Look:
    if clarification.closed_at is not None:
        return DONE
    if clarification.answered_at is not None:
        return ANSWERED
    return ASKED if at < clarification.due_at else UNANSWERED
