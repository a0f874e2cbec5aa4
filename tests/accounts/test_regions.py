"""Provinces and regions: how many there are, whose clock they follow, and that loading again changes nothing."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from accounts import regions
from accounts.models import Province, Region
from accounts.regions import RegionsReport
from tests.factories import make_evaluation

pytestmark = pytest.mark.django_db


def zones() -> dict[str, str]:
    """Province code -> name of its zone; a province has one."""
    found = set(Region.objects.values_list("province__code", "time_zone"))
    assert len(found) == len({code for code, _ in found})
    return {code: Region.TimeZone(zone).label for code, zone in found}


def test_whole_country_is_loaded():
    assert regions.load_regions() == RegionsReport(provinces=38, regions=514, changed=552)

    assert (Province.objects.count(), Region.objects.count()) == (38, 514)
    tanah_bumbu = Region.objects.select_related("province").get(code="63.10")
    assert (tanah_bumbu.name, tanah_bumbu.province.name, tanah_bumbu.zone_name) == (
        "Kabupaten Tanah Bumbu", "Kalimantan Selatan", "WITA"
    )  # fmt: skip
    assert Region.objects.filter(province__code="63").count() == 13


def test_every_region_lies_in_the_province_of_its_code():
    regions.load_regions()

    astray = [code for code, province in Region.objects.values_list("code", "province__code") if code[:2] != province]
    assert astray == []


def test_clocks_follow_the_province():
    regions.load_regions()

    found = zones()
    assert Counter(found.values()) == {"WIB": 18, "WITA": 12, "WIT": 8}
    samples = {"11": "WIB", "36": "WIB", "61": "WIB", "62": "WIB", "51": "WITA", "53": "WITA", "63": "WITA",
               "64": "WITA", "65": "WITA", "71": "WITA", "76": "WITA", "81": "WIT", "82": "WIT", "91": "WIT",
               "96": "WIT"}  # fmt: skip
    assert {code: found[code] for code in samples} == samples


def test_loading_again_changes_nothing():
    regions.load_regions()
    before = list(Region.objects.order_by("pk").values())

    assert regions.load_regions() == RegionsReport(provinces=38, regions=514, changed=0)
    assert list(Region.objects.order_by("pk").values()) == before


def test_loading_again_mends_what_differs_and_keeps_the_rest():
    regions.load_regions()
    region = Region.objects.get(code="63.10")
    evaluation = make_evaluation(region)
    Region.objects.filter(pk=region.pk).update(name="Salah", time_zone="Asia/Jakarta", seal="lambang/a.png")
    Province.objects.filter(code="63").update(name="Salah")

    assert regions.load_regions().changed == 2

    evaluation.refresh_from_db()
    mended = (evaluation.region.pk, evaluation.region.name, evaluation.region.zone_name, evaluation.region.seal.name)
    assert mended == (region.pk, "Kabupaten Tanah Bumbu", "WITA", "lambang/a.png")
    assert Province.objects.get(code="63").name == "Kalimantan Selatan"


def test_command_counts():
    out = StringIO()

    call_command("load_regions", stdout=out)

    assert out.getvalue() == (
        "38 provinsi, 514 kabupaten/kota; 552 baru atau diperbarui.\n7285 kecamatan, 2016 desa/kelurahan.\n"
    )
