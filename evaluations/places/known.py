"""Of which places the portal has a list: kecamatan everywhere, desa/kelurahan only where they were loaded."""

from collections.abc import Collection, Iterable

from django.db.models import Exists

from accounts.models import District, Region, Village
from clusters.catalogue import Entry
from clusters.models import Question

Units = Collection[str]  # of `Question.PlaceUnit`


def units_known(region_id: int, entries: Iterable[Entry]) -> Units:
    """The units for which a sheet can be ticked; one query, none where nothing is counted by places."""
    if not any(each.question.place_unit for each in entries):
        return ()
    asked = Region.objects.filter(pk=region_id).values_list(
        Exists(District.objects.filter(region=region_id)), Exists(Village.objects.filter(district__region=region_id))
    )
    units = (Question.PlaceUnit.DISTRICT, Question.PlaceUnit.VILLAGE)
    return {unit.value for unit, is_known in zip(units, asked.get(), strict=True) if is_known}
