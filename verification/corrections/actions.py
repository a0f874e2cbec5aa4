"""The correction itself: verdict, results and what was there before, all in one transaction or nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import User
from clusters.scoring import ZERO, hundredths
from clusters.stages import Stage, after, before, carried, lowers
from evaluations import scores
from evaluations.evidence.actions import keep_paper
from evaluations.models import Answer, Evaluation, StageResult
from kla_portal.numbers import angka
from notices import actions as news
from notices.models import Notice
from verification.actions.state import Refusal, locked
from verification.actions.verdicts import Conflict, PointsOutOfRange, ReasonNeeded
from verification.corrections import rules
from verification.models import Correction, Verdict
from verification.progress import is_past


class NotClosed(Refusal):
    """A stage that still runs is judged, not corrected."""

    sentence = "Koreksi hanya untuk tahap yang sudah ditutup. Tahap yang berjalan dinilai di meja verifikasi."


class NotSettled(Refusal):
    """The stage was closed a moment ago; its result is on its way."""

    sentence = "Hasil tahap ini sedang ditetapkan. Tunggu sebentar, lalu koreksi lagi."


class NothingChanges(Refusal):
    """The same points again."""

    sentence = "Nilai baru sama dengan nilai yang berlaku, jadi tidak ada yang dikoreksi."


class WordsMissing(Refusal):
    """A correction without its reason or the number of its document."""

    sentence = "Tulis alasan koreksi dan nomor dokumen dasarnya."


@dataclass(frozen=True, slots=True)
class Basis:
    """What a correction stands on: the reason in words and from the list, and the document."""

    reason: str
    cause: str  # of `Verdict.Reason`; needed where points are lowered
    number: str
    on: date


@transaction.atomic
def correct(
    *,
    answer: Answer,
    stage: str,
    version: int,
    points: Decimal,
    basis: Basis,
    upload: "File[Any]",
    by: User,
    at: datetime,
    address: str = "",
) -> Correction:
    """Put a closed stage's points of one answer right; `version` is that of the verdict that was read, 0 for none.

    Later verdicts that accepted what was brought to them follow; what a later stage decided by itself stays. Raises a
    `Refusal` or `EvidenceRefused`; then nothing has happened.
    """
    evaluation = locked(answer.evaluation_id)
    if stage not in (Stage.VA, Stage.VL, Stage.VF) or not is_past(evaluation, stage):
        raise NotClosed
    frozen = frozen_from(evaluation, stage)
    current = Verdict.objects.current().for_reading().filter(answer=answer, stage=stage).first()
    if (current.version if current else 0) != version:
        raise Conflict(current)
    brought = _brought(answer, evaluation, Stage(stage))
    old = current.points if current else brought
    _check(answer, points, old, brought, basis)
    paper = keep_paper(
        evaluation=evaluation, upload=upload, title=f"Dasar koreksi {basis.number}", by=by, at=at, address=address
    )
    _follow(answer, evaluation, Stage(stage), points, basis, by, at)
    correction = Correction.objects.create(
        evaluation=evaluation, stage=stage, answer=answer, old_points=old, new_points=points, reason=basis.reason,
        document_number=basis.number, document_on=basis.on, document=paper, totals=settle_again(frozen, at),
        corrected_at=at, corrected_by=by,
    )  # fmt: skip
    audit.record(
        action="verdict.corrected", subject=f"answer:{answer.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={
            "stage": stage, "points": [old, points], "reason": basis.reason, "document": basis.number,
            "document_on": basis.on, "sha256": paper.sha256, "totals": correction.totals,
        },
    )  # fmt: skip
    tell(correction, f"Nilai pertanyaan {answer.question.code}", evaluation)
    return correction


def _check(answer: Answer, points: Decimal, old: Decimal, brought: Decimal, basis: Basis) -> None:
    if not points.is_finite() or not ZERO <= points <= answer.question.maximum or hundredths(points) != points:
        raise PointsOutOfRange
    if points == old:
        raise NothingChanges
    if not basis.reason.strip() or not basis.number.strip():
        raise WordsMissing
    if lowers(points, brought) and not basis.cause:
        raise ReasonNeeded


def frozen_from(evaluation: Evaluation, stage: str) -> list[StageResult]:
    """The results that carry the question on, from the corrected stage. Raises `NotSettled`."""
    results = {each.stage: each for each in StageResult.objects.select_for_update().filter(evaluation=evaluation)}
    found: Stage | None = Stage(stage)
    frozen = []
    while found is not None and is_past(evaluation, found):
        result = results.get(found.value)
        if result is None or result.frozen_at is None:
            raise NotSettled
        frozen.append(result)
        found = after(found, evaluation.cycle.stages)
    return frozen


def _brought(answer: Answer, evaluation: Evaluation, stage: Stage) -> Decimal:
    """What the question brought into a stage, as it stands now."""
    earlier = before(stage, evaluation.cycle.stages)
    found = Verdict.objects.current().filter(answer=answer, stage__in=earlier).values_list("stage", "points")
    judged = dict(found)
    return carried([answer.points], [[judged.get(each.value)] for each in earlier])[0] or ZERO


def _follow(
    answer: Answer, evaluation: Evaluation, stage: Stage, points: Decimal, basis: Basis, by: User, at: datetime
) -> None:
    """The corrected verdict, and those after it that accepted what they were brought, as new versions."""
    note = f"Koreksi, {basis.number}: {basis.reason}"[:4000]
    brought = _brought(answer, evaluation, stage)
    _put(answer, stage, points, brought, basis.cause if lowers(points, brought) else "", note, by, at)
    later = after(stage, evaluation.cycle.stages)
    while later is not None:
        kept = Verdict.objects.current().filter(answer=answer, stage=later.value).first()
        if kept is not None and (kept.decision != Verdict.Decision.ACCEPT or kept.is_return):
            return  # decided by itself: what comes after follows that
        if kept is not None:
            _put(answer, later, points, points, "", note, by, at)
        later = after(later, evaluation.cycle.stages)


def _put(
    answer: Answer, stage: Stage, points: Decimal, brought: Decimal, reason: str, note: str, by: User, at: datetime
) -> None:
    verdicts = Verdict.objects.filter(answer=answer, stage=stage.value)
    last = verdicts.order_by("-version").values_list("version", flat=True).first() or 0
    seen = verdicts.current().values_list("seen", flat=True).first() or ""
    verdicts.current().update(is_current=False)
    accepted = points == brought
    Verdict.objects.create(
        answer=answer, stage=stage.value, points=points, before_points=brought, reason=reason, note=note, seen=seen,
        decision=Verdict.Decision.ACCEPT if accepted else Verdict.Decision.POINTS, version=last + 1, given_at=at,
        given_by=by,
    )  # fmt: skip


def settle_again(frozen: list[StageResult], at: datetime) -> dict[str, list[str]]:
    """Add the closed stages up again; each keeps the moment at which it was closed. Totals before and after."""
    totals = {}
    for result in frozen:
        old, closed_at = result.total, result.frozen_at
        StageResult.objects.filter(pk=result.pk).update(frozen_at=None)
        fresh = scores.settle(result.evaluation, result.stage, at=at, freeze=True)
        StageResult.objects.filter(pk=result.pk).update(frozen_at=closed_at)
        totals[result.stage] = [str(old), str(fresh.total)]
    return totals


def tell(correction: Correction, what: str, evaluation: Evaluation) -> None:
    """`what` changed, by numbers; the reason stays in the portal."""
    text = (
        f"{what} pada {correction.get_stage_display().lower()} {evaluation.region.name} dikoreksi: "
        f"{angka(correction.old_points)} menjadi {angka(correction.new_points)}, dokumen {correction.document_number}."
    )
    news.tell(
        users=rules.people_told(evaluation.pk, evaluation.region_id),
        kind=Notice.Kind.CORRECTED,
        key=f"correction:{correction.pk}",
        text=text,
        link=reverse("verification:corrections", args=[evaluation.pk]),
        at=correction.corrected_at,
    )
