"""Saving many answers of one evaluation at once, by the rules of a single save; statements do not grow with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection

from accounts.models import User
from evaluations.actions.answering import UNCHECKED
from evaluations.claims import Claim
from evaluations.models import Answer, AnswerVersion

CLAIM = ("kind", "option_id", "measure", "measure_before", "points", "reason")
_WRITTEN = (
    "kind",
    "option",
    "measure",
    "measure_before",
    "points",
    "reason",
    "note",
    "version",
    "saved_at",
    "saved_by",
)


@dataclass(frozen=True, slots=True)
class Change:
    """What an answer will claim; `version` is the one that stands, which the caller has read under the lock."""

    answer_id: int
    question_id: int
    version: int
    claim: Claim
    note: str


def save_many(changes: Sequence[Change], *, evaluation_id: int, by: User | None, at: datetime) -> None:
    """Write claims and their history. The caller holds the evaluation's row, records the act and promises the rest."""
    if not connection.in_atomic_block:
        raise RuntimeError("Answers are saved in the transaction that holds their evaluation.")
    if not changes:
        return
    Answer.objects.bulk_create(
        [
            Answer(
                pk=each.answer_id, evaluation_id=evaluation_id, question_id=each.question_id, note=each.note,
                version=each.version + 1, saved_at=at, saved_by=by, **_columns(each.claim), **UNCHECKED,
            )
            for each in changes
        ],
        update_conflicts=True, unique_fields=["id"], update_fields=[*_WRITTEN, *UNCHECKED],
    )  # fmt: skip
    AnswerVersion.objects.bulk_create(
        AnswerVersion(
            answer_id=each.answer_id, version=each.version + 1, note=each.note, saved_at=at, saved_by=by,
            **_columns(each.claim),
        )
        for each in changes
    )  # fmt: skip


def _columns(claim: Claim) -> dict[str, str | int | Decimal | None]:
    return {name: getattr(claim, name) for name in CLAIM}
