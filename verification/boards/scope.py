"""Whose regions a board shows, in which cycle; both come from the address and are checked against the user."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef

from accounts.models import Province, User
from clusters.models import Cycle
from evaluations.models import Evaluation
from verification import rules


@dataclass(frozen=True, slots=True)
class Scope:
    """A cycle, and a province or the whole country (`province` None)."""

    cycle: Cycle
    province: Province | None
    cycles: tuple[Cycle, ...]
    provinces: tuple[Province, ...]  # to choose from; a single one is no choice
    is_national: bool  # whether the user could see the whole country

    @property
    def name(self) -> str:
        """Of the page."""
        return f"Provinsi {self.province.name}" if self.province else "Seluruh Indonesia"

    @property
    def query(self) -> str:
        """The scope as part of an address, so that a page of it leads to the others."""
        province = {"provinsi": self.province.code} if self.province and self.is_national else {}
        return urlencode({"siklus": self.cycle.code, **province})


def read(user: User, query: Mapping[str, str], *, needs_province: bool = False) -> Scope | None:
    """The scope an address asks for, None for users without a board or before there is a cycle. Two queries.

    What the address says beyond the user's reach is ignored: a verifier has one province. With `needs_province` the
    administrator gets the first province that has an evaluation in the cycle.
    """
    provinces = tuple(rules.board_provinces(user).order_by("code"))
    cycles = tuple(_cycles())
    if not provinces or not cycles:
        return None
    cycle = next((each for each in cycles if each.code == query.get("siklus")), cycles[0])
    is_national = rules.sees_whole_country(user)
    wanted = next((each for each in provinces if each.code == query.get("provinsi")), None)
    province = wanted or (None if is_national else provinces[0])
    if province is None and needs_province:
        province = _busiest(cycle, provinces)
    return Scope(cycle, province, cycles, provinces, is_national)


def _cycles() -> list[Cycle]:
    """The newest first, those with evaluations before those without."""
    used = Exists(Evaluation.objects.filter(cycle=OuterRef("pk")))
    return list(Cycle.objects.select_related("instrument").annotate(used=used).order_by("-used", "-code"))


def _busiest(cycle: Cycle, provinces: tuple[Province, ...]) -> Province:
    first = (
        Evaluation.objects.filter(cycle=cycle, submitted_at__isnull=False)
        .order_by("region__code")
        .values_list("region__province_id", flat=True)
        .first()
    )
    return next((each for each in provinces if each.pk == first), provinces[0])
