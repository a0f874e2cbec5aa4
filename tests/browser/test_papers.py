"""Papers: the sentences' preview follows the typing, and anybody may ask what a code is worth."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_preview_of_sentences_follows_the_typing(person):
    page = person("operator", then="/dokumen/atur/63.10/naskah/").page
    preview = page.locator("#pratinjau")
    expect(preview).to_contain_text("Nama Ketua Tim (contoh)")  # the province's, where the region has none
    page.get_by_label("Penutup", exact=True).fill("Ditutup di {daerah} <b>")
    expect(preview).to_contain_text("Ditutup di Kabupaten Tanah Bumbu <b>")
    page.get_by_label("Penutup", exact=True).fill("{rahasia}")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Isian tidak dikenal: rahasia.")).to_be_visible()


def test_code_is_checked_without_an_account(person):
    page = person("operator", then="/akun/").page
    page.context.clear_cookies()
    page.goto(page.url.split("/akun")[0] + "/periksa/")
    page.get_by_label("Kode pada kaki dokumen").fill("7k3m x0pq 9rta")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Kode tidak dikenal")).to_contain_text("7K3M-X0PQ-9RTA")
