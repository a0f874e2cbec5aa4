"""Giving a sent evaluation back to its region, as long as the province has not begun to judge it."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import User
from clusters.stages import Stage, after
from evaluations import tasks, windows
from evaluations.models import Evaluation, Sending, StageResult
from evaluations.sending import rules
from notices import actions as news
from notices.models import Notice
from verification.actions.state import Refusal, locked
from verification.models import Assignment, Clarification, Verdict


class NotSent(Refusal):
    """There is nothing to reopen, or somebody was quicker."""

    sentence = "Evaluasi ini tidak sedang terkirim, sehingga tidak ada yang dibuka kembali."


class AlreadyJudged(Refusal):
    """The province has begun: what it has read must stay."""

    sentence = (
        "Evaluasi ini sudah mulai diverifikasi, sehingga tidak dapat dibuka kembali. "
        "Kekurangan diperbaiki pada masa perbaikan setelah verifikasi."
    )


class WhyMissing(Refusal):
    """Reopening without a reason."""

    sentence = "Tulis alasan membuka kembali, misalnya nomor surat permohonan daerah."


@transaction.atomic
def reopen(*, evaluation: Evaluation, reason: str, by: User, at: datetime) -> Sending:
    """Open the self-evaluation again: answers unlock, settled results move again until they are frozen at sending.

    What was settled is kept with the sending it belonged to. Raises `WhyMissing`, `NotSent`, `AlreadyJudged`,
    `windows.WindowClosed`.
    """
    if not reason.strip():
        raise WhyMissing
    evaluation = locked(evaluation.pk)
    if not evaluation.is_submitted:
        raise NotSent
    windows.require_open(evaluation, Stage.EM, at)
    if evaluation.stage != _first(evaluation) or _judged(evaluation):
        raise AlreadyJudged
    sending = _standing(evaluation, by)
    sending.reopened_at, sending.reopened_by, sending.reopen_reason = at, by, reason.strip()
    sending.total, sending.expected = _settled(evaluation)
    sending.save()
    evaluation.stage, evaluation.submitted_at, evaluation.submitted_by = Stage.EM.value, None, None
    evaluation.save(update_fields=["stage", "submitted_at", "submitted_by"])
    audit.record(
        action="evaluation.reopened",
        subject=f"evaluation:{evaluation.pk}",
        by=by,
        at=at,
        region_id=evaluation.region_id,
        details={"reason": sending.reopen_reason, "total": sending.total, "expected": sending.expected},
    )
    _tell(sending, evaluation, at)
    tasks.promise_settlement(evaluation.pk, Stage.EM, at)
    return sending


def _first(evaluation: Evaluation) -> str:
    """The stage right after sending; empty where the cycle knows no other."""
    following = after(Stage.EM, evaluation.cycle.stages)
    return following.value if following else ""


def _judged(evaluation: Evaluation) -> bool:
    judged = Verdict.objects.filter(answer__evaluation=evaluation).exclude(stage=Stage.TI).exists()
    return judged or Clarification.objects.filter(answer__evaluation=evaluation).exists()


def _standing(evaluation: Evaluation, by: User) -> Sending:
    """The sending that is taken back; one from before sendings were kept is written down now."""
    found = Sending.objects.standing().select_for_update().filter(evaluation=evaluation).first()
    if found is not None:
        return found
    when, who = evaluation.submitted_at or evaluation.opened_at, evaluation.submitted_by or by
    return Sending(
        evaluation=evaluation,
        outcome=Sending.Outcome.SENT,
        asked_at=when,
        asked_by=who,
        decided_at=when,
        decided_by=who,
    )


def _settled(evaluation: Evaluation) -> tuple[Decimal | None, Decimal | None]:
    """Claim and expectation as they were frozen; both move again, and what a later stage began to count is gone."""
    results = StageResult.objects.filter(evaluation=evaluation)
    frozen = {each.stage: each.total for each in results.filter(frozen_at__isnull=False)}
    reviewed = results.filter(stage=Stage.TI, answered__gt=0).exists()
    results.exclude(stage__in=[Stage.EM, Stage.TI]).delete()
    results.update(frozen_at=None)
    return frozen.get(Stage.EM.value), frozen.get(Stage.TI.value) if reviewed else None


def _tell(sending: Sending, evaluation: Evaluation, at: datetime) -> None:
    """The region's people, with the way back to the work; verifiers with a mandate, for whom the case is gone."""
    overview = reverse("evaluations:overview", args=[evaluation.pk])
    own = "Evaluasi mandiri dibuka kembali oleh administrator. Jawaban dan bukti dapat diubah sampai dikirim lagi."
    people = rules.everybody_of(evaluation.region_id)
    verifiers = Assignment.objects.filter(evaluation=evaluation).values_list("verifier", flat=True)
    theirs = f"Evaluasi {evaluation.region.name} dibuka kembali untuk daerahnya dan belum dapat diverifikasi."
    for users, text, link in ((people, own, overview), (list(verifiers), theirs, "")):
        news.tell(users=users, kind=Notice.Kind.SENDING, key=f"reopened:{sending.pk}", text=text, link=link, at=at)
