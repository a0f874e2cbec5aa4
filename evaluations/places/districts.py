"""How far the tick sheets are, kecamatan by kecamatan. Never writes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import District, User
from clusters.catalogue import Entry, catalogue_of
from clusters.models import Question
from evaluations import rules
from evaluations.models import Answer, Evaluation, PlaceTick
from evaluations.places.sheets import places_of
from evaluations.standing import own_questions

UNITS = (Question.PlaceUnit.DISTRICT, Question.PlaceUnit.VILLAGE)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a kecamatan has said of one question."""

    entry: Entry
    said: int
    whole: int


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """A kecamatan with its questions; `said` and `whole` count places over all of them."""

    code: str
    name: str
    cells: Sequence[Cell]

    @property
    def said(self) -> int:
        """Places of which something is said."""
        return sum(cell.said for cell in self.cells)

    @property
    def whole(self) -> int:
        """Places that are asked for."""
        return sum(cell.whole for cell in self.cells)


def lines(user: User, evaluation: Evaluation) -> list[DistrictLine]:
    """Kecamatan in the order of their codes, the own one alone for its people. A constant number of queries."""
    mine = own_questions(user, evaluation)
    entries = [
        each
        for each in catalogue_of(evaluation.cycle.instrument).entries
        if each.question.place_unit and (mine is None or each.question.pk in mine)
    ]
    own = rules.own_district(user)
    places = {unit: places_of(evaluation.region_id, unit) for unit in UNITS}
    whole = {unit: Counter(place.group for place in held) for unit, held in places.items()}
    said = _said(evaluation)
    return [
        DistrictLine(
            district.code,
            district.name,
            [
                Cell(each, said[each.question.pk, district.code], whole[unit][district.code])
                for each in entries
                for unit in [Question.PlaceUnit(each.question.place_unit)]
                if whole[unit][district.code]
            ],
        )
        for district in places[Question.PlaceUnit.DISTRICT]
        if own in (None, district.code)
    ]


def _said(evaluation: Evaluation) -> Counter[tuple[int, str]]:
    """Ticks by question and kecamatan; one query beside the answers' keys."""
    answers = dict(
        Answer.objects.filter(evaluation=evaluation).exclude(question__place_unit="").values_list("pk", "question_id")
    )
    rows = PlaceTick.objects.filter(answer__in=list(answers)).values_list(
        "answer_id", "district__code", "village__district__code"
    )
    return Counter((answers[pk], of_district or of_village) for pk, of_district, of_village in rows)


def without_office(evaluation: Evaluation) -> int:
    """How many kecamatan of the region have no office yet, as in evaluations opened before there were any."""
    return District.objects.filter(region_id=evaluation.region_id, offices__isnull=True).count()
