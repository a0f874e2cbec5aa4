"""One file that has arrived whole, through the door of its kind: proof of an answer, or a place in the library."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import File

from accounts.models import User
from evaluations.evidence import actions
from evaluations.models import Answer, Evaluation, Evidence

ATTACHED, LINKED = "tersimpan.", "berkas ini sudah ada; ditautkan."
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
