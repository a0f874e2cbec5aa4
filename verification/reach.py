"""How far somebody's mandate reaches inside one evaluation at one stage. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reach:
    """The clusters somebody judges now; `is_all` where nothing is left out; false where there is no mandate."""

    is_all: bool = False
    clusters: frozenset[str] = frozenset()
    is_coordinator: bool = False

    @classmethod
    def of(cls, codes: Iterable[str], *, is_coordinator: bool = False) -> "Reach":
        """From what a mandate names: no code means every cluster."""
        named = frozenset(codes)
        return cls(not named, named, is_coordinator)

    def __bool__(self) -> bool:
        return self.is_all or bool(self.clusters)

    def holds(self, cluster: str) -> bool:
        """Whether questions of this cluster are within it."""
        return self.is_all or cluster in self.clusters

    @property
    def ends_stages(self) -> bool:
        """Closing concerns every cluster: it is for those who judge them all, and for the coordinator."""
        return self.is_all or self.is_coordinator


NOWHERE, EVERYWHERE = Reach(), Reach(is_all=True)
