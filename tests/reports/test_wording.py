"""Texts of houses: whose count, what they may hold, two who change them at once."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from reports import wording
from reports.content.naskah import texts_of
from reports.houses import House
from reports.models import Wording
from reports.settings import actions
from tests.factories import NOW, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return make_region()


def save(house, by, version=0, **texts):
    return actions.save_wording(house=house, texts=texts, version=version, by=by, at=NOW)


def test_regions_own_text_counts_before_the_provinces_before_the_portals(region):
    by = make_user("ADMIN")
    save(House(province=region.province), by, closing="Penutup provinsi", first_name="Ketua", deadline_days="30")
    save(House(region=region), by, closing="Penutup daerah")

    texts = texts_of(House(region=region))

    assert (texts["closing"], texts["first_name"], texts.deadline_days, texts["law"]) == (
        "Penutup daerah", "Ketua", 30, wording.LAW,
    )  # fmt: skip


def test_same_texts_again_are_no_new_version_and_no_event(region):
    by = make_user("ADMIN")
    save(House(region=region), by, closing="A")

    save(House(region=region), by, closing="A")

    assert (Wording.objects.get().version, AuditEvent.objects.filter(action="wording.saved").count()) == (1, 1)


def test_only_known_names_in_braces_are_replaced():
    said = wording.filled("{daerah} {0} {daerah.__class__} {lain} {{daerah}}", {"daerah": "Tapin"})

    assert said == "Tapin {0} {daerah.__class__} {lain} {Tapin}"


def test_defaults_know_all_their_names():
    assert {text.name: wording.unknown_names(text.default) for text in wording.TEXTS.values()} == dict.fromkeys(
        wording.TEXTS, set()
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"opening": "{nama}"}, "Isian tidak dikenal: nama"), ({"closing": "{daerah.__class__}"}, "Isian tidak dikenal"),
     ({"closing": "{"}, "tanpa pasangan"), ({"deadline_days": "0"}, "lebih besar"),
     ({"attendance_rows": "9" * 30}, "lebih kecil"), ({"first_number": "123"}, "NIP terdiri atas 18 angka"),
     ({"closing": "x" * 5000}, "2000")],
)  # fmt: skip
def test_form_refuses_with_a_sentence_and_stores_nothing(client, region, changed, sentence):
    client.force_login(make_user("OPERATOR", region=region))

    page = client.post(reverse("reports:texts", args=[region.code]), {"version": "0", **changed})

    assert (page.status_code, sentence in page.content.decode(), Wording.objects.count()) == (422, True, 0)


def test_second_of_two_editors_sees_both_versions(client, region):
    other = make_user("ADMIN", username="lain")
    save(House(region=region), other, closing="Penutup orang lain")
    client.force_login(make_user("OPERATOR", region=region))
    address = reverse("reports:texts", args=[region.code])

    page = client.post(address, {"version": "0", "closing": "Penutup saya"})

    text = page.content.decode()
    assert (page.status_code, "Penutup orang lain" in text, "Penutup saya" in text) == (409, True, True)
    assert Wording.objects.get().texts == {"closing": "Penutup orang lain"}
    assert client.post(address, {"version": "1", "closing": "Penutup saya"}).status_code == 302
    assert Wording.objects.get().texts == {"closing": "Penutup saya"}


def test_preview_follows_the_typing_escapes_it_and_stores_nothing(client, region):
    client.force_login(make_user("OPERATOR", region=region))

    page = client.post(
        reverse("reports:texts_preview", args=[region.code]),
        {"version": "0", "closing": "<script>1</script> {hari_tanggal}"},
    ).content.decode()

    day = "Selasa tanggal dua puluh empat bulan November tahun dua ribu dua puluh enam"
    assert f"&lt;script&gt;1&lt;/script&gt; {day}" in page
    assert ("<script>" in page, Wording.objects.count()) == (False, 0)


@pytest.mark.parametrize(
    ("role", "code", "statuses"),
    [("OPERATOR", "63.10", (200, 404)), ("VERIFIER", "63.10", (403, 200)), ("VERIFIER", "16.10", (404, 404)),
     ("LEADER", "63.10", (403, 404)), ("ADMIN", "63.10", (200, 200))],
)  # fmt: skip
def test_houses_are_set_by_their_own_people(client, region, role, code, statuses):
    client.force_login(make_user(role, region=make_region(code)))

    found = tuple(client.get(reverse("reports:texts", args=[house])).status_code for house in ("63.10", "63"))

    assert found == statuses
