"""Who judges which evaluation, all of it or by clusters, and who settles differences."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import User
from clusters.stages import LABELS, Stage
from evaluations.models import Evaluation
from notices import actions as news
from notices.models import Notice
from verification.actions.state import Refusal, StageClosed, locked
from verification.double import lonely
from verification.models import Assignment, ConflictOfInterest
from verification.progress import is_past


class NotEligible(Refusal):
    """The person does not verify for the region's province, or the stage knows no mandates."""

    sentence = "Hanya verifikator aktif dari provinsi daerah ini yang dapat ditugaskan."


class TooNear(Refusal):
    """A conflict of interest stands between the verifier and the region."""

    def __init__(self, conflict: ConflictOfInterest, evaluation: Evaluation) -> None:
        super().__init__(conflict)
        why = str(conflict.get_kind_display()).lower()
        self.sentence = (
            f"{conflict.verifier} mempunyai benturan kepentingan dengan {evaluation.region.name} ({why}), "
            "sehingga tidak dapat ditugaskan. Pilih verifikator lain."
        )


class UnknownCluster(Refusal):
    """A cluster that the instrument of this evaluation does not have."""

    sentence = "Klaster itu tidak ada pada instrumen evaluasi ini. Pilih dari daftar."


@transaction.atomic
def assign(
    *,
    evaluation: Evaluation,
    stage: str,
    verifier: User,
    clusters: Iterable[str] = (),
    is_coordinator: bool = False,
    by: User,
    at: datetime,
) -> Assignment:
    """Give a mandate for some clusters (none named: all) or change it; saying the same twice changes nothing.

    A new coordinator takes the place of the one before. Raises `NotEligible`, `TooNear`, `UnknownCluster`,
    `StageClosed`.
    """
    evaluation = _open_for(evaluation, stage)
    require_eligible(evaluation, verifier)
    codes = _known(evaluation, clusters)
    mandate = Assignment.objects.filter(evaluation=evaluation, stage=stage, verifier=verifier).first()
    if mandate is not None and (mandate.clusters, mandate.is_coordinator) == (codes, is_coordinator):
        return mandate
    if is_coordinator:
        Assignment.objects.filter(evaluation=evaluation, stage=stage, is_coordinator=True).update(is_coordinator=False)
    fresh = mandate is None
    mandate = mandate or Assignment(
        evaluation=evaluation, stage=stage, verifier=verifier, assigned_at=at, assigned_by=by
    )
    mandate.clusters, mandate.is_coordinator = codes, is_coordinator
    mandate.save()
    said = {"clusters": codes, "coordinator": is_coordinator}
    _record("verifier.assigned" if fresh else "verifier.changed", evaluation, stage, verifier, by, at, **said)
    lonely.release(evaluation=evaluation, stage=stage, by=by, at=at)
    _tell(mandate, evaluation, at)
    return mandate


@transaction.atomic
def unassign(*, evaluation: Evaluation, stage: str, verifier: User, by: User, at: datetime) -> None:
    """Take a mandate back; verdicts already given stay. Taking it twice does nothing. Raises `StageClosed`."""
    evaluation = _open_for(evaluation, stage)
    gone, _ = Assignment.objects.filter(evaluation=evaluation, stage=stage, verifier=verifier).delete()
    if gone:
        _record("verifier.unassigned", evaluation, stage, verifier, by, at)
        lonely.release(evaluation=evaluation, stage=stage, by=by, at=at)


def require_eligible(evaluation: Evaluation, verifier: User) -> None:
    """Raise `NotEligible` or `TooNear` unless the person may judge this region at all; under the evaluation's lock."""
    if not verifier.is_active or verifier.province_id != evaluation.region.province_id:
        raise NotEligible
    standing = ConflictOfInterest.objects.standing().select_related("verifier")
    conflict = standing.filter(verifier=verifier, region=evaluation.region_id).first()
    if conflict is not None:
        raise TooNear(conflict, evaluation)


def _known(evaluation: Evaluation, clusters: Iterable[str]) -> list[str]:
    """The codes in the instrument's order; naming every cluster is naming none."""
    wanted = set(clusters)
    if not wanted:
        return []
    codes = list(evaluation.cycle.instrument.clusters.values_list("code", flat=True))
    if not wanted <= set(codes):
        raise UnknownCluster
    named = [code for code in codes if code in wanted]
    return [] if named == codes else named


def _open_for(evaluation: Evaluation, stage: str) -> Evaluation:
    evaluation = locked(evaluation.pk)
    if stage not in Assignment.STAGES or stage not in evaluation.cycle.stages:
        raise NotEligible
    if is_past(evaluation, stage):
        raise StageClosed(stage, evaluation.stage)
    return evaluation


def said_of(codes: Sequence[str]) -> str:
    """The clusters of a mandate in words."""
    return f"klaster {', '.join(codes)}" if codes else "semua klaster"


def _tell(mandate: Assignment, evaluation: Evaluation, at: datetime) -> None:
    """The verifier; a sent evaluation can be opened at once, a draft is not shown yet."""
    name = LABELS[Stage(mandate.stage)].lower()
    coordinating = ", sebagai koordinator" if mandate.is_coordinator else ""
    news.tell(
        users=[mandate.verifier_id],
        kind=Notice.Kind.ASSIGNED,
        key=f"mandate:{mandate.pk}:{at.timestamp():.0f}",
        text=f"Anda ditugaskan menilai {evaluation.region.name}, {name}: {said_of(mandate.clusters)}{coordinating}.",
        link=reverse("verification:desk", args=[evaluation.pk]) if evaluation.is_submitted else "",
        at=at,
    )


def _record(
    action: str, evaluation: Evaluation, stage: str, verifier: User, by: User, at: datetime, **said: object
) -> None:
    audit.record(
        action=action,
        subject=f"evaluation:{evaluation.pk}",
        by=by,
        at=at,
        region_id=evaluation.region_id,
        details={"stage": stage, "verifier": verifier.pk, **said},
    )
