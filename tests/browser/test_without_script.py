"""The daily work without JavaScript: every form is a form, every answer a page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_main_job import a_pdf

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(person):
    """Somebody whose browser runs no scripts."""
    return lambda username, then: person(username, then=then, java_script_enabled=False)


def test_answers_are_saved_by_button_on_both_pages(plain, portal):
    evaluation = f"/evaluasi/{portal.evaluation('63.08')}"
    page = plain("operator.utara", f"{evaluation}/klaster/I/").page
    row = page.locator(".q-row", has=page.get_by_role("link", name=re.compile(r"^4\.5\s")))
    row.locator("select").select_option(index=1)
    row.get_by_role("button", name="Simpan").click()
    expect(row.locator("option[selected]")).not_to_have_text("Pilih jawaban")

    page.goto(f"{evaluation}/pertanyaan/13.1/")
    page.get_by_label("Capaian (%)").fill("12,5")
    page.get_by_role("button", name="Simpan").click()

    expect(page.locator(".option.chosen")).to_contain_text("Di atas 0% sampai 25%")
    expect(page.locator("#nilai")).to_contain_text("Nilai sementara")


def test_evidence_is_attached_and_sending_shows_what_is_weak(plain, portal, tmp_path):
    evaluation, file = f"/evaluasi/{portal.evaluation('63.08')}", tmp_path / "SOP.pdf"
    file.write_bytes(a_pdf())
    page = plain("operator.utara", f"{evaluation}/pertanyaan/13.4/").page
    page.get_by_label("Unggah berkas").set_input_files(file)
    page.get_by_role("button", name="Unggah", exact=True).click()
    expect(page.locator("#bukti article", has_text="SOP")).to_have_count(1)

    page.goto(f"{evaluation}/kirim/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Kirim evaluasi mandiri")
    expect(page.get_by_role("checkbox")).not_to_be_checked()


def test_question_is_judged_and_the_next_one_offered(plain, portal):
    desk = f"/verifikasi/{portal.evaluation('63.03')}"
    page = plain("verifikator", f"{desk}/pertanyaan/4.6/?klaster=I&keadaan=").page
    page.get_by_label(re.compile("Terima klaim")).check()
    page.get_by_role("button", name=re.compile("^Simpan, berikutnya")).click()

    expect(page.get_by_role("status").first).to_contain_text("Penilaian 4.6 tersimpan")
    assert "/pertanyaan/4.7/" in page.url


def test_document_is_asked_for_and_ready_after_a_reload(plain, portal):
    evaluation = portal.evaluation("63.07")
    page = plain("admin", f"/dokumen/{evaluation}/").page
    page.get_by_role("button", name="CSV: Laporan Hasil Verifikasi").click()
    portal.until("SELECT ready_at FROM reports_document WHERE evaluation_id = ?", evaluation, what="the file is ready")

    page.reload()

    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh Laporan Hasil Verifikasi CSV").click()
    assert download.value.path().read_text("utf-8-sig").count("\n") > 274
