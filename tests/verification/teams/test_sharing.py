"""Sharing work out: even, deterministic, nobody gets what they must not have."""

from hypothesis import given
from hypothesis import strategies as some

from verification.teams.sharing import Piece, loads, proposed


def piece(evaluation, weight, *barred, clusters=("K",)):
    return Piece(evaluation, clusters, weight, frozenset(barred))


def test_the_least_loaded_takes_the_heaviest():
    pieces = [piece(1, 274), piece(2, 274), piece(3, 274)]

    found = proposed(pieces, {7: 274, 8: 0, 9: 300})

    assert [share.person for share in found] == [8, 7, 8]
    assert loads(found, {7: 274, 8: 0, 9: 300}) == {7: 548, 8: 548, 9: 300}


def test_a_conflict_is_stronger_than_the_load():
    found = proposed([piece(1, 274, 8), piece(2, 10, 7, 8)], {7: 500, 8: 0})

    assert [share.person for share in found] == [7, None]


def test_nobody_there_leaves_everything():
    assert [share.person for share in proposed([piece(1, 5)], {})] == [None]


@given(some.lists(some.integers(1, 300), max_size=40), some.integers(1, 6))
def test_loads_differ_by_one_piece_at_most(weights, people):
    pieces = [piece(number, weight) for number, weight in enumerate(weights)]
    start = dict.fromkeys(range(people), 0)

    found = proposed(pieces, start)
    after = loads(found, start)

    assert found == proposed(pieces, start)
    assert max(after.values()) - min(after.values()) <= max(weights, default=0)
    assert sum(after.values()) == sum(weights)
