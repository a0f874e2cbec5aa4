"""From ticks to a percentage."""

from decimal import Decimal

import pytest

from clusters.models import Option
from evaluations.places.counting import fewer_is_better, percentage


@pytest.mark.parametrize(
    ("met", "unmet", "whole", "fewer", "expected"),
    [
        (0, 0, 12, False, None),
        (0, 0, 12, True, None),
        (0, 12, 12, False, "0.00"),
        (0, 12, 12, True, "0.00"),
        (3, 0, 12, False, "25.00"),
        (3, 9, 12, True, "25.00"),
        (0, 3, 12, True, "75.00"),  # nine places are open and count as having cases
        (1, 0, 3, False, "33.33"),
        (2, 1, 3, False, "66.67"),
        (1, 0, 2012, False, "0.05"),
        (12, 0, 12, False, "100.00"),
        (0, 0, 0, False, None),
    ],
)
def test_percentage_counts_what_is_open_against_the_region(met, unmet, whole, fewer, expected):
    found = percentage(met, unmet, whole, fewer_is_better=fewer)

    assert (found, type(found)) == (Decimal(expected), Decimal) if expected else found is None


@pytest.mark.parametrize(
    ("points", "expected"), [(["0", "1", "2"], False), (["2", "1", "0"], True), (["0", "0", "0"], False)]
)
def test_fewer_is_better_where_the_lowest_range_earns_most(points, expected):
    options = [
        Option(points=Decimal(point), upto=Decimal(upto))
        for point, upto in zip(points, ("0", "50", "100"), strict=True)
    ]

    assert fewer_is_better(options) is expected
