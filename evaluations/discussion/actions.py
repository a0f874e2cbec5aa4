"""Every write of a thread: say, withdraw."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import User
from evaluations import rules
from evaluations.discussion.words import mentioned
from evaluations.models import Answer, Comment
from notices import actions as notices
from notices.models import Notice

MOST_COMMENTS = 500


class ThreadFull(Exception):
    """A thread that nobody reads any more."""

    def __init__(self) -> None:
        super().__init__(f"Percakapan ini sudah {MOST_COMMENTS} komentar. Lanjutkan lewat rapat, lalu catat hasilnya.")


@transaction.atomic
def say(*, answer: Answer, text: str, token: str, by: User, at: datetime) -> Comment:
    """Add to the thread and tell whom it concerns; the same sheet sent twice is said once. Raises `ThreadFull`.

    Told are the people named in it, those who spoke in the thread before, and the lead office's people; never the
    speaker. Whoever is named counts as named, not as a listener.
    """
    answer = Answer.objects.select_for_update(of=("self",)).select_related("evaluation", "question").get(pk=answer.pk)
    known = Comment.objects.filter(said_by=by, token=token).first()
    if known is not None:
        return known
    if answer.comments.count() >= MOST_COMMENTS:
        raise ThreadFull
    people = {user.username.lower(): user.pk for user in rules.people_of(answer)}
    named = mentioned(text, people)
    comment = Comment.objects.create(answer=answer, text=text, token=token, said_at=at, said_by=by)
    comment.mentions.set(named)
    audit.record(
        action="comment.said", subject=f"answer:{answer.pk}", by=by, at=at, region_id=answer.evaluation.region_id,
        details={"comment": comment.pk, "mentions": sorted(named)},
    )  # fmt: skip
    _tell(comment, answer, named, set(people.values()), by, at)
    return comment


@transaction.atomic
def withdraw(*, comment: Comment, by: User, at: datetime) -> None:
    """Take back one's own words: the place in the thread stays, the words are no longer shown. Twice does nothing."""
    if Comment.objects.filter(pk=comment.pk, withdrawn_at=None).update(withdrawn_at=at):
        audit.record(
            action="comment.withdrawn", subject=f"answer:{comment.answer_id}", by=by, at=at,
            region_id=comment.answer.evaluation.region_id, details={"comment": comment.pk},
        )  # fmt: skip


def _tell(comment: Comment, answer: Answer, named: set[int], present: set[int], by: User, at: datetime) -> None:
    """`present` still see the answer: who spoke before and has left, or answers it no more, is not told."""
    code = answer.question.code
    link = reverse("evaluations:question", args=[answer.evaluation_id, code]) + f"#komentar-{comment.pk}"
    key = f"comment:{comment.pk}"
    spoke = set(answer.comments.values_list("said_by", flat=True)) & present
    listeners = (spoke | {user.pk for user in rules.people_of(answer, lead_only=True)}) - named - {by.pk}
    if named - {by.pk}:
        notices.tell(
            users=named - {by.pk}, kind=Notice.Kind.MENTIONED, key=key,
            text=f"{by} menyebut Anda dalam percakapan pertanyaan {code}.", link=link, at=at,
        )  # fmt: skip
    if listeners:
        notices.tell(
            users=listeners, kind=Notice.Kind.COMMENTED, key=key,
            text=f"{by} menulis komentar pada pertanyaan {code}.", link=link, at=at,
        )  # fmt: skip
