"""Which questions are read twice, and by whom. Pure: the same seed draws the same sample, on every machine."""

import hashlib
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass


def drawn(seed: str, strata: Mapping[Hashable, Sequence[str]], percent: int) -> list[str]:
    """`percent` of all codes, rounded up, spread over the strata by their size; sorted within by the seed.

    Each stratum gets the whole part of its share; what is left goes to the largest remainders, ties by the seed.
    """
    whole = sum(len(codes) for codes in strata.values())
    wanted = -(-whole * percent // 100)
    shares = {name: divmod(len(codes) * percent, 100) for name, codes in strata.items()}
    left = wanted - sum(part for part, _ in shares.values())
    order = sorted(shares, key=lambda name: (-shares[name][1], _rank(seed, name)))
    extra = set(order[:left])
    found = []
    for name, codes in strata.items():
        quota = shares[name][0] + (name in extra)
        found += sorted(codes, key=lambda code: _rank(seed, code))[:quota]
    return found


def _rank(seed: str, name: Hashable) -> str:
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sampled:
    """A drawn question: who judges its cluster, and who has judged it already."""

    code: str
    holders: frozenset[int]
    judges: frozenset[int]


def readers(sample: Iterable[Sampled], people: Collection[int], load: Mapping[int, int]) -> dict[str, int]:
    """The second reader of each question, the least loaded first; questions nobody can read are left out.

    Never one who has judged it, never the only one who could be the first; rather one who does not judge the cluster.
    """
    count = {person: load.get(person, 0) for person in people}
    chosen: dict[str, int] = {}
    for question in sample:
        able = set(count) - question.judges
        if not question.judges and len(question.holders) < 2:
            able -= question.holders
        if not able or not (question.holders or question.judges):
            continue
        reader = min(able, key=lambda person: (person in question.holders, count[person], person))
        chosen[question.code] = reader
        count[reader] += 1
    return chosen
