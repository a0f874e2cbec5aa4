"""What pages about offices show: a region's list with people and questions, and the regions that have any."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from accounts.models import Office, Region
from accounts.offices.readers import Load, loads_of
from accounts.people import count_by_office

PAGE = 50
NOTHING = Load(0, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """An office in the list."""

    office: Office
    people: int
    load: Load

    @property
    def is_unattended(self) -> bool:
        """Questions wait and nobody can log in for them."""
        return bool(self.load.leads or self.load.supports) and not self.people


def lines_of(region: Region, offices: QuerySet[Office]) -> list[Line]:
    """Wholes first, each followed by its parts; four queries whatever the number."""
    found = list(offices.filter(region=region).select_related("part_of", "district").order_by("name"))
    people, loads = count_by_office(region), loads_of(region)
    found.sort(key=lambda each: (each.part_of.name if each.part_of else each.name, each.part_of_id is not None))
    return [Line(each, people.get(each.pk, 0), loads.get(each.pk, NOTHING)) for each in found]


def regions_page(words: str, number: str | None) -> Page[Any]:
    """Regions that have offices, by code; two queries."""
    found = Region.objects.annotate(offices=Count("office")).filter(offices__gt=0).order_by("code")
    if words:
        found = found.filter(name__icontains=words)
    return Paginator(found, PAGE).get_page(number)
