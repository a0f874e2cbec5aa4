"""Clarifications of one question: the thread on the region's page, on the verifier's, and on its own."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from clusters.catalogue import Entry
from evaluations.models import Answer, Evaluation
from evaluations.panels import Panel
from verification.clarifications import rules
from verification.models import Clarification, ClarificationMessage
from verification.repairs.reading import VERIFIER

MOST = 50  # messages shown of one thread


@dataclass(frozen=True, slots=True)
class Said:
    """One message; a region is not told which verifier wrote it."""

    message: ClarificationMessage
    by: str


@dataclass(frozen=True, slots=True)
class Thread:
    """One clarification as a person sees it."""

    clarification: Clarification
    said: list[Said]
    is_running: bool  # it can still be answered


@dataclass(frozen=True, slots=True)
class Threads:
    """Everything `verification/clarifications/_threads.html` shows."""

    evaluation: Evaluation
    code: str
    stage: str
    threads: list[Thread]
    can_ask: bool
    can_reply: bool
    typed: str = ""
    refused: str = ""

    @property
    def running(self) -> Thread | None:
        """The thread that is not ended; there is one at most at a stage."""
        return next((each for each in self.threads if each.clarification.closed_at is None), None)


def threads_of(user: User, evaluation: Evaluation, entry: Entry, answer: Answer, at: datetime) -> Threads:
    """Threads of all stages, the newest first; three queries at most."""
    found = rules.visible_clarifications(user).filter(answer=answer).order_by("-asked_at")
    rows = list(found.prefetch_related("messages__written_by"))
    can_reply = rules.can_reply(user, evaluation)
    return Threads(
        evaluation,
        entry.question.code,
        evaluation.stage,
        [_thread(each, at, is_region=evaluation_side(user)) for each in rows],
        rules.can_ask(user, evaluation, entry.question),
        can_reply,
    )


def evaluation_side(user: User) -> bool:
    """Whether the person belongs to a region."""
    return user.region_id is not None


def _thread(clarification: Clarification, at: datetime, *, is_region: bool) -> Thread:
    messages = sorted(clarification.messages.all(), key=lambda each: (each.written_at, each.pk))[-MOST:]
    said = [Said(each, VERIFIER if is_region and not each.of_region else str(each.written_by)) for each in messages]
    running = clarification.closed_at is None and at < clarification.due_at
    return Thread(clarification, said, running)


def panel(user: User, evaluation: Evaluation, entry: Entry, answer: Answer) -> Panel | None:
    """On the region's page, above the answer, where there is something to read. None for verifiers: theirs is the desk.

    Asks nothing of the database before a verifier can have asked.
    """
    if not evaluation.is_submitted:
        return None
    threads = threads_of(user, evaluation, entry, answer, timezone.now())
    return Panel("verification/clarifications/_panel.html", threads, place="above") if threads.threads else None
