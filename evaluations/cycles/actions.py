"""Beginning a cycle and changing what it is made of, as long as no region has passed the place."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Cycle, Instrument
from clusters.stages import LABELS, Stage, in_order, walked
from evaluations.models import Evaluation, StageResult


class Refused(Exception):
    """It cannot be; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an administrator decides about a cycle."""

    name: str
    award_year: int
    stages: tuple[str, ...]
    repair_hours: int
    regulations_until: date | None


@transaction.atomic
def begin(*, code: str, instrument: Instrument, settings: Settings, by: User, at: datetime) -> Cycle:
    """A new cycle without windows: those come with their letters. Raises `Refused`."""
    stages = _ordered(settings.stages)
    if Cycle.objects.filter(code=code).exists():
        raise Refused("Kode siklus itu sudah dipakai. Pilih kode lain.")
    cycle = Cycle.objects.create(code=code, instrument=instrument, **{**_values(settings), "stages": stages})
    audit.record(
        action="cycle.created", subject=f"cycle:{cycle.pk}", by=by, at=at,
        details={"code": code, "instrument": instrument.code, **_told(_values(settings))},
    )  # fmt: skip
    return cycle


@transaction.atomic
def change(*, cycle: Cycle, settings: Settings, by: User, at: datetime) -> Cycle:
    """Change a cycle; a stage comes or goes only where no region is at it or past it. Raises `Refused`."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    stages = _ordered(settings.stages)
    _check_stages(cycle, stages)
    wanted = {**_values(settings), "stages": stages}
    old = {name: getattr(cycle, name) for name in wanted}
    if old == wanted:
        return cycle
    for name, value in wanted.items():
        setattr(cycle, name, value)
    cycle.save(update_fields=list(wanted))
    changed = [name for name in wanted if old[name] != wanted[name]]
    audit.record(
        action="cycle.changed", subject=f"cycle:{cycle.pk}", by=by, at=at,
        details={"old": _told({name: old[name] for name in changed}),
                 "new": _told({name: wanted[name] for name in changed})},
    )  # fmt: skip
    return cycle


def _values(settings: Settings) -> dict[str, Any]:
    return {
        "name": settings.name,
        "award_year": settings.award_year,
        "repair_hours": settings.repair_hours,
        "regulations_until": settings.regulations_until,
    }


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, date) else value for name, value in values.items()}


def _ordered(stages: tuple[str, ...]) -> list[str]:
    """Every cycle begins with the self-evaluation."""
    if Stage.EM not in stages:
        raise Refused("Evaluasi mandiri selalu dipakai; tahap lain menilai apa yang diisi di sana.")
    return [stage.value for stage in in_order(stages)]


def _check_stages(cycle: Cycle, stages: list[str]) -> None:
    """Whoever is at a stage or past it keeps it, and what was passed over does not come back."""
    held = Evaluation.objects.select_for_update(of=("self",)).filter(cycle=cycle).order_by("pk")
    places = list(held.values_list("pk", "stage"))
    settled = set(StageResult.objects.filter(evaluation__cycle=cycle, answered__gt=0).values_list("stage", flat=True))
    for gone in set(cycle.stages) - set(stages):
        name = LABELS[Stage(gone)]
        if gone in settled or any(stage == gone for _, stage in places):
            raise Refused(f"{name} sudah dikerjakan oleh daerah dalam siklus ini, jadi tidak dapat dihapus.")
    order = list(walked([each.value for each in Stage]))
    for fresh in set(stages) - set(cycle.stages) - {Stage.TI.value}:
        late = [stage for _, stage in places if not stage or order.index(Stage(stage)) > order.index(Stage(fresh))]
        if late:
            raise Refused(
                f"{len(late)} daerah sudah melewati {LABELS[Stage(fresh)].lower()} dalam siklus ini, "
                "jadi tahap itu tidak dapat ditambahkan."
            )
