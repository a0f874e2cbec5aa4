"""One file that has arrived whole, through the door of its kind: proof, the library, or another's place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import File

from accounts.models import User
from evaluations import rules
from evaluations.evidence import actions
from evaluations.models import Answer, Evaluation, Evidence

ATTACHED, LINKED = "tersimpan.", "berkas ini sudah ada; ditautkan."
REPLACED = "Berkas diganti. Versi lama tetap tersimpan di pustaka."
KEPT, KEPT_ALREADY = "tersimpan di pustaka.", "berkas ini sudah ada di pustaka evaluasi ini."


def take(
    *,
    evaluation: Evaluation,
    answer: Answer | None,
    upload: "File[Any]",
    by: User,
    at: datetime,
    covers: Sequence[int] = (),
    address: str = "",
) -> tuple[Evidence, str]:
    """The document, and a sentence about what was done. Raises one of `evidence.actions.REFUSALS`."""
    if answer is None:
        kept = actions.keep_file(evaluation=evaluation, upload=upload, by=by, at=at, address=address)
        return kept, KEPT_ALREADY if kept.added_at < at else KEPT
    use = actions.attach_file(answer=answer, upload=upload, by=by, at=at, covers=covers, address=address)
    return use.evidence, LINKED if use.evidence.added_at < at else ATTACHED


def take_place(
    *, evidence: Evidence, upload: "File[Any]", reason: str, by: User, at: datetime, address: str = ""
) -> tuple[Evidence, str]:
    """The document that stands in another's place for every question the person may answer, and a sentence about it.

    Raises one of `evidence.actions.REFUSALS`.
    """
    fresh = actions.replace(
        evidence=evidence, upload=upload, answers=answers_of(evidence, by), by=by, at=at, reason=reason,
        address=address,
    )  # fmt: skip
    return fresh, REPLACED


def answers_of(evidence: Evidence, by: User) -> list[int]:
    """The answers of its evaluation for which somebody may replace a document."""
    return list(rules.visible_answers(by).filter(evaluation=evidence.evaluation_id).values_list("pk", flat=True))
