"""Confirming a proposal: every mandate of it in one transaction, or none."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import Province, User
from clusters.models import Cycle
from clusters.stages import LABELS, Stage
from evaluations.models import Evaluation
from notices import actions as news
from notices.models import Notice
from verification.actions import Refusal, StageClosed
from verification.actions.mandates import require_eligible
from verification.double import lonely
from verification.models import Assignment
from verification.progress import is_past
from verification.reach import Reach

Wishes = Mapping[tuple[int, int], list[str]]  # evaluation, verifier -> codes of clusters


class MovedMeanwhile(Refusal):
    """Mandates are not what the proposal started from."""

    sentence = "Penugasan baru saja berubah. Usulan di bawah sudah dihitung ulang; periksa, lalu tetapkan lagi."


class NothingChosen(Refusal):
    """Nobody gets anything."""

    sentence = "Belum ada yang dibagi. Pilih verifikator pada paling sedikit satu baris."


@transaction.atomic
def confirm(*, cycle: Cycle, province: Province, stage: str, wishes: Wishes, seen: str, by: User, at: datetime) -> int:
    """Give all these mandates, beside those that stand; how many regions got one.

    `seen` is the mark of the mandates the proposal was made from. Raises `NothingChosen`, `MovedMeanwhile`,
    `NotEligible`, `TooNear`, `StageClosed`: then nothing is given.
    """
    if not wishes:
        raise NothingChosen
    cases = Evaluation.objects.locked().filter(cycle=cycle, region__province=province).order_by("pk")
    found = {each.pk: each for each in cases.select_related("cycle__instrument", "region")}
    if mark_of(found, stage) != seen:
        raise MovedMeanwhile
    people = User.objects.in_bulk({verifier for _, verifier in wishes})
    for (pk, verifier), codes in wishes.items():
        _give(found[pk], stage, people[verifier], codes, by, at)
    for pk in {pk for pk, _ in wishes}:
        lonely.release(evaluation=found[pk], stage=stage, by=by, at=at)
    _tell(wishes, found, stage, at)
    return len({pk for pk, _ in wishes})


def mark_of(evaluations: Mapping[int, Evaluation], stage: str) -> str:
    """What changes when a mandate of these evaluations does; one query."""
    rows = Assignment.objects.filter(evaluation__in=list(evaluations), stage=stage)
    told = sorted((pk, verifier, sorted(codes)) for pk, verifier, codes in
                  rows.values_list("evaluation", "verifier", "clusters"))  # fmt: skip
    stages = sorted((pk, each.stage) for pk, each in evaluations.items())
    return hashlib.sha256(repr((told, stages)).encode()).hexdigest()[:32]


def _give(evaluation: Evaluation, stage: str, verifier: User, codes: list[str], by: User, at: datetime) -> None:
    """One mandate, added to what the verifier has there."""
    if is_past(evaluation, stage):
        raise StageClosed(stage, evaluation.stage)
    require_eligible(evaluation, verifier)
    mandate = Assignment.objects.filter(evaluation=evaluation, stage=stage, verifier=verifier).first()
    if mandate is not None and Reach.of(mandate.clusters).is_all:
        return
    known = list(evaluation.cycle.instrument.clusters.values_list("code", flat=True))
    wanted = {*codes, *(mandate.clusters if mandate else [])}
    named = [code for code in known if code in wanted]
    mandate = mandate or Assignment(
        evaluation=evaluation, stage=stage, verifier=verifier, assigned_at=at, assigned_by=by
    )
    mandate.clusters = [] if named == known else named
    mandate.save()
    audit.record(
        action="verifier.assigned", subject=f"evaluation:{evaluation.pk}", by=by, at=at,
        region_id=evaluation.region_id,
        details={"stage": stage, "verifier": verifier.pk, "clusters": mandate.clusters, "shared": True},
    )  # fmt: skip


def _tell(wishes: Wishes, found: Mapping[int, Evaluation], stage: str, at: datetime) -> None:
    """One sentence to each verifier, whatever the number of regions."""
    regions: dict[int, set[str]] = {}
    for pk, verifier in wishes:
        regions.setdefault(verifier, set()).add(found[pk].region.name)
    for verifier, names in regions.items():
        listed = ", ".join(sorted(names))
        news.tell(
            users=[verifier], kind=Notice.Kind.ASSIGNED, key=f"shared:{stage}:{at.timestamp():.0f}",
            text=f"Anda ditugaskan pada {LABELS[Stage(stage)].lower()} {len(names)} daerah: {listed}.",
            link=reverse("evaluations:index"), at=at,
        )  # fmt: skip
