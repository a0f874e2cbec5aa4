"""Agreement of two readers on published tables, on hand-computed ones, and where it says nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clusters.agreement import Judged, mean_difference, position, share_equal, strictness, weighted_kappa

# rows: what the first reader gave, columns: the second
TWO_BY_TWO = [  # the grant proposals of the usual textbook example, and its two tables of equal agreement
    ([[20, 5], [10, 15]], "0.4000"),
    ([[45, 15], [25, 15]], "0.1304"),
    ([[25, 35], [5, 35]], "0.2593"),
]
THREE = [[46, 0, 0], [4, 40, 0], [0, 0, 10]]  # quadratic weights: 0.9541, as the documentation of scikit-learn has it


def pairs_of(table):
    steps = len(table) - 1
    return [
        (Fraction(row, steps), Fraction(column, steps))
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


@pytest.mark.parametrize(("table", "kappa"), [*TWO_BY_TWO, (THREE, "0.9541")])
def test_kappa_is_that_of_the_published_tables(table, kappa):
    found = weighted_kappa(pairs_of(table))

    assert f"{float(found):.4f}" == kappa


def test_kappa_weighs_a_wide_difference_more():
    # 0/2, 1/1, 2/2, 0/0: seen (4+0+0+0)/4 = 1; by chance 5/4 + 9/4 - 2 * 3/4 * 5/4 = 13/8; so 1 - 8/13
    pairs = [(Fraction(a), Fraction(b)) for a, b in ((0, 2), (1, 1), (2, 2), (0, 0))]

    assert weighted_kappa(pairs) == Fraction(5, 13)


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([], None),
        ([(1, 1)], None),
        ([(0, 1)], None),  # one pair has no distribution
        ([(1, 1), (1, 1)], None),  # both constant and the same: nothing to tell from chance
        ([(1, 0), (1, 1), (1, 0)], 0),  # the first constant: exactly what chance gives
        ([(0, 1), (1, 1)], 0),  # the second constant
        ([(0, 1), (0, 1)], 0),  # both constant, never the same
        ([(0, 1), (1, 0)], -1),
        ([(0, 0), (1, 1)], 1),
    ],
)
def test_kappa_at_its_edges(pairs, kappa):
    assert weighted_kappa([(Fraction(a), Fraction(b)) for a, b in pairs]) == kappa


@given(some.lists(some.tuples(some.integers(0, 4), some.integers(0, 4)), max_size=30))
def test_kappa_does_not_mind_who_is_first_and_never_passes_one(pairs):
    fractions = [(Fraction(a, 4), Fraction(b, 4)) for a, b in pairs]
    found = weighted_kappa(fractions)

    assert found == weighted_kappa([(b, a) for a, b in fractions])
    assert found is None or -1 <= found <= 1


@pytest.mark.parametrize(
    ("points", "place"),
    [("0", 0), ("2", Fraction(1, 3)), ("6", Fraction(2, 3)), ("12", 1), ("9", Fraction(5, 6)), ("13", 1)],
)
def test_points_stand_among_the_steps_of_their_question(points, place):
    assert position(Decimal(points), [Decimal(each) for each in ("12", "0", "2", "6", "2")]) == place


def test_a_question_with_one_step_has_one_place():
    assert position(Decimal(3), [Decimal(0)]) == 0


def test_equal_share_and_mean_difference():
    pairs = [(Fraction(10), Fraction(10)), (Fraction(10), Fraction(4)), (Fraction(2), Fraction(3))]

    assert (share_equal(pairs), mean_difference(pairs)) == (Fraction(1, 3), Fraction(-5, 3))
    assert (share_equal([]), mean_difference([])) == (None, None)


def test_strictness_compares_on_the_same_indicators_only():
    # indicator 1: A gives half, B all: the team 3/4; indicator 2 is A's alone, so it cannot make A strict
    told = [(1, "1", "10", "5"), (2, "1", "8", "8"), (1, "2", "4", "0"), (2, "3", "0", "0")]
    rows = [Judged.of(who, each, Decimal(claimed), Decimal(given)) for who, each, claimed, given in told]

    found = strictness([row for row in rows if row])

    assert {who: (each.own, each.team, each.count) for who, each in found.items()} == {
        1: (Fraction(1, 4), Fraction(3, 8), 2),
        2: (Fraction(1), Fraction(3, 4), 1),
    }
    assert found[1].difference == Fraction(-1, 8)
