"""Sending: the Gugus Tugas hands its self-evaluation over, once; the stage locks and is settled by the worker."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import User
from clusters.stages import Stage, after
from evaluations import tasks, windows
from evaluations.models import Answer, Evaluation, Sending
from evaluations.sending import rules
from notices import actions as news
from notices.models import Notice

AlreadySubmitted = windows.AlreadySubmitted


class ApprovalNeeded(Exception):
    """The region wants its leader's yes before anything is sent."""

    def __init__(self) -> None:
        super().__init__("Pengiriman daerah ini memerlukan persetujuan pimpinan.")


@transaction.atomic
def submit(
    *,
    evaluation: Evaluation,
    by: User,
    at: datetime,
    note: str = "",
    weak: Mapping[str, int] | None = None,
    approved: Sending | None = None,
) -> Evaluation:
    """Send the self-evaluation and open the next stage; `approved` is the request that the leader has said yes to.

    Raises `AlreadySubmitted`, `ApprovalNeeded` or `windows.WindowClosed`.
    """
    evaluation = Evaluation.objects.locked().select_related("cycle").get(pk=evaluation.pk)
    if evaluation.is_submitted:
        raise AlreadySubmitted
    if evaluation.needs_approval and approved is None:
        raise ApprovalNeeded
    windows.check(windows.window_of(evaluation, Stage.EM), Stage.EM, at)
    following = after(Stage.EM, evaluation.cycle.stages)
    evaluation.stage = following.value if following else ""
    evaluation.submitted_at, evaluation.submitted_by, evaluation.asked_at = at, by, None
    evaluation.save(update_fields=["stage", "submitted_at", "submitted_by", "asked_at"])
    sending = approved or Sending(evaluation=evaluation, note=note, weak=dict(weak or {}), asked_at=at, asked_by=by)
    sending.outcome, sending.decided_at, sending.decided_by = Sending.Outcome.SENT, at, by
    sending.save()
    empty = Answer.objects.filter(evaluation=evaluation, points__isnull=True).count()
    audit.record(
        action="evaluation.submitted", subject=f"evaluation:{evaluation.pk}", by=by, at=at,
        region_id=evaluation.region_id,
        details={"empty": empty, "weak": sending.weak, "note": sending.note, "asked_by": sending.asked_by_id},
    )  # fmt: skip
    _tell(sending, evaluation)
    tasks.promise_settlement(evaluation.pk, Stage.EM, at, freeze=True)
    if Stage.TI in evaluation.cycle.stages:
        tasks.promise_settlement(evaluation.pk, Stage.TI, at, freeze=True)
    return evaluation


def _tell(sending: Sending, evaluation: Evaluation) -> None:
    """The region's keepers learn that it is done; whoever did it knows."""
    news.tell(
        users=[pk for pk in rules.keepers_of(evaluation.region_id) if pk != sending.decided_by_id],
        kind=Notice.Kind.SENDING,
        key=f"sent:{sending.pk}",
        text="Evaluasi mandiri telah dikirim. Jawaban dan bukti kini terkunci.",
        link=reverse("evaluations:overview", args=[evaluation.pk]),
        at=sending.decided_at or sending.asked_at,
    )
