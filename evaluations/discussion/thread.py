"""A thread as the page shows it. Never writes."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from accounts.models import User
from evaluations import rules
from evaluations.discussion.words import Piece, pieces
from evaluations.models import Answer, Comment, Evaluation

SHOWN = 30  # the newest; older ones on request


@dataclass(frozen=True, slots=True)
class Line:
    """One comment; `pieces` is empty once it is withdrawn."""

    pk: int
    by: str
    place: str  # the speaker's office, or role
    at: datetime
    pieces: Sequence[Piece]
    is_withdrawn: bool
    is_own: bool
    remark: str = ""  # for its speaker, right after it was said


@dataclass(frozen=True, slots=True)
class Thread:
    """Everything `evaluations/discussion/_thread.html` shows."""

    evaluation_id: int
    code: str
    zone: str
    lines: Sequence[Line]
    older: int  # how many are not shown
    people: Sequence[User]  # who can be named
    can_speak: bool
    token: str
    kept: str = ""  # what was typed and not accepted
    refused: str = ""

    def remarking(self, pk: int, sentence: str) -> "Thread":
        """The same thread with something to say beside one comment."""
        return replace(self, lines=[replace(each, remark=sentence if each.pk == pk else "") for each in self.lines])

    def refusing(self, sentence: str, kept: str) -> "Thread":
        """The same thread with what could not be said."""
        return replace(self, refused=sentence, kept=kept)


def thread_of(user: User, evaluation: Evaluation, answer: Answer, *, code: str, whole: bool = False) -> Thread:
    """The thread of an answer for one reader; two queries at any length."""
    people = list(rules.people_of(answer).select_related("office"))
    comments = list(rules.visible_comments(user).filter(answer=answer).select_related("said_by__office").order_by("pk"))
    shown = comments if whole else comments[-SHOWN:]
    names = {each.username.lower(): str(each) for each in people}
    return Thread(
        evaluation_id=evaluation.pk,
        code=code,
        zone=evaluation.region.time_zone,
        lines=[_line(each, names, user) for each in shown],
        older=len(comments) - len(shown),
        people=[each for each in people if each.pk != user.pk],
        can_speak=rules.can_comment(user, evaluation),
        token=uuid.uuid4().hex,
    )


def _line(comment: Comment, names: Mapping[str, str], reader: User) -> Line:
    speaker = comment.said_by
    return Line(
        pk=comment.pk,
        by=str(speaker),
        place=speaker.office.name if speaker.office else str(speaker.get_role_display()),
        at=comment.said_at,
        pieces=() if comment.withdrawn_at else pieces(comment.text, names),
        is_withdrawn=comment.withdrawn_at is not None,
        is_own=speaker.pk == reader.pk,
    )
