"""Which questions are drawn, and who reads them: the same seed, every stratum, never the first judge."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from verification.double.sampling import Sampled, drawn, readers

STRATA = {"1": [f"1.{each}" for each in range(1, 21)], "2": [f"2.{each}" for each in range(1, 11)], "3": ["3.1"]}


@pytest.mark.parametrize(("percent", "counts"), [(0, (0, 0, 0)), (10, (2, 1, 1)), (50, (10, 5, 1)), (100, (20, 10, 1))])
def test_every_indicator_gives_its_share(percent, counts):
    found = drawn("benih", STRATA, percent)

    assert tuple(sum(code.startswith(f"{each}.") for code in found) for each in "123") == counts


def test_the_same_seed_draws_the_same_and_another_one_does_not():
    assert drawn("a", STRATA, 30) == drawn("a", STRATA, 30) != drawn("b", STRATA, 30)


@given(some.dictionaries(some.text(max_size=3), some.integers(0, 30), max_size=8), some.integers(0, 100), some.text())
def test_a_sample_is_as_large_as_wanted_and_has_no_doubles(sizes, percent, seed):
    strata = {name: [f"{name}.{each}" for each in range(size)] for name, size in sizes.items()}
    whole = [code for codes in strata.values() for code in codes]

    found = drawn(seed, strata, percent)

    assert (len(found), len(set(found)) == len(found)) == (-(-len(set(whole)) * percent // 100), True) or len(
        set(whole)
    ) < len(whole)


def question(code, holders, judges=()):
    return Sampled(code, frozenset(holders), frozenset(judges))


@pytest.mark.parametrize(
    ("holders", "judges", "reader"),
    [
        ({1}, (), 2),  # the only one who can be the first is not the second
        ({1, 2}, (), 3),  # rather one who does not judge the cluster
        ({1}, {2}, 1),  # judged by somebody else: the holder may read
        ({1}, {1, 2}, 3),
        (set(), (), None),  # nobody will be the first
        ({1, 2, 3}, {1}, 2),
    ],
)
def test_the_second_reader_is_never_the_first(holders, judges, reader):
    people = [1, 2, 3] if reader == 3 or len(holders) == 3 else [1, 2]

    assert readers([question("1.1", holders, judges)], people, {}).get("1.1") == reader


def test_second_readings_are_shared_evenly():
    sample = [question(f"1.{each}", {1}) for each in range(10)]

    found = list(readers(sample, [1, 2, 3, 4], {2: 3}).values())

    assert {each: found.count(each) for each in (1, 2, 3, 4)} == {1: 0, 2: 2, 3: 4, 4: 4}
