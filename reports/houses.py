"""The house a paper comes from: a region or a province, each with its own letterhead, wording and templates."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Province, Region
from accounts.regions import time_zone_of


@dataclass(frozen=True, slots=True)
class House:
    """A region or a province; exactly one of the two is set."""

    region: Region | None = None
    province: Province | None = None

    @property
    def place(self) -> Region | Province:
        """The row itself."""
        place = self.region or self.province
        if place is None:
            raise ValueError("A house is a region or a province.")
        return place

    @property
    def keys(self) -> dict[str, Any]:
        """By which its settings are found and stored."""
        return {"region": self.region, "province": self.province}

    @property
    def is_province(self) -> bool:
        """Whether it is the province's."""
        return self.region is None

    @property
    def code(self) -> str:
        """As addresses name it: "63.10" or "63"."""
        return self.place.code

    @property
    def name(self) -> str:
        """As people call it; a province with the word before its name."""
        return self.place.name if self.region else f"Provinsi {self.place.name}"

    @property
    def zone(self) -> str:
        """The clock its days are told by."""
        return self.region.time_zone if self.region else time_zone_of(self.place.code)

    @property
    def subject(self) -> str:
        """As the trail calls it."""
        return f"{'region' if self.region else 'province'}:{self.place.pk}"

    @property
    def above(self) -> "House | None":
        """Whose settings count where this one has none: a region's province."""
        return House(province=self.region.province) if self.region else None
