"""Every write of this part: the lead gives its word on a shared answer, or takes it back."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.stages import Stage
from evaluations import windows
from evaluations.actions.answering import Conflict
from evaluations.actions.sending import AlreadySubmitted
from evaluations.models import Answer, Evaluation, Responsibility


class NothingToConfirm(Exception):
    """There is no answer yet, or only one office answers; the text is a sentence for people."""


@transaction.atomic
def confirm(*, answer: Answer, version: int, by: User, at: datetime) -> Answer:
    """The lead stands by what it has seen as `version`; a second click changes nothing.

    Raises `AlreadySubmitted`, `windows.WindowClosed`, `Conflict` or `NothingToConfirm`.
    """
    evaluation, current = _locked(answer, version, at)
    if current.points is None:
        raise NothingToConfirm("Jawaban masih kosong. Isi dan simpan jawabannya, lalu konfirmasi.")
    if not Responsibility.objects.filter(evaluation=evaluation, question=current.question_id, is_lead=False).exists():
        raise NothingToConfirm("Pertanyaan ini hanya dijawab satu perangkat daerah, jadi tidak perlu dikonfirmasi.")
    if current.confirmed_at is None:
        _write(current, evaluation, "answer.confirmed", confirmed_at=at, by=by, at=at)
    return current


@transaction.atomic
def unconfirm(*, answer: Answer, version: int, by: User, at: datetime) -> Answer:
    """Take the word back, so that the question asks for attention again. Raises as `confirm` does."""
    evaluation, current = _locked(answer, version, at)
    if current.confirmed_at is not None:
        _write(current, evaluation, "answer.unconfirmed", confirmed_at=None, by=by, at=at)
    return current


def _locked(answer: Answer, version: int, at: datetime) -> tuple[Evaluation, Answer]:
    """The evaluation, held, and the answer as it stands under the lock, if it is still the one that was seen."""
    evaluation = windows.locked_if_open(answer.evaluation_id, Stage.EM, at)
    if evaluation.is_submitted:
        raise AlreadySubmitted
    current = Answer.objects.select_related("option", "saved_by", "confirmed_by").get(pk=answer.pk)
    if current.version != version:
        raise Conflict(current)
    return evaluation, current


def _write(
    current: Answer, evaluation: Evaluation, action: str, *, confirmed_at: datetime | None, by: User, at: datetime
) -> None:
    current.confirmed_at, current.confirmed_by = confirmed_at, by if confirmed_at else None
    current.save(update_fields=["confirmed_at", "confirmed_by"])
    audit.record(
        action=action, subject=f"answer:{current.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={"version": current.version, "points": current.points},
    )  # fmt: skip
