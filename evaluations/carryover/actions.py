"""Taking over what the last cycle knew: always to be checked again, never done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.stages import Stage
from evaluations import actions as answering
from evaluations import windows
from evaluations.actions import AlreadySubmitted, Conflict, save_answer
from evaluations.carryover.matching import TICKED
from evaluations.claims import Claim
from evaluations.evidence import storing, tasks
from evaluations.evidence.actions.standing import ask_the_lead_again
from evaluations.models import Answer, Evaluation, Evidence, EvidencePage, EvidenceUse, PlaceTick


class FollowsTicks(answering.FollowsTicks):
    """Somebody has begun to count place by place, so the old figure may not be claimed again."""

    def __init__(self) -> None:
        Exception.__init__(self, TICKED)


REFUSALS = (AlreadySubmitted, windows.WindowClosed, answering.FollowsTicks)
OWN_TO_A_CYCLE = {"id", "evaluation", "replaces", "added_at", "added_by", "details_version", "replace_reason"}


class FileGone(Exception):
    """The old document's file is no longer in the store; nothing was taken over."""

    def __init__(self) -> None:
        super().__init__("Berkas lama tidak ada lagi di penyimpanan. Unggah dokumennya sekali lagi.")


@dataclass(frozen=True, slots=True)
class Wish:
    """One answer to take over: the new answer, the version that was seen, what it claims, and the old answer."""

    answer: Answer
    version: int
    claim: Claim
    old: Answer


@transaction.atomic
def take_answers(*, evaluation: Evaluation, wishes: Sequence[Wish], by: User, at: datetime) -> int:
    """Claim what the last cycle claimed, all or none; returns how many. Each waits to be checked.

    Raises `REFUSALS`, or `Conflict` when an answer has changed since it was seen.
    """
    _locked(evaluation.pk, at)
    if PlaceTick.objects.filter(answer__in=[wish.answer.pk for wish in wishes]).exists():
        raise FollowsTicks
    for wish in wishes:
        saved = save_answer(
            answer=wish.answer, version=wish.version, claim=wish.claim, note=wish.answer.note or wish.old.note, by=by,
            at=at,
        )  # fmt: skip
        audit.record(
            action="answer.taken_over", subject=f"answer:{saved.pk}", by=by, at=at, region_id=evaluation.region_id,
            details={"from": wish.old.pk, "version": saved.version},
        )  # fmt: skip
    Answer.objects.filter(pk__in=[wish.answer.pk for wish in wishes]).update(needs_check=True)
    return len(wishes)


@transaction.atomic
def take_documents(*, answer: Answer, documents: Iterable[Evidence], by: User, at: datetime) -> int:
    """Let documents of the last cycle prove a new answer; returns how many are new there. Each waits to be checked.

    The file itself is shared, not copied: it is known by its fingerprint. Raises `AlreadySubmitted`,
    `windows.WindowClosed`, `FileGone`.
    """
    evaluation = _locked(answer.evaluation_id, at)
    fresh = 0
    for old in documents:
        evidence = _here(evaluation, old, by, at)
        _, is_new = EvidenceUse.objects.get_or_create(
            evidence=evidence, answer=answer, removed_at=None,
            defaults={"added_at": at, "added_by": by, "needs_check": True, "pages": _pages(old, answer)},
        )  # fmt: skip
        if is_new:
            fresh += 1
            ask_the_lead_again([answer.pk], by=by, at=at)
            audit.record(
                action="evidence.taken_over", subject=f"evidence:{evidence.pk}", by=by, at=at,
                region_id=evaluation.region_id, details={"from": old.pk, "answer": answer.pk, "sha256": old.sha256},
            )  # fmt: skip
    return fresh


@transaction.atomic
def check(*, answer: Answer, version: int, by: User, at: datetime) -> None:
    """Say that a copied answer is right as it stands; twice does nothing. Raises `REFUSALS` or `Conflict`."""
    evaluation = _locked(answer.evaluation_id, at)
    current = Answer.objects.select_related("option", "saved_by").get(pk=answer.pk)
    if current.version != version:
        raise Conflict(current)
    if Answer.objects.filter(pk=answer.pk, needs_check=True).update(needs_check=False):
        audit.record(
            action="answer.checked", subject=f"answer:{answer.pk}", by=by, at=at, region_id=evaluation.region_id,
            details={"version": version},
        )  # fmt: skip


def _locked(evaluation_id: int, at: datetime) -> Evaluation:
    evaluation = windows.locked_if_open(evaluation_id, Stage.EM, at)
    if evaluation.is_submitted:
        raise AlreadySubmitted
    return evaluation


def _here(evaluation: Evaluation, old: Evidence, by: User, at: datetime) -> Evidence:
    """The row of the same file or address in this evaluation, made with its pictures where it is missing."""
    same = {"sha256": old.sha256} if old.is_file else {"url": old.url}
    known = Evidence.objects.filter(evaluation=evaluation, kind=old.kind, **same).first()
    if known is not None:
        return known
    if old.is_file and not storing.path_of(old.stored_as).is_file():
        raise FileGone
    copied: dict[str, Any] = {
        field.attname: getattr(old, field.attname)
        for field in Evidence._meta.concrete_fields
        if field.name not in OWN_TO_A_CYCLE
    }
    evidence = Evidence.objects.create(evaluation=evaluation, added_at=at, added_by=by, **copied)
    EvidencePage.objects.bulk_create(
        EvidencePage(
            evidence=evidence, number=page.number, stored_as=page.stored_as, width=page.width, height=page.height,
            size=page.size,
        )
        for page in old.pages.all()
    )  # fmt: skip
    if evidence.is_file:
        tasks.promise_checks(evidence.pk, at)
        tasks.promise_pages(evidence.pk, at)
    return evidence


def _pages(old: Evidence, answer: Answer) -> str:
    """The page reference that the document had for the same question."""
    uses = old.uses.filter(removed_at=None, answer__question__code=answer.question.code)
    return uses.values_list("pages", flat=True).first() or ""
