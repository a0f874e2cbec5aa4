"""Every write of tick sheets: the ticks, and with them, in the same transaction, the answer that follows from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.catalogue import Entry
from clusters.models import Question
from clusters.stages import Stage
from evaluations import claims, windows
from evaluations.actions import AlreadySubmitted, save_answer
from evaluations.models import Answer, PlaceTick
from evaluations.places import counting
from evaluations.places.sheets import Place, places_of

REFUSALS = (AlreadySubmitted, windows.WindowClosed)

Ticks = Mapping[int, bool | None]  # place pk -> yes, no, not said


@dataclass(frozen=True, slots=True)
class Disputed:
    """A place on which two people disagree."""

    place: Place
    theirs: bool | None
    mine: bool | None


class Conflict(Exception):
    """Somebody else has ticked some of the same places meanwhile; nothing was written."""

    def __init__(self, disputed: Sequence[Disputed]) -> None:
        super().__init__("Sebagian centang baru saja diubah orang lain.")
        self.disputed = disputed


@transaction.atomic
def tick(*, answer: Answer, entry: Entry, wanted: Ticks, seen: Ticks, by: User, at: datetime) -> int:
    """Set ticks and let percentage and option follow; returns how many changed.

    `wanted` holds the places of one sheet, `seen` what stood there when the person opened it. What is not a place of
    the region is left out. Raises `AlreadySubmitted`, `windows.WindowClosed`, or `Conflict` when a place differs from
    both what was seen and what is wanted.
    """
    evaluation = windows.locked_if_open(answer.evaluation_id, Stage.EM, at)
    if evaluation.is_submitted:
        raise AlreadySubmitted
    unit = entry.question.place_unit
    places = {each.pk: each for each in places_of(evaluation.region_id, unit)}
    rows = {row.place_pk: row for row in _rows(answer, unit)}
    now = {pk: rows[pk].is_met if pk in rows else None for pk in places}
    changed = {pk: value for pk, value in wanted.items() if pk in places and now[pk] != value}
    disputed = [Disputed(places[pk], now[pk], value) for pk, value in changed.items() if now[pk] != seen.get(pk)]
    if disputed:
        raise Conflict(disputed)
    if not changed:
        return 0
    _write(answer, unit, changed, by, at)
    audit.record(
        action="places.ticked", subject=f"answer:{answer.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={"places": {places[pk].code: [now[pk], value] for pk, value in changed.items()}},
    )  # fmt: skip
    _let_answer_follow(answer, entry, {**now, **changed}, by, at)
    return len(changed)


def _write(answer: Answer, unit: str, changed: Ticks, by: User, at: datetime) -> None:
    field = _field(unit)
    PlaceTick.objects.filter(answer=answer, **{f"{field}__in": list(changed)}).delete()
    PlaceTick.objects.bulk_create(
        PlaceTick(answer=answer, is_met=value, ticked_at=at, ticked_by=by, **{f"{field}_id": pk})
        for pk, value in changed.items()
        if value is not None
    )


def _let_answer_follow(answer: Answer, entry: Entry, ticks: Ticks, by: User, at: datetime) -> None:
    """The claim from all ticks of the region; an unchanged figure saves nothing, so the lead's confirmation stays."""
    said = list(ticks.values())
    figure = counting.percentage(
        said.count(True), said.count(False), len(said), fewer_is_better=counting.fewer_is_better(entry.options)
    )
    current = Answer.objects.get(pk=answer.pk)
    claim = claims.EMPTY if figure is None else claims.from_measure(entry.question, entry.options, figure)
    if claim != claims.standing(current):
        save_answer(
            answer=current, version=current.version, claim=claim, note=current.note, by=by, at=at, from_ticks=True
        )


@dataclass(frozen=True, slots=True)
class _Row:
    place_pk: int
    is_met: bool


def _rows(answer: Answer, unit: str) -> list[_Row]:
    rows = PlaceTick.objects.filter(answer=answer, **{f"{_field(unit)}__isnull": False})
    return [_Row(pk, is_met) for pk, is_met in rows.values_list(f"{_field(unit)}_id", "is_met")]


def _field(unit: str) -> str:
    return "district" if unit == Question.PlaceUnit.DISTRICT else "village"


def follows_ticks(answer: Answer, question: Question) -> bool:
    """Whether the answer's figure is decided by ticks, so that nobody may type another. One query where it may be."""
    return bool(question.place_unit) and PlaceTick.objects.filter(answer=answer).exists()
