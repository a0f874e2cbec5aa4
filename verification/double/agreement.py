"""How far first and second readers agree in one province and cycle, and how strict each is. Never writes.

For discussion: nothing here changes a score.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accounts.models import Province, User
from clusters import agreement as arithmetic
from clusters.catalogue import Catalogue, catalogue_of
from clusters.models import Cycle, Indicator
from clusters.stages import LABELS, Stage
from verification import rules as judging
from verification.double import rules
from verification.double.pairs import Pair, paired
from verification.models import Assignment, SecondReading


@dataclass(frozen=True, slots=True)
class Figures:
    """Agreement of some pairs as the page writes it; None where the figure says nothing."""

    count: int
    equal: Decimal | None  # per cent
    difference: Decimal | None  # points
    kappa: Decimal | None


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator with pairs."""

    indicator: Indicator
    figures: Figures


@dataclass(frozen=True, slots=True)
class VerifierLine:
    """One verifier: agreement with the others, and strictness against the team on the same indicators."""

    verifier: User
    figures: Figures
    judged: int = 0
    own: Decimal | None = None  # per cent of claimed points accepted
    team: Decimal | None = None
    change: Decimal | None = None


def build(user: User, query: Mapping[str, str]) -> dict[str, Any]:
    """The page's context; a constant number of queries."""
    provinces, cycles = list(rules.compared_provinces(user)), list(_cycles())
    province = next((each for each in provinces if each.code == query.get("provinsi", "")), None)
    cycle = next((each for each in cycles if each.code == query.get("siklus", "")), None)
    cycle = cycle or (cycles[0] if cycles else None)
    province = province or _busiest(provinces, cycle)
    stage = Stage(query["tahap"]) if query.get("tahap") in list(Assignment.STAGES) else Stage.VA
    chosen = {"provinces": provinces, "cycles": cycles, "province": province, "cycle": cycle, "stage": stage}
    stages = [(each.value, LABELS[each]) for each in Assignment.STAGES]
    if province is None or cycle is None:
        return {**chosen, "stages": stages, "total": _figures([], None), "indicators": [], "verifiers": []}
    catalogue = catalogue_of(cycle.instrument)
    readings = SecondReading.objects.given().filter(
        answer__evaluation__cycle=cycle, answer__evaluation__region__province=province, stage=stage
    )
    pairs = [pair for pair in paired(readings.select_related("answer", "reader").order_by("pk")) if pair.is_whole]
    return {
        **chosen,
        "stages": stages,
        "total": _figures(pairs, catalogue),
        "indicators": _by_indicator(pairs, catalogue),
        "verifiers": _by_verifier(user, pairs, catalogue, province, cycle, stage),
    }


def _cycles() -> Iterable[Cycle]:
    return Cycle.objects.select_related("instrument").order_by("-award_year", "-code")


def _busiest(provinces: list[Province], cycle: Cycle | None) -> Province | None:
    """The only province there is to choose, or the first in which somebody judges."""
    if len(provinces) < 2 or cycle is None:
        return provinces[0] if provinces else None
    judged = Assignment.objects.filter(evaluation__cycle=cycle).values_list("evaluation__region__province", flat=True)
    known = set(judged)
    return next((each for each in provinces if each.pk in known), provinces[0])


def _by_indicator(pairs: list[Pair], catalogue: Catalogue) -> list[IndicatorLine]:
    found: dict[int, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(catalogue.by_pk[pair.reading.answer.question_id].question.indicator_id, []).append(pair)
    indicators = {each.question.indicator_id: each.question.indicator for each in catalogue.entries}
    return [IndicatorLine(indicators[pk], _figures(found[pk], catalogue)) for pk in indicators if pk in found]


def _by_verifier(
    user: User, pairs: list[Pair], catalogue: Catalogue, province: Province, cycle: Cycle, stage: Stage
) -> list[VerifierLine]:
    """Everybody who has judged or read: as second reader a pair counts as it is, as first the other way round."""
    own: dict[int, list[Pair]] = {}
    swapped: dict[int, list[Pair]] = {}
    people: dict[int, User] = {}
    for pair in pairs:
        if pair.first is not None:
            own.setdefault(pair.reading.reader_id, []).append(pair)
            swapped.setdefault(pair.first.given_by_id, []).append(pair)
            people |= {pair.reading.reader_id: pair.reading.reader, pair.first.given_by_id: pair.first.given_by}
    strict = arithmetic.strictness(_judged(user, catalogue, province, cycle, stage))
    people |= User.objects.in_bulk([pk for pk in strict if pk not in people])
    lines = [
        _line(person, own.get(pk, []), swapped.get(pk, []), catalogue, strict.get(pk)) for pk, person in people.items()
    ]
    return sorted(lines, key=lambda line: (str(line.verifier), line.verifier.pk))


def _judged(
    user: User, catalogue: Catalogue, province: Province, cycle: Cycle, stage: Stage
) -> list[arithmetic.Judged]:
    """Verdicts that count and that this person may see, without those that settle differences or correct; one query."""
    settling = SecondReading.objects.filter(settled__isnull=False).values("settled")
    rows = (
        judging.of_judges(judging.visible_verdicts(user).current())
        .exclude(pk__in=settling)
        .filter(stage=stage, answer__evaluation__cycle=cycle, answer__evaluation__region__province=province)
    )
    told = (
        arithmetic.Judged.of(verifier, catalogue.by_pk[question].question.indicator_id, claimed, given)
        for verifier, question, claimed, given in rows.values_list(
            "given_by", "answer__question", "before_points", "points"
        )
    )
    return [each for each in told if each is not None]


def _line(
    person: User, own: list[Pair], swapped: list[Pair], catalogue: Catalogue, strict: arithmetic.Strictness | None
) -> VerifierLine:
    figures = _figures(own, catalogue, swapped)
    if strict is None:
        return VerifierLine(person, figures)
    shares = (_percent(strict.own), _percent(strict.team), _percent(strict.difference))
    return VerifierLine(person, figures, strict.count, *shares)


def _figures(pairs: list[Pair], catalogue: Catalogue | None, swapped: Iterable[Pair] = ()) -> Figures:
    """`swapped` pairs are turned round: the first judge is the one that is looked at."""
    if catalogue is None:
        return Figures(0, None, None, None)
    found = [(pair, pair.points, False) for pair in pairs] + [(pair, pair.points, True) for pair in swapped]
    plain, placed = [], []
    for pair, points, is_swapped in found:
        if points is not None:
            steps = [option.points for option in catalogue.by_pk[pair.reading.answer.question_id].options]
            places = tuple(arithmetic.position(each, steps) for each in points)
            plain.append(points[::-1] if is_swapped else points)
            placed.append(places[::-1] if is_swapped else places)
    return Figures(
        len(plain),
        _percent(arithmetic.share_equal(plain)),
        _rounded(arithmetic.mean_difference(plain)),
        _rounded(arithmetic.weighted_kappa([(first, second) for first, second in placed])),
    )


def _percent(share: Fraction | None) -> Decimal | None:
    return None if share is None else _rounded(share * 100)


def _rounded(value: Fraction | None) -> Decimal | None:
    return None if value is None else arithmetic.hundredths(value)
