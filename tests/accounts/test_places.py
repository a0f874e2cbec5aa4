"""Kecamatan and villages: how many, where they lie, what loading again does, what a foreign table is told."""

import pytest

from accounts import places, regions
from accounts.models import District, Village
from accounts.places import NotAPlaceTable, PlacesReport

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def test_country_and_province_are_loaded_once():
    regions.load_regions()

    reports = [places.load_places() for _ in range(2)]

    assert reports == [PlacesReport(7285, 2016, 9301), PlacesReport(7285, 2016, 0)]
    assert District.objects.filter(region__code="63.10").count() == 12
    assert Village.objects.get(code="63.01.01.2002").district.region.name == "Kabupaten Tanah Laut"


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("code,district_code,name\n99.01.01.2001,99.01.01,Jauh\n", "Kecamatan 99.01.01 milik Jauh tidak dikenal."),
        ("kode,nama\n1,2\n", "baris 2: kolom code, district_code, name harus terisi."),
        ("code,district_code,name\n63.01.01.2001,63.01.01,\n", "baris 2: kolom code"),
    ],
)
def test_foreign_table_is_refused_whole(tmp_path, table, sentence):
    regions.load_regions()
    path = tmp_path / "desa.csv"
    path.write_text(table)

    with pytest.raises(NotAPlaceTable, match=sentence):
        places.load_places(path)

    assert (District.objects.count(), Village.objects.count()) == (0, 0)


def test_missing_table_is_said(tmp_path):
    with pytest.raises(NotAPlaceTable, match="tidak dapat dibaca"):
        places.load_places(tmp_path / "tidak-ada.csv")
