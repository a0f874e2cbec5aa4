"""The list of tasks at a browser: on a phone from finding to confirming, by keyboard, and without script (Tapin)."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.people import PHONE

pytestmark = pytest.mark.browser
SAVED = re.compile(r"Tersimpan \d\d\.\d\d")
ANSWER = (
    "SELECT answer.points IS NOT NULL, answer.confirmed_at IS NOT NULL,"
    " (SELECT COUNT(*) FROM evaluations_evidenceuse AS proof WHERE proof.answer_id = answer.id)"
    " FROM evaluations_answer AS answer JOIN clusters_question AS question ON question.id = answer.question_id"
    " WHERE answer.evaluation_id = ? AND question.code = ?"
)


@pytest.fixture
def tapin(portal):
    return f"/evaluasi/{portal.evaluation('63.05')}"


def test_link_into_a_page_survives_logging_in(person, tapin):
    page = person("operator.tapin", then=f"{tapin}/pertanyaan/7.2/?klaster=II&dari=tugas#percakapan").page

    assert page.url.endswith("/pertanyaan/7.2/?klaster=II&dari=tugas#percakapan")
    expect(page.get_by_role("heading", name="Percakapan")).to_be_in_viewport()


def count(page, place="atas"):
    """The number on a counter."""
    return int(page.locator(f"#tugas-{place}").inner_text())


def test_staff_find_answer_prove_confirm_and_go_on_with_one_thumb(person, portal, tapin, tmp_path):
    staff = person("staf.tapin", then=f"{tapin}/tugas/?keadaan=kosong&klaster=V&peran=memimpin", viewport=PHONE)
    page = staff.page
    before = count(page)
    first, second = page.locator("article.task").nth(0), page.locator("article.task").nth(1)
    codes = [task.locator(".task-code").inner_text() for task in (first, second)]
    first.get_by_role("link").first.click()

    expect(page.locator("#keadaan")).to_contain_text("Isi jawaban")
    page.locator(".options input").last.check()
    expect(page.locator(".sheet-head")).to_contain_text(SAVED)
    expect(page.locator("#keadaan")).to_contain_text("Unggah bukti")

    photo = tmp_path / "kegiatan.jpg"
    Image.radial_gradient("L").resize((1600, 1200)).save(photo)
    page.get_by_label("Unggah berkas").set_input_files(photo)
    expect(page.locator(".proof-title")).to_have_text("kegiatan")
    page.get_by_role("button", name="Konfirmasi jawaban bersama").click()
    expect(page.locator("#keadaan")).to_contain_text("Siap ditelaah")
    assert [count(page, place) for place in ("atas", "akhir")] == [before - 1] * 2

    page.locator("nav.pager a[rel=next]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(codes[1])
    assert "keadaan=kosong&klaster=V&peran=memimpin" in page.url
    page.get_by_role("link", name="Kembali ke daftar").first.click()
    expect(page.locator("article.task").first).to_contain_text(codes[1])
    assert portal.rows(ANSWER, portal.evaluation("63.05"), codes[0]) == [(1, 1, 1)]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert staff.complaints == []


def test_keys_choose_go_on_and_lead_back(person, tapin):
    operator = person("operator.tapin", then=f"{tapin}/pertanyaan/21A.2/?keadaan=terbuka&klaster=V&dari=tugas")
    page = operator.page
    page.wait_for_load_state()  # keys are heard once the scripts are there

    page.keyboard.press("3")
    expect(page.locator(".option.chosen")).to_contain_text("4-6 kelompok")
    page.keyboard.press("2")
    expect(page.locator(".option.chosen")).to_contain_text("1-3 kelompok")
    page.keyboard.press("?")
    expect(page.get_by_text("Pilih opsi pertama sampai kesembilan")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_text("Pilih opsi pertama sampai kesembilan")).to_be_hidden()
    page.get_by_label("Catatan untuk verifikator").fill("j 5 ? d")  # typing is no command
    expect(page.locator(".option.chosen")).to_contain_text("1-3 kelompok")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("21A.2")
    page.wait_for_load_state()
    page.keyboard.press("d")
    expect(page.get_by_role("heading", level=1, name="Daftar tugas")).to_be_visible()
    assert operator.complaints == []


def test_list_is_filtered_and_answered_without_script(person, tapin):
    page = person("staf.tapin", then=f"{tapin}/tugas/", java_script_enabled=False).page
    page.get_by_text("Saring", exact=True).click()
    page.get_by_label("Klaster").select_option("V")
    page.get_by_label("Peran").select_option("mendukung")
    page.get_by_role("button", name="Terapkan").click()
    page.get_by_label("Cari pertanyaan").fill("PD")
    page.get_by_role("button", name="Cari").click()
    assert "klaster=V" in page.url
    assert "cari=PD" in page.url

    page.locator("article.task").first.get_by_role("link").first.click()
    page.locator(".options input").first.check()
    page.get_by_role("button", name="Simpan", exact=True).first.click()

    expect(page.locator(".sheet-head")).to_contain_text("Terisi")
    expect(page.locator("#keadaan")).to_contain_text("Setelah lengkap")
    assert "klaster=V" in page.url
