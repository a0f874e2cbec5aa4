"""Adding up: three levels, ceilings, and the laws that hold for any rule book and any points."""

from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusters.scoring import (
    ClusterRule,
    IndicatorRule,
    RuleBook,
    WrongShape,
    difference,
    hundredths,
    score,
    share,
    total,
)

POINTS = st.decimals(min_value=0, max_value=100, places=2)
MAYBE_POINTS = st.none() | POINTS


def make_book(*clusters):
    """A rule book from (ceiling, number of questions) pairs, one list per cluster; maxima are sums of ceilings."""
    sizes = [size for cluster in clusters for _, size in cluster]
    starts = iter([0, *accumulate(sizes)])
    rules, pk = [], 0
    for place, cluster in enumerate(clusters):
        indicators = []
        for ceiling, size in cluster:
            start, pk = next(starts), pk + 1
            indicators.append(IndicatorRule(pk, str(pk), Decimal(ceiling), start, start + size))
        maximum = sum((each.maximum for each in indicators), Decimal("0.00"))
        rules.append(ClusterRule(place, f"C{place}", maximum, tuple(indicators)))
    return RuleBook(sum((rule.maximum for rule in rules), Decimal("0.00")), sum(sizes), tuple(rules))


@st.composite
def cases(draw):
    """Any small rule book and points for it, above the ceilings too."""
    indicators = st.lists(st.tuples(POINTS, st.integers(1, 5)), min_size=1, max_size=4)
    book = make_book(*draw(st.lists(indicators, min_size=1, max_size=4)))
    return book, draw(st.lists(MAYBE_POINTS, min_size=book.size, max_size=book.size))


BOOK = make_book([("10", 2), ("5", 1)], [("51", 3)])


def figures(result):
    """Total, answered, and the three levels as plain numbers."""
    return (
        result.total,
        result.answered,
        [each.points for each in result.clusters],
        [[(one.points, one.surplus, one.answered) for one in each.indicators] for each in result.clusters],
    )


def test_score_adds_three_levels_and_cuts_at_the_ceiling():
    points = [Decimal("4.25"), None, Decimal("5"), Decimal("30"), Decimal("20"), Decimal("4")]

    assert figures(score(BOOK, points)) == (
        Decimal("60.25"),
        5,
        [Decimal("9.25"), Decimal("51")],
        [
            [(Decimal("4.25"), Decimal("0"), 1), (Decimal("5"), Decimal("0"), 1)],
            [(Decimal("51"), Decimal("3"), 3)],
        ],
    )


def test_nothing_answered_is_zero_and_zero_is_answered():
    assert figures(score(BOOK, [None] * 6))[:2] == (Decimal("0.00"), 0)
    assert figures(score(BOOK, [Decimal(0)] * 6))[:2] == (Decimal("0.00"), 6)


@pytest.mark.parametrize("count", [0, 5, 7])
def test_points_of_another_rule_book_are_refused(count):
    with pytest.raises(WrongShape, match=f"^{count} points for 6 questions$"):
        score(BOOK, [Decimal(1)] * count)


@given(cases())
def test_levels_agree_with_each_other(case):
    book, points = case
    result = score(book, points)

    assert result.total == sum(each.points for each in result.clusters)
    for each in result.clusters:
        assert each.points == sum(one.points for one in each.indicators)
    surplus = sum(one.surplus for each in result.clusters for one in each.indicators)
    assert result.total + surplus == sum(each for each in points if each is not None)
    assert result.answered == sum(each is not None for each in points)


@given(cases())
def test_no_level_exceeds_its_maximum_or_falls_below_zero(case):
    book, points = case
    result = score(book, points)

    assert 0 <= result.total <= book.maximum
    for each in result.clusters:
        assert 0 <= each.points <= each.rule.maximum
        assert all(0 <= one.points <= one.rule.maximum and one.surplus >= 0 for one in each.indicators)


@given(cases(), st.data())
def test_order_of_answers_within_an_indicator_never_matters(case, data):
    book, points = case
    shuffled = list(points)
    for cluster in book.clusters:
        for rule in cluster.indicators:
            shuffled[rule.start : rule.stop] = data.draw(st.permutations(points[rule.start : rule.stop]))

    assert figures(score(book, shuffled)) == figures(score(book, points))


@given(cases(), st.data())
def test_rows_may_be_read_in_any_order(case, data):
    """Rows carry their place; whichever order the database hands them over in, the score is the same."""
    book, points = case
    rows = data.draw(st.permutations(list(enumerate(points))))
    placed = [None] * book.size
    for place, value in rows:
        placed[place] = value

    assert score(book, placed) == score(book, points)


@given(cases(), st.data(), POINTS)
def test_no_answer_lowers_any_level_when_its_points_rise(case, data, more):
    book, points = case
    place = data.draw(st.integers(0, book.size - 1))
    raised = list(points)
    raised[place] = (raised[place] or Decimal(0)) + more
    before, after = score(book, points), score(book, raised)

    assert after.total >= before.total
    assert all(new.points >= old.points for new, old in zip(after.clusters, before.clusters, strict=True))
    assert after.total - before.total <= more


@given(cases())
@settings(max_examples=50)
def test_every_figure_has_exactly_two_decimals(case):
    result = score(*case)

    sums = [result.total, *(each.points for each in result.clusters)]
    assert [value.as_tuple().exponent for value in sums] == [-2] * len(sums)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("0.165", "0.17"), ("0.164", "0.16"), ("0.175", "0.18"), ("66.165", "66.17"), ("0.99", "0.99"), ("3", "3.00")],
)
def test_hundredths_rounds_half_up(exact, rounded):
    assert str(hundredths(Decimal(exact))) == rounded


@given(st.lists(POINTS, max_size=20), st.randoms())
def test_total_is_the_same_in_any_order(values, random):
    shuffled = random.sample(values, len(values))

    assert total(shuffled) == total(values)


def test_side_sums():
    assert total([]) == Decimal("0.00")
    assert total([Decimal("0.10")] * 10) == Decimal("1.00")
    assert difference(Decimal("800.38"), Decimal("961.86")) == Decimal("-161.48")


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [("161.48", "961.86", "16.8"), ("1", "3", "33.3"), ("0", "10", "0.0"), ("5", "0", "0.0")],
)
def test_share_has_one_decimal_and_survives_an_empty_whole(part, whole, percent):
    assert share(Decimal(part), Decimal(whole)) == Decimal(percent)
