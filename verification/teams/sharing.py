"""Sharing questions out among verifiers. Pure: the same work and people always give the same proposal.

The heaviest piece goes first, each to the least loaded person who may have it. So, where nobody is kept from anything,
loads differ by no more than the heaviest piece: one region's share when regions stay whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """What one verifier takes whole: some clusters of one evaluation; `barred` must not have it."""

    evaluation: int
    clusters: tuple[str, ...]
    weight: int  # questions
    barred: frozenset[int] = frozenset()

    @property
    def key(self) -> str:
        """Its name on the form: "12:K,I"."""
        return f"{self.evaluation}:{','.join(self.clusters)}"


@dataclass(frozen=True, slots=True)
class Share:
    """A piece with the person it goes to; None where nobody may have it."""

    piece: Piece
    person: int | None


def proposed(pieces: Sequence[Piece], load: Mapping[int, int]) -> list[Share]:
    """Who takes what, in the order of the pieces; `load` holds everybody who can take something."""
    so_far = dict(load)
    heaviest_first = sorted(range(len(pieces)), key=lambda place: (-pieces[place].weight, place))
    chosen: dict[int, int | None] = {}
    for place in heaviest_first:
        piece = pieces[place]
        able = [person for person in so_far if person not in piece.barred]
        person = min(able, key=lambda each: (so_far[each], each), default=None)
        chosen[place] = person
        if person is not None:
            so_far[person] += piece.weight
    return [Share(piece, chosen[place]) for place, piece in enumerate(pieces)]


def loads(shares: Sequence[Share], load: Mapping[int, int]) -> dict[int, int]:
    """What everybody carries afterwards."""
    after = dict(load)
    for share in shares:
        if share.person is not None:
            after[share.person] = after.get(share.person, 0) + share.piece.weight
    return after
