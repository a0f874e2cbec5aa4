"""What other rooms know about offices; they register when the portal starts, since this room knows none of them."""

from collections.abc import Callable
from typing import NamedTuple

from accounts.models import Region


class Load(NamedTuple):
    """Questions an office answers in the region's newest evaluation."""

    leads: int
    supports: int


LoadReader = Callable[[Region], dict[int, Load]]
_loads: list[LoadReader] = []


def register(*, loads: LoadReader) -> None:
    """Called once; a second call replaces the first."""
    _loads[:] = [loads]


def loads_of(region: Region) -> dict[int, Load]:
    """By the office's key; those with nothing to do are missing."""
    return {pk: load for reader in _loads for pk, load in reader(region).items()}
