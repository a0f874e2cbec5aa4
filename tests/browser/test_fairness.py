"""Second readings and the story of a question, as people meet them in the browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import NARROW

pytestmark = pytest.mark.browser


def test_a_second_reading_is_given_by_keyboard(person, portal):
    reader = person("verifikator.dua", then=f"/verifikasi/{portal.evaluation('63.10')}/ganda/")
    page = reader.page
    page.get_by_role("link", name="Mulai menilai").click()
    expect(page.get_by_role("region", name="Penilaian kedua")).to_be_visible()
    page.wait_for_load_state()  # keys are heard once the scripts are there
    left = page.get_by_text("belum dinilai").first.inner_text()
    page.keyboard.press("a")
    page.keyboard.press("s")
    expect(page.get_by_text("Penilaian kedua tersimpan.")).to_be_visible()
    assert page.get_by_text("belum dinilai").first.inner_text() != left
    assert reader.complaints == []


def test_the_story_fits_the_narrowest_phone(person, portal):
    reader = person(viewport=NARROW)
    page = reader.page
    reader.log_in("operator", f"/evaluasi/{portal.evaluation('63.10')}/pertanyaan/1.2a/")
    page.get_by_role("link", name="Kisah pertanyaan ini").click()
    expect(page.get_by_text("Klaim dikirim")).to_be_visible()
    expect(page.get_by_role("heading", name="Verifikasi administrasi")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert reader.complaints == []
