"""The tick sheet of a question as pages show it: places in groups, what is said of each, the figure. Never writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from accounts.models import District, User, Village
from clusters.catalogue import Entry
from clusters.models import Question
from evaluations import rules
from evaluations.models import Answer, Evaluation, PlaceTick
from evaluations.places import counting

WORDS = {True: "ya", False: "tidak", None: ""}
Said = Mapping[int, bool | None]  # place pk -> yes, no, not said


@dataclass(frozen=True, slots=True)
class Place:
    """A kecamatan or desa/kelurahan; `group` is the code of its kecamatan, which is its own for a kecamatan."""

    pk: int
    code: str
    name: str
    group: str
    group_name: str


@dataclass(frozen=True, slots=True)
class Row:
    """A place with what is said of it; `seen` and `word` as forms send them: "ya", "tidak" or empty.

    They differ only where a form was refused: `seen` is what the person saw then, `word` what was chosen.
    """

    place: Place
    is_met: bool | None
    by: str
    at: datetime | None
    seen: str
    word: str


@dataclass(frozen=True, slots=True)
class Group:
    """One form: all kecamatan, or the villages of one kecamatan."""

    code: str
    name: str
    rows: Sequence[Row]
    can_edit: bool
    refused: str = ""  # why what is ticked here is not stored

    @property
    def said(self) -> int:
        """Places of which something is said."""
        return sum(row.is_met is not None for row in self.rows)

    @property
    def met(self) -> int:
        """Places that meet the question."""
        return sum(row.is_met is True for row in self.rows)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything `evaluations/places/_sheet.html` shows."""

    evaluation_id: int
    code: str
    unit: str  # "kecamatan" or "desa/kelurahan"
    groups: Sequence[Group]
    met: int
    said: int
    whole: int
    figure: Decimal | None
    fewer_is_better: bool
    zone: str

    @property
    def open(self) -> int:
        """Places nobody has said anything about."""
        return self.whole - self.said

    def refusing(self, code: str, wanted: Said, seen: Said, sentence: str) -> "Sheet":
        """The same with what a person ticked in one group, and why it was not taken."""

        def typed(row: Row) -> Row:
            pk, stored = row.place.pk, row.is_met
            return replace(row, word=WORDS[wanted.get(pk, stored)], seen=WORDS[seen.get(pk, stored)])

        groups = [
            replace(each, rows=[typed(row) for row in each.rows], refused=sentence) if each.code == code else each
            for each in self.groups
        ]
        return replace(self, groups=groups)


def places_of(region_id: int, unit: str) -> list[Place]:
    """The region's places of a unit in the order of their codes; one query. Empty where the portal knows none."""
    if unit == Question.PlaceUnit.DISTRICT:
        found = District.objects.filter(region_id=region_id).order_by("code").values_list("pk", "code", "name")
        return [Place(pk, code, name, code, name) for pk, code, name in found]
    villages = Village.objects.filter(district__region_id=region_id).order_by("code")
    return [Place(*row) for row in villages.values_list("pk", "code", "name", "district__code", "district__name")]


def sheet_of(user: User, evaluation: Evaluation, entry: Entry, answer: Answer, *, can_edit: bool) -> Sheet | None:
    """The sheet of one answer, None where places are not counted. Two queries, three for a kecamatan's people."""
    unit = entry.question.place_unit
    places = places_of(evaluation.region_id, unit) if unit else []
    if not places:
        return None
    field = "district" if unit == Question.PlaceUnit.DISTRICT else "village"
    ticks = {
        pk: (is_met, at, name or username or "")
        for pk, is_met, at, name, username in PlaceTick.objects.filter(answer=answer).values_list(
            f"{field}_id", "is_met", "ticked_at", "ticked_by__first_name", "ticked_by__username"
        )
    }
    rows = [_row(place, ticks.get(place.pk)) for place in places]
    said = [row.is_met for row in rows]
    fewer = counting.fewer_is_better(entry.options)
    met, unmet = said.count(True), said.count(False)
    return Sheet(
        evaluation_id=evaluation.pk,
        code=entry.question.code,
        unit=str(Question.PlaceUnit(unit).label),
        groups=_groups(rows, unit, own_district=rules.own_district(user), can_edit=can_edit),
        met=met,
        said=met + unmet,
        whole=len(rows),
        figure=counting.percentage(met, unmet, len(rows), fewer_is_better=fewer),
        fewer_is_better=fewer,
        zone=evaluation.region.time_zone,
    )


def _row(place: Place, said: tuple[bool, datetime, str] | None) -> Row:
    is_met, at, by = said or (None, None, "")
    return Row(place, is_met, by, at, WORDS[is_met], WORDS[is_met])


def _groups(rows: Sequence[Row], unit: str, *, own_district: str | None, can_edit: bool) -> list[Group]:
    """A form per kecamatan for villages, one for all kecamatan; a kecamatan's people edit their own alone."""
    if unit == Question.PlaceUnit.DISTRICT and own_district is None:
        return [Group("semua", "Semua kecamatan", rows, can_edit)]
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row.place.group, []).append(row)
    return [
        Group(code, held[0].place.group_name, held, can_edit and own_district in (None, code))
        for code, held in by_code.items()
        if own_district in (None, code)
    ]
