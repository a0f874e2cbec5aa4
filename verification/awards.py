"""The list of official predicates, and what a correction starts from."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from clusters.models import Instrument, PredicateBand
from verification.models import Award

MOST = 600  # a year of all 514 regions fits


def bands() -> QuerySet[PredicateBand]:
    """The predicates an award may name: those of the newest instrument."""
    newest = Instrument.objects.order_by("-loaded_at")[:1].values("pk")
    return PredicateBand.objects.filter(instrument__in=newest).order_by("-lowest")


def listed(awards: QuerySet[Award], query: Mapping[str, str]) -> dict[str, Any]:
    """The awards of one year (the newest unless the address names another), by region; two queries."""
    years = sorted(set(awards.values_list("year", flat=True)), reverse=True)
    wanted = query.get("tahun", "")
    year = int(wanted) if wanted.isdigit() and int(wanted[:4]) in years else years[0] if years else None
    rows = awards.filter(year=year or 0).select_related("region__province").order_by("region__code")[:MOST]
    return {"awards": rows, "years": years, "year": year}


def initial(awards: QuerySet[Award], query: Mapping[str, str]) -> dict[str, Any]:
    """The award a correction starts from; empty for a new one."""
    wanted = query.get("koreksi", "")
    award = awards.filter(pk=int(wanted)).first() if wanted.isdigit() and len(wanted) < 19 else None
    if award is None:
        return {}
    return {
        "region": award.region_id,
        "year": award.year,
        "band": bands().filter(code=award.predicate_code).first(),
        "decree_number": award.decree_number,
        "decree_on": award.decree_on,
    }
