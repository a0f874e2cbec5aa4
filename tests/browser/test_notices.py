"""From the bell to what it rings for, with and without scripts, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("options", [{"viewport": DESKTOP}, {"viewport": PHONE, "java_script_enabled": False}])
def test_bell_leads_to_the_list_and_a_notice_to_its_page(person, portal, options):
    user = "staf.tapin" if options.get("java_script_enabled", True) else "operator.tapin"
    reader = person(user, **options)
    page = reader.page
    bell = page.get_by_role("link", name="Pemberitahuan")
    before = int(bell.locator(".bell-count").inner_text())

    bell.click()
    expect(page.get_by_role("heading", level=1, name="Pemberitahuan")).to_be_visible()
    page.get_by_role("button", name="Tugas baru").first.click()

    page.wait_for_url(f"**/evaluasi/{portal.evaluation('63.05')}/")
    left = page.locator(".bell-count").inner_text() if before > 1 else "0"
    assert (int(left), reader.complaints) == (before - 1, [])


def test_reading_all_empties_the_bell(person):
    reader = person("verifikator", then="/pemberitahuan/")

    reader.page.get_by_role("button", name="Tandai semua dibaca").click()

    expect(reader.page.locator(".bell-count")).to_have_count(0)
    assert reader.complaints == []


def test_administrator_moves_a_deadline_and_everybody_sees_the_letter(person):
    admin = person("admin", then="/evaluasi/siklus/2024/VF/")
    page = admin.page
    page.get_by_label("Ditutup").fill("2030-05-20T23:59")
    page.get_by_label("Nomor surat").fill("UJI-1/KLA")
    page.get_by_label("Tanggal surat").fill("2026-01-05")
    page.get_by_role("button", name="Pindahkan").click()

    expect(page.get_by_role("status")).to_contain_text("Jadwal Verifikasi final disimpan")
    reader = person("pimpinan")
    expect(reader.page.locator(".steps")).to_contain_text("dengan surat UJI-1/KLA")
    reader.page.get_by_role("link", name="Pemberitahuan").click()
    expect(reader.page.locator(".news").first).to_contain_text("menjadi 20 Mei 2030, 23.59 WITA, surat UJI-1/KLA.")
    assert (admin.complaints, reader.complaints) == ([], [])
