"""The pages of a province's documents: which cycles there are, what has been made, the way back from settings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import Province, User
from clusters.models import Cycle
from evaluations import rules as evaluation_rules
from reports import rules
from reports.documents import PROVINCE_CARDS, Card
from reports.houses import House
from reports.letterheads import letterhead_of
from reports.models import Document, Letterhead


@dataclass(frozen=True, slots=True)
class Place:
    """A province in a cycle, with how many of its regions have sent their evaluation."""

    province: Province
    cycle: Cycle
    sent: int


@dataclass(frozen=True, slots=True)
class ProvinceShelf:
    """What the page of a province's documents shows."""

    cards: tuple[Card, ...]
    documents: Sequence[Document]
    can_set: bool
    letterhead: Letterhead | None


def places(user: User) -> list[Place]:
    """Provinces and cycles whose papers the user asks for, the newest cycle first; three queries."""
    counted = (
        rules.visible_provinces(user)
        .filter(region__evaluations__isnull=False)
        .values_list("pk", "region__evaluations__cycle")
        .annotate(sent=Count("region__evaluations", filter=Q(region__evaluations__submitted_at__isnull=False)))
        .order_by("name", "-region__evaluations__cycle__award_year", "-region__evaluations__cycle")
    )
    provinces = rules.visible_provinces(user).in_bulk()
    cycles = Cycle.objects.in_bulk()
    return [Place(provinces[province], cycles[cycle], sent) for province, cycle, sent in counted]


def shelf(user: User, province: Province, cycle: Cycle) -> ProvinceShelf:
    """Two queries for any number of documents."""
    house = House(province=province)
    return ProvinceShelf(
        cards=tuple(replace(card, can_request=True) for card in PROVINCE_CARDS),
        documents=list(rules.visible_documents(user).for_province(province, cycle).for_page().with_fate()),
        can_set=rules.can_set(user, house),
        letterhead=letterhead_of(house),
    )


def shelf_of_house(user: User, house: House) -> str:
    """The page to go back to from a house's settings: its newest documents."""
    if house.is_province:
        return reverse("reports:provinces")
    mine = evaluation_rules.visible_evaluations(user).filter(region=house.region)
    newest = mine.order_by("-cycle__award_year", "-pk").values_list("pk", flat=True).first()
    return reverse("reports:index", args=[newest]) if newest else reverse("evaluations:index")
