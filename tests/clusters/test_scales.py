"""From a figure to an option: ranges without holes, comparisons of two years."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.scales import Range, Trend, has_holes, option_for_percentage, option_for_trend, read_range

QUARTERS = ["0%", "Di atas 0% sampai 25%", "Di atas 25% sampai 50%", "Di atas 50% sampai 75%", "Di atas 75%"]
RANGES = [read_range(label) for label in QUARTERS]
FIGURES = st.none() | st.decimals(min_value=0, max_value=1_000_000, places=2)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("0%", Range(None, Decimal(0))),
        ("100%", Range(None, Decimal(100))),
        ("Di atas 25% sampai 50%", Range(Decimal(25), Decimal(50))),
        ("Di atas 75%", Range(Decimal(75), Decimal(100))),
        ("Sampai 25%", None),
        ("Di atas 25,5%", None),
        ("Di atas 25% ", None),
        ("25", None),
        ("Tidak ada", None),
        ("", None),
    ],
)
def test_read_range_understands_the_labels_of_the_instrument(label, expected):
    assert read_range(label) == expected


@pytest.mark.parametrize(
    ("percentage", "place"),
    [("0", 0), ("0.01", 1), ("25", 1), ("25.01", 2), ("50", 2), ("50.01", 3), ("75", 3), ("75.01", 4), ("100", 4)],
)
def test_upper_bounds_belong_to_their_range(percentage, place):
    assert option_for_percentage(Decimal(percentage), RANGES) == place


@pytest.mark.parametrize("percentage", ["-0.01", "100.01", "1000"])
def test_percentages_outside_0_to_100_earn_no_option(percentage):
    with pytest.raises(ValueError, match="falls into no range"):
        option_for_percentage(Decimal(percentage), RANGES)


def test_every_hundredth_of_a_percent_earns_exactly_one_option():
    places = [option_for_percentage(Decimal(step).scaleb(-2), RANGES) for step in range(10_001)]

    assert places == sorted(places)
    assert [places.count(place) for place in range(5)] == [1, 2500, 2500, 2500, 2500]


def test_a_scale_may_run_downwards():
    assert has_holes(RANGES[::-1]) is False
    assert option_for_percentage(Decimal("12.5"), RANGES[::-1]) == 3


@pytest.mark.parametrize(
    "labels",
    [
        [],
        QUARTERS[1:],
        QUARTERS[:-1],
        QUARTERS[:2] + QUARTERS[3:],
        [*QUARTERS, "100%"],
        [*QUARTERS[:-1], "Di atas 70%"],
        ["0%", "Di atas 1%"],
    ],
)
def test_holes_and_overlaps_are_found(labels):
    assert has_holes([read_range(label) for label in labels]) is True


@pytest.mark.parametrize(
    ("before", "now", "lower_is_better", "place"),
    [
        (None, None, False, Trend.NONE),
        ("5", None, False, Trend.ONE_YEAR),
        (None, "5", True, Trend.ONE_YEAR),
        ("0", None, True, Trend.ONE_YEAR),
        ("5", "5.00", False, Trend.SAME),
        ("0", "0", True, Trend.SAME),
        ("5", "6", False, Trend.BETTER),
        ("6", "5", False, Trend.WORSE),
        ("5", "6", True, Trend.WORSE),
        ("6", "5", True, Trend.BETTER),
        ("1", "0", True, Trend.BETTER),
    ],
)
def test_two_years_are_compared(before, now, lower_is_better, place):
    years = [None if figure is None else Decimal(figure) for figure in (before, now)]

    assert option_for_trend(*years, lower_is_better=lower_is_better) == place


@given(FIGURES, FIGURES)
def test_what_is_better_one_way_is_worse_the_other(before, now):
    swapped = {Trend.BETTER: Trend.WORSE, Trend.WORSE: Trend.BETTER}
    upwards = option_for_trend(before, now, lower_is_better=False)

    assert option_for_trend(before, now, lower_is_better=True) == swapped.get(upwards, upwards)
    assert option_for_trend(now, before, lower_is_better=False) == swapped.get(upwards, upwards)
