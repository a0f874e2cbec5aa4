"""Documents that survive verification: doubts, details, ticks; with scripts, without, and on a phone (Tapin)."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.people import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tapin(portal):
    """The evaluation with three doubtful documents, once the worker has read them."""
    evaluation = portal.evaluation("63.05")
    portal.until(
        "SELECT COUNT(*) >= 5 FROM evaluations_evidencewarning AS warning JOIN evaluations_evidence AS evidence"
        " ON evidence.id = warning.evidence_id WHERE evidence.evaluation_id = ?",
        evaluation,
        what="the worker has read the documents of Tapin",
        seconds=240,
    )
    return f"/evaluasi/{evaluation}"


def test_doubt_is_answered_and_expected_evidence_ticked_where_they_stand(person, tapin):
    operator = person("operator.tapin", then=f"{tapin}/pertanyaan/1.1/", viewport=PHONE)
    page = operator.page
    doubt = page.locator("[data-doubt=COVER_ONLY]")
    expect(doubt).to_contain_text("Mungkin hanya halaman sampul")
    doubt.get_by_text("Jawab: sudah benar").click()
    doubt.get_by_label("Sudah benar, karena").fill("Perda ini memang satu halaman")
    doubt.get_by_role("button", name="Simpan").click()
    expect(page.locator(".doubt-answered")).to_contain_text("Perda ini memang satu halaman")
    expect(doubt).to_have_count(0)

    expect(page.locator("#bukti-harapan")).to_contain_text("0 dari 1 bukti sudah dicakup")
    place = page.locator(".proof-place")
    place.get_by_text("Tandai bukti yang dicakup").click()
    place.get_by_label(re.compile("^Salinan Perda")).check()
    place.get_by_label("Halaman yang membuktikan").fill("hal. 1")
    place.get_by_role("button", name="Simpan").click()
    expect(page.locator("#bukti-harapan")).to_contain_text("1 dari 1 bukti sudah dicakup")
    expect(place).to_contain_text("hal. 1")
    assert operator.complaints == []


@pytest.mark.parametrize(
    ("scripts", "title", "number"),
    [(True, "SK Gugus Tugas", "188.45/000/CONTOH/2021"), (False, "Perda KLA", "3 Tahun 2023")],
)
def test_details_are_offered_confirmed_and_found_again(person, tapin, scripts, title, number):
    operator = person("operator.tapin", then=f"{tapin}/bukti/", java_script_enabled=scripts)
    page = operator.page
    page.locator(".proof", has_text=title).get_by_role("link", name="Rincian").click()
    if scripts:
        expect(page.get_by_label("Nomor")).to_have_value("")
        page.get_by_role("link", name="Isikan saran").click()
        expect(page.get_by_label("Nomor")).to_have_value(number)
    page.get_by_label("Nomor").fill(number)
    page.get_by_label("Penanda tangan").fill("Bupati (contoh)")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Rincian dokumen tersimpan.")).to_be_visible()
    expect(page.locator(".viewer-side")).to_contain_text(number)

    page.goto(f"{tapin}/bukti/?cari={number}")
    expect(page.locator(".proof", has_text=title)).to_contain_text(f"nomor {number}")
    assert operator.complaints == []


def test_replacement_asks_for_a_reason_and_shows_the_chain(person, tapin, tmp_path):
    page = person("operator.tapin", then=f"{tapin}/pertanyaan/1.2b/").page
    page.locator(".proof-item").get_by_role("link", name="Ganti berkas").first.click()
    photo = tmp_path / "foto.jpg"
    Image.linear_gradient("L").resize((1600, 1200)).save(photo)
    page.get_by_label("Berkas pengganti").set_input_files(photo)
    page.get_by_label("Alasan penggantian").fill("Foto asli dari kamera")
    page.get_by_role("button", name="Ganti berkas").click()
    chain = page.locator(".versions li")
    expect(chain).to_have_count(2)
    expect(chain.first).to_contain_text("Foto asli dari kamera")
