"""The texts of a house as a document's content carries them, names in braces still in place."""

from dataclasses import dataclass

from reports import wording
from reports.houses import House
from reports.models import Wording


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text by its name; frozen, so that another sentence is another paper."""

    pairs: tuple[tuple[str, str], ...]

    def __getitem__(self, name: str) -> str:
        """The text as it was typed."""
        return dict(self.pairs)[name]

    @property
    def deadline_days(self) -> int:
        """Within which recommendations are to be followed."""
        return int(self["deadline_days"])

    @property
    def attendance_rows(self) -> int:
        """Empty rows of the attendance list."""
        return int(self["attendance_rows"])


def texts_of(house: House) -> Texts:
    """The house's own texts, those of the house above it where it has none, in the end the portal's; two queries."""
    layers = [_stored(each) for each in (house, house.above) if each is not None]
    return Texts(tuple(sorted(wording.resolved(*layers).items())))


def _stored(house: House) -> dict[str, str]:
    found = Wording.objects.filter(**house.keys).values_list("texts", flat=True).first()
    return {name: str(text) for name, text in (found or {}).items()}
