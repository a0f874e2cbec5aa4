"""Saying that a verifier is too near to a region, and taking that back; mandates end with it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import Region, User
from evaluations.models import Evaluation
from notices import actions as news
from notices.models import Notice
from verification import rules
from verification.actions import Refusal
from verification.double import actions as doubles
from verification.double import lonely
from verification.models import Assignment, ConflictOfInterest
from verification.progress import is_past


class NotNear(Refusal):
    """The region is in another province, where this verifier judges nothing."""

    sentence = "Daerah itu di luar provinsi verifikator, sehingga tidak perlu dinyatakan."


class Unexplained(Refusal):
    """ "Other" without a word."""

    sentence = "Tulis keterangan singkat, agar administrator tahu benturan kepentingannya."


@transaction.atomic
def declare(*, verifier: User, region: Region, kind: str, reason: str, by: User, at: datetime) -> ConflictOfInterest:
    """Write the conflict down and end every mandate for the region that is not over; everybody concerned is told.

    Declaring twice leaves one, with the first word. Raises `NotNear`, `Unexplained`.
    """
    if verifier.province_id != region.province_id:
        raise NotNear
    if kind == ConflictOfInterest.Kind.OTHER and not reason.strip():
        raise Unexplained
    cases = list(Evaluation.objects.locked().filter(region=region).select_related("cycle", "region").order_by("pk"))
    known = ConflictOfInterest.objects.standing().filter(verifier=verifier, region=region).first()
    if known is not None:
        return known
    conflict = ConflictOfInterest.objects.create(
        verifier=verifier, region=region, kind=kind, reason=reason.strip(), declared_at=at, declared_by=by
    )
    ended = [each for case in cases for each in _end_mandates(case, verifier)]
    for case in cases:
        doubles.release(evaluation=case, verifier=verifier, by=by, at=at)
        lonely.release(evaluation=case, stage=case.stage, by=by, at=at)
    audit.record(
        action="conflict.declared", subject=f"user:{verifier.pk}", by=by, at=at, region=region,
        details={"kind": kind, "mandates": [[each.evaluation_id, each.stage] for each in ended]},
    )  # fmt: skip
    _tell(conflict, ended, by, at)
    return conflict


@transaction.atomic
def withdraw(*, conflict: ConflictOfInterest, by: User, at: datetime) -> None:
    """Take a conflict back; mandates that ended stay ended. Withdrawing twice does nothing."""
    conflict = ConflictOfInterest.objects.select_for_update().get(pk=conflict.pk)
    if conflict.withdrawn_at is not None:
        return
    conflict.withdrawn_at, conflict.withdrawn_by = at, by
    conflict.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record(
        action="conflict.withdrawn", subject=f"user:{conflict.verifier_id}", by=by, at=at,
        region_id=conflict.region_id, details={"kind": conflict.kind},
    )  # fmt: skip


def _end_mandates(evaluation: Evaluation, verifier: User) -> list[Assignment]:
    """Mandates of stages that are not closed; what was judged under them stays."""
    found = Assignment.objects.filter(evaluation=evaluation, verifier=verifier)
    ended = [each for each in found if not is_past(evaluation, each.stage)]
    Assignment.objects.filter(pk__in=[each.pk for each in ended]).delete()
    return ended


def _tell(conflict: ConflictOfInterest, ended: list[Assignment], by: User, at: datetime) -> None:
    """The verifier, the administrators, and those who judge the region beside the one who leaves."""
    region, why = conflict.region.name, str(conflict.get_kind_display()).lower()
    end = " Tugasnya di sana berakhir; penilaian yang sudah diberikan tetap ada." if ended else ""
    text = f"{conflict.verifier} mempunyai benturan kepentingan dengan {region} ({why}).{end}"
    cases = sorted({each.evaluation_id for each in ended})
    beside = Assignment.objects.filter(evaluation__in=cases).values_list("verifier", flat=True)
    link = reverse("verification:assign", args=cases[:1]) if cases else reverse("verification:conflicts")
    desk = reverse("verification:desk", args=cases[:1]) if cases else ""
    admins = set(rules.administrators().values_list("pk", flat=True)) - {by.pk}
    own = {conflict.verifier_id} - {by.pk}
    for users, where in ((admins, link), (set(beside) - {by.pk}, desk), (own, reverse("verification:conflicts"))):
        news.tell(users=users, kind=Notice.Kind.ASSIGNED, key=f"conflict:{conflict.pk}", text=text, link=where, at=at)
