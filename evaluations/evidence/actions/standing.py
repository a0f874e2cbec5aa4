"""What all acts on evidence share: the case is open and held, the act is written down, the lead is asked again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts import audit
from accounts.models import User
from clusters.stages import Stage
from evaluations import rules, windows
from evaluations.models import Answer, Evaluation, EvidenceUse, Responsibility
from evaluations.worklist.telling import tell_lead
from notices.actions import tell
from notices.models import Notice

Answers = Iterable[int] | QuerySet[Answer, Any] | QuerySet[EvidenceUse, Any]  # keys; asked only when they matter


def require_open(evaluation: Evaluation, at: datetime, answers: Answers = ()) -> None:
    """Raise `AlreadySubmitted` or `windows.WindowClosed` when nothing may change any more.

    Once the evaluation is sent, what is done is done to `answers`, and each of them must have been opened again.
    """
    if evaluation.is_submitted:
        windows.require_reopened(evaluation, answers, at)
        return
    windows.require_open(evaluation, Stage.EM, at)


def locked(evaluation_id: int, at: datetime, answers: Answers = ()) -> Evaluation:
    """The evaluation, held until the end of the transaction, so that it cannot be sent in between."""
    evaluation = Evaluation.objects.select_for_update().get(pk=evaluation_id)
    require_open(evaluation, at, answers)
    return evaluation


def proved_by(evidence_id: int) -> QuerySet[EvidenceUse, Any]:
    """The answers that a document proves: what is said of it is said to all of them."""
    return EvidenceUse.objects.current().filter(evidence=evidence_id).values("answer")


def record(action: str, evidence_id: int, evaluation: Evaluation, by: User, at: datetime, **details: Any) -> None:
    """One event about a document."""
    audit.record(
        action=action, subject=f"evidence:{evidence_id}", by=by, at=at, region_id=evaluation.region_id, details=details
    )


def ask_the_lead_again(answers: Iterable[int], *, by: User, at: datetime) -> None:
    """What the lead has confirmed is no more what it was, unless the lead (or the secretary) changed it.

    Where nothing was confirmed yet, the lead's people are told once a day that a supporter was at work.
    """
    unsent = Answer.objects.filter(pk__in=list(answers), open_until=None)  # after sending there is nothing to confirm
    changed = unsent.exclude(pk__in=rules.led_answers(by).values("pk"))
    found = list(changed.select_related("question"))
    shaken = [answer for answer in found if answer.confirmed_at is not None]
    for answer in found:
        if answer.confirmed_at is None:
            tell_lead(answer=answer, by=by, at=at)
    if not shaken:
        return
    Answer.objects.filter(pk__in=[answer.pk for answer in shaken]).update(confirmed_at=None, confirmed_by=None)
    for answer in shaken:
        code = answer.question.code
        leads = Responsibility.objects.filter(
            evaluation=answer.evaluation_id, question=answer.question_id, is_lead=True
        )
        tell(
            users=User.objects.filter(office__in=leads.values("office"), is_active=True).values_list("pk", flat=True),
            kind=Notice.Kind.CONFIRM,
            key=f"answer:{answer.pk}:evidence:{at.isoformat()}",
            text=f"Bukti pertanyaan {code} diubah oleh {by}. Periksa lalu konfirmasi lagi.",
            link=reverse("evaluations:question", args=[answer.evaluation_id, code]),
            at=at,
        )
