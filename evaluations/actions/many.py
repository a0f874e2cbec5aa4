"""Saving many answers of one evaluation at once, by the rules of a single save; two statements, however many."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from accounts.models import User
from evaluations.actions.answering import UNCHECKED
from evaluations.claims import Claim
from evaluations.models import Answer, AnswerVersion

# One parameter holds all rows: 274 answers as single parameters cost the compiler more than the database.
_COLUMNS = {
    "kind": "text", "option_id": "bigint", "measure": "numeric", "measure_before": "numeric", "points": "numeric",
    "reason": "text", "note": "text",
}  # fmt: skip
_FROM = {
    "postgresql": "jsonb_to_recordset(%s::jsonb) AS new (id bigint, {typed})",
    "sqlite": "(SELECT json_extract(value, '$.id') AS id, {taken} FROM json_each(%s)) AS new",
}
_UPDATE = """
UPDATE {answers} AS old SET {columns}, version = old.version + 1, saved_at = %s, saved_by_id = %s{unchecked}
FROM {rows} WHERE old.id = new.id
"""
_KEEP = """
INSERT INTO {versions} (answer_id, version, saved_at, saved_by_id, {columns})
SELECT old.id, old.version, old.saved_at, old.saved_by_id, {read} FROM {answers} AS old, {rows}
WHERE old.id = new.id ORDER BY old.id
"""


@dataclass(frozen=True, slots=True)
class Change:
    """What an answer will claim; the caller has read the answer under the lock of its evaluation."""

    answer_id: int
    claim: Claim
    note: str


def save_many(changes: Sequence[Change], *, by: User | None, at: datetime) -> None:
    """Write claims and their history. The caller holds the evaluation's row, records the act and promises the rest."""
    if not connection.in_atomic_block:
        raise RuntimeError("Answers are saved in the transaction that holds their evaluation.")
    if not changes:
        return
    packed = json.dumps([_packed(each) for each in changes])
    names = {"answers": Answer._meta.db_table, "versions": AnswerVersion._meta.db_table, "rows": _rows()}
    update = _UPDATE.format(
        **names, columns=", ".join(f"{name} = new.{name}" for name in _COLUMNS),
        unchecked="".join(f", {Answer._meta.get_field(name).column} = %s" for name in UNCHECKED),  # type: ignore[union-attr]
    )  # fmt: skip
    keep = _KEEP.format(**names, columns=", ".join(_COLUMNS), read=", ".join(f"old.{name}" for name in _COLUMNS))
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(update, [moment, by.pk if by else None, *UNCHECKED.values(), packed])
        cursor.execute(keep, [packed])


def _rows() -> str:
    return _FROM[connection.vendor].format(
        typed=", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items()),
        taken=", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in _COLUMNS),
    )


def _packed(change: Change) -> dict[str, Any]:
    """Figures as text, so that none passes through a float."""
    claim = change.claim
    figures = {name: getattr(claim, name) for name in ("measure", "measure_before", "points")}
    return {
        "id": change.answer_id, "kind": claim.kind.value, "option_id": claim.option_id, "reason": claim.reason,
        "note": change.note, **{name: None if each is None else str(each) for name, each in figures.items()},
    }  # fmt: skip
