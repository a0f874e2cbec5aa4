"""The instrument as the arithmetic wants it, read once per edition and kept in the process."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from clusters.models import Instrument
from clusters.predicates import Tier
from clusters.scoring import ClusterRule, IndicatorRule, RuleBook


@dataclass(frozen=True, slots=True)
class Edition:
    """An instrument's rule book, its tiers and where each question stands in the sequence of points."""

    book: RuleBook
    tiers: tuple[Tier, ...]
    places: dict[int, int]  # question pk -> index in the sequence


def edition_of(instrument: Instrument) -> Edition:
    """The edition of an instrument row; a reload changes its fingerprint or moment. 5 queries at first."""
    return _read(instrument.pk, instrument.fingerprint, instrument.loaded_at)


@lru_cache(maxsize=16)
def _read(instrument_pk: int, fingerprint: str, loaded_at: datetime) -> Edition:
    instrument = Instrument.objects.get(pk=instrument_pk)
    places: dict[int, int] = {}
    stretches: dict[int, list[int]] = {}
    for index, (pk, indicator) in enumerate(
        instrument.questions.order_by("position").values_list("pk", "indicator_id")
    ):
        places[pk] = index
        stretches.setdefault(indicator, []).append(index)
    clusters = tuple(
        ClusterRule(
            pk=cluster.pk,
            code=cluster.code,
            maximum=cluster.maximum,
            indicators=tuple(
                IndicatorRule(
                    each.pk, each.code, each.maximum, stretches[each.pk][0], stretches[each.pk][-1] + 1, each.name
                )
                for each in cluster.indicators.all()
            ),
            name=cluster.name,
        )
        for cluster in instrument.clusters.prefetch_related("indicators")
    )
    tiers = tuple(sorted(Tier(band.lowest, band.code, band.name) for band in instrument.bands.all()))
    return Edition(RuleBook(instrument.maximum, len(places), clusters), tiers, places)
