"""Who judges which evaluation."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from evaluations.models import Evaluation
from verification.actions.state import Refusal, StageClosed, locked
from verification.models import Assignment
from verification.progress import is_past


class NotEligible(Refusal):
    """The person does not verify for the region's province, or the stage knows no mandates."""

    sentence = "Hanya verifikator aktif dari provinsi daerah ini yang dapat ditugaskan."


@transaction.atomic
def assign(*, evaluation: Evaluation, stage: str, verifier: User, by: User, at: datetime) -> Assignment:
    """Give a mandate; giving it twice leaves one. Raises `NotEligible`, `StageClosed`."""
    evaluation = _open_for(evaluation, stage)
    if not verifier.is_active or verifier.province_id != evaluation.region.province_id:
        raise NotEligible
    mandate, fresh = Assignment.objects.get_or_create(
        evaluation=evaluation,
        stage=stage,
        verifier=verifier,
        defaults={"assigned_at": at, "assigned_by": by},
    )
    if fresh:
        _tell("verifier.assigned", evaluation, stage, verifier, by, at)
    return mandate


@transaction.atomic
def unassign(*, evaluation: Evaluation, stage: str, verifier: User, by: User, at: datetime) -> None:
    """Take a mandate back; verdicts already given stay. Taking it twice does nothing. Raises `StageClosed`."""
    evaluation = _open_for(evaluation, stage)
    gone, _ = Assignment.objects.filter(evaluation=evaluation, stage=stage, verifier=verifier).delete()
    if gone:
        _tell("verifier.unassigned", evaluation, stage, verifier, by, at)


def _open_for(evaluation: Evaluation, stage: str) -> Evaluation:
    evaluation = locked(evaluation.pk)
    if stage not in Assignment.STAGES or stage not in evaluation.cycle.stages:
        raise NotEligible
    if is_past(evaluation, stage):
        raise StageClosed(stage, evaluation.stage)
    return evaluation


def _tell(action: str, evaluation: Evaluation, stage: str, verifier: User, by: User, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"evaluation:{evaluation.pk}",
        by=by,
        at=at,
        region_id=evaluation.region_id,
        details={"stage": stage, "verifier": verifier.pk},
    )
