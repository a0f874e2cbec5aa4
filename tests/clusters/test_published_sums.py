"""What regions published, added up by the shipped instrument."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from clusters import instrument_file
from clusters.models import Question
from clusters.rulebook import edition_of
from clusters.scoring import score
from tests.clusters.instrument_files import SHIPPED
from tests.factories import NOW

OGAN_ILIR = Path(__file__).resolve().parents[2] / "evaluations" / "data" / "recap-ogan-ilir-2024.csv"
TASIKMALAYA = {
    "K": "146.00", "I": "90.00", "II": "109.00", "III": "121.50", "IV": "90.20", "V": "182.60", "KD": "65.90"
}  # fmt: skip


@pytest.fixture
def edition(db):
    """The shipped instrument as the arithmetic sees it."""
    return edition_of(instrument_file.load(SHIPPED, at=NOW).instrument)


def test_tasikmalaya_adds_up_to_its_published_total(edition):
    """Each cluster's points are laid into its questions up to their maxima, so the three levels are really walked."""
    points: list[Decimal | None] = [None] * edition.book.size
    for cluster in edition.book.clusters:
        left = Decimal(TASIKMALAYA[cluster.code])
        for indicator in cluster.indicators:
            points[indicator.start] = min(left, indicator.maximum)
            left -= points[indicator.start]

    result = score(edition.book, points)

    assert {each.rule.code: str(each.points) for each in result.clusters} == TASIKMALAYA
    assert result.total == Decimal("805.20")


def test_ogan_ilir_adds_up_from_its_274_questions(edition):
    with OGAN_ILIR.open(encoding="utf-8", newline="") as file:
        given = {row["question"]: Decimal(row["self_points"]) for row in csv.DictReader(file)}
    codes = dict(instrument_codes(edition))

    result = score(edition.book, [given[codes[place]] for place in range(edition.book.size)])

    assert (result.total, result.answered) == (Decimal("771.81"), 274)
    assert {each.rule.code: str(each.points) for each in result.clusters} == {
        "K": "126.91", "I": "89.00", "II": "93.80", "III": "136.00", "IV": "94.60", "V": "163.00", "KD": "68.50"
    }  # fmt: skip


def instrument_codes(edition):
    """Place in the sequence of points -> code of the question."""
    return [(edition.places[pk], code) for pk, code in Question.objects.values_list("pk", "code")]


def test_full_marks_reach_exactly_1000_through_the_ceiling_of_indicator_19(edition):
    points = list(Question.objects.order_by("position").values_list("maximum", flat=True))

    result = score(edition.book, points)

    surplus = {one.rule.code: one.surplus for each in result.clusters for one in each.indicators if one.surplus}
    assert (sum(points), result.total, surplus) == (Decimal("1003.00"), Decimal("1000.00"), {"19": Decimal("3.00")})
