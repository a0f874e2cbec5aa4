"""Sharing the questions among the offices at a browser: in place, several at once, by spreadsheet, without script."""

import re

import pytest
import xlsxwriter
from playwright.sync_api import expect

from tests.browser.people import PHONE

pytestmark = pytest.mark.browser
REGION, USERNAME = "63.04", "operator.kuala"
LEAD = (
    "SELECT office.code FROM evaluations_responsibility AS duty"
    " JOIN accounts_office AS office ON office.id = duty.office_id"
    " JOIN clusters_question AS question ON question.id = duty.question_id"
    " WHERE duty.evaluation_id = ? AND question.code = ? AND duty.is_lead = ?"
)


@pytest.fixture
def plan(portal):
    return f"/evaluasi/{portal.evaluation(REGION)}/pembagian/"


@pytest.fixture
def offices(portal):
    """Codes of the offices that lead, or support, a question."""

    def read(code, *, lead):
        return sorted(row[0] for row in portal.rows(LEAD, portal.evaluation(REGION), code, lead))

    return read


def row_of(page, code):
    return page.locator("article", has=page.locator(f"b:text-is('{code}')"))


def test_row_is_changed_in_place_and_taken_back(person, plan, offices):
    somebody = person(USERNAME, then=f"{plan}?klaster=I")
    page = somebody.page
    page.get_by_role("link", name="Ubah 4.1", exact=True).click()
    expect(page.locator(".duty-editor select[name=lead]")).to_be_focused()

    page.locator(".duty-editor select[name=lead]").select_option(label="Dinas Kesehatan")
    page.locator(".duty-editor").get_by_label("Dinas Pendidikan", exact=True).check()
    page.get_by_role("button", name="Simpan").click()

    expect(row_of(page, "4.1")).to_contain_text("Tersimpan")
    assert (offices("4.1", lead=True), "disdik" in offices("4.1", lead=False)) == (["dinkes"], True)
    page.goto(plan)
    page.get_by_text("Perubahan terakhir").click()
    page.get_by_role("button", name="Batalkan").first.click()
    expect(page.get_by_role("status").first).to_contain_text("1 pertanyaan kembali")
    assert offices("4.1", lead=True) == ["disdukcapil"]
    assert somebody.complaints == []


def test_what_was_refused_is_said_where_it_is_seen(person, plan):
    first, second = (person(USERNAME, then=f"{plan}?klaster=I").page for _ in range(2))
    for page in (first, second):
        page.get_by_role("link", name="Ubah 4.3", exact=True).click()
    for page, office in ((first, "Bappeda"), (second, "Dinas Sosial")):
        page.locator(".duty-editor select[name=lead]").select_option(label=office)
        page.get_by_role("button", name="Simpan").click()

    expect(second.get_by_role("alert").filter(has_text="baru saja diubah orang lain")).to_be_in_viewport()


def test_cancelled_row_closes_and_an_unled_question_raises_the_alarm(person, plan, offices):
    page = person(USERNAME, then=f"{plan}?klaster=I").page
    page.get_by_role("link", name="Ubah 4.2", exact=True).click()
    page.get_by_role("link", name="Batal").click()
    expect(page.locator(".duty-editor")).to_have_count(0)

    page.get_by_role("link", name="Ubah 4.2", exact=True).click()
    page.locator(".duty-editor select[name=lead]").select_option(label="Belum ada")
    page.get_by_role("button", name="Simpan").click()

    expect(page.get_by_role("alert")).to_contain_text("belum punya penanggung jawab")
    page.get_by_role("link", name="Tampilkan").click()
    expect(page.locator("article.duty")).to_have_count(1)
    assert offices("4.2", lead=True) == []


def test_whole_indicator_is_given_to_an_office_on_a_phone(person, plan, offices):
    page = person(USERNAME, then=f"{plan}?indikator=5", viewport=PHONE).page
    page.get_by_label("Pilih semua pertanyaan indikator 5").check()
    expect(page.locator("[data-tick-count]")).to_have_text(re.compile(r"^[1-9]\d* dicentang$"))

    page.locator("#beberapa select[name=office]").select_option(label="Dinas Sosial")
    page.get_by_role("button", name="Terapkan").click()

    expect(page.get_by_role("status").first).to_contain_text("pertanyaan diubah")
    assert offices("5.1", lead=True) == ["dinsos"]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0


def test_spreadsheet_is_previewed_and_confirmed(person, plan, offices, tmp_path):
    file = tmp_path / "rencana.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet()
    for number, line in enumerate(
        [("Kode", "Penanggung jawab", "Pendukung"), ("13.1", "Capil", "dinas kesehatan; Disdik")]
    ):
        sheet.write_row(number, 0, line)
    book.close()
    before = offices("13.1", lead=True)
    page = person(USERNAME, then=f"{plan}unggah/").page

    page.get_by_label("Berkas Excel (.xlsx)").set_input_files(file)
    page.get_by_role("button", name="Lihat perubahan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pratinjau perubahan")
    expect(page.locator(".duty-diff")).to_contain_text("Dinas Kependudukan dan Pencatatan Sipil")
    assert offices("13.1", lead=True) == before

    page.get_by_role("button", name="Simpan 1 perubahan").click()
    expect(page.get_by_role("status").first).to_contain_text("1 pertanyaan diubah dari berkas")
    assert (offices("13.1", lead=True), offices("13.1", lead=False)) == (["disdukcapil"], ["dinkes", "disdik"])


def test_without_script_a_page_of_its_own_does_the_same(person, plan, offices):
    page = person(USERNAME, then=f"{plan}?klaster=II", java_script_enabled=False).page
    page.get_by_role("link", name="Ubah 7.1", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pertanyaan 7.1")

    page.locator("select[name=lead]").select_option(label="Dinas Sosial")
    page.get_by_label("Dinas Sosial", exact=True).uncheck()
    page.get_by_role("button", name="Simpan").click()

    expect(page.get_by_role("status").first).to_contain_text("Pembagian tugas 7.1 disimpan")
    assert offices("7.1", lead=True) == ["dinsos"]
