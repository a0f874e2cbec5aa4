"""The forecast: what the pace of the last days makes of the days that are left, and when nothing can be said."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.planning import Forecast, forecast


@pytest.mark.parametrize(
    ("ages", "whole", "worked", "left", "expected", "needed", "share", "per_week"),
    [
        ([20] * 7 + [1] * 7, 40, 30, 10, 19, 52, "47.5", "3.5"),  # the example of the docstring
        ([0] * 10, 10, 1, 5, 10, 0, "100.0", "70.0"),  # done is done, whatever is known
        ([0, 1, 2], 10, 3, 4, 7, 7, "70.0", "7.0"),  # three days, three answers: enough
        ([0, 1], 10, 7, 7, 4, 28, "40.0", "2.0"),  # a week is enough for any number
        ([], 10, 7, 7, 0, None, "0.0", "0.0"),  # a week of nothing says: never
        ([20, 20, 20], 10, 30, 7, 3, None, "30.0", "0.0"),  # standstill
        ([1, 1, 1, 1], 10, 4, 0, 4, 6, "40.0", "7.0"),  # the deadline is today
        ([1, 1, 1, 1], 10, 4, -3, 4, 6, "40.0", "7.0"),  # or was
        ([1] * 9, 10, 3, 300, 10, 1, "100.0", "21.0"),  # never more than there is
        ([], 0, 30, 5, 0, 0, "100.0", "0.0"),  # nothing to do
    ],
)
def test_forecast_of_the_pace(ages, whole, worked, left, expected, needed, share, per_week):
    found = forecast(ages, whole=whole, days_worked=worked, days_left=left)

    assert (found.expected, found.days_needed, found.share, found.per_week) == (
        expected, needed, Decimal(share), Decimal(per_week),
    )  # fmt: skip


@pytest.mark.parametrize(("ages", "worked"), [([0] * 5, 0), ([0] * 5, 2), ([0, 1], 6), ([], 4)])
def test_too_little_is_known_to_say_anything(ages, worked):
    found = forecast(ages, whole=40, days_worked=worked, days_left=9)

    assert (found.is_known, found.share, found.per_week, found.days_needed) == (False, None, None, None)
    assert (found.done, found.share_now) == (len(ages), Decimal(100 * len(ages)) / 40)


@given(
    ages=st.lists(st.integers(0, 60), max_size=60), whole=st.integers(0, 60),
    worked=st.integers(0, 90), left=st.integers(-5, 90),
)  # fmt: skip
def test_forecast_stays_between_what_is_done_and_the_whole(ages, whole, worked, left):
    found = forecast(ages, whole=whole, days_worked=worked, days_left=left)

    assert isinstance(found, Forecast)
    if found.is_known:
        assert found.done <= found.expected <= whole
        if found.days_needed is not None and found.days_needed <= left:
            assert found.expected == whole


def test_pace_of_a_day_is_that_of_the_days_looked_at():
    found = [forecast(ages, whole=90, days_worked=days, days_left=9) for ages, days in (([0] * 10, 4), ([], 30))]

    assert [each.per_day for each in found] == [Decimal("2.5"), Decimal("0.0")]
