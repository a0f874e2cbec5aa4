"""A workbook goes out to an office, is filled in without network and comes back, as people do it."""

import pytest
from playwright.sync_api import expect

from tests.browser.sheets import bring_back, fill, taken

pytestmark = pytest.mark.browser
REGION, OPERATOR = "63.05", "operator.tapin"
ANSWER = (
    "SELECT answer.points, answer.version, answer.note FROM evaluations_answer AS answer"
    " JOIN clusters_question AS question ON question.id = answer.question_id"
    " WHERE answer.evaluation_id = ? AND question.code = ?"
)


@pytest.fixture
def shelf(portal):
    """The address of the page of workbooks."""
    return f"/evaluasi/{portal.evaluation(REGION)}/buku-kerja/"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_workbook_goes_out_and_comes_back(person, portal, shelf, tmp_path, script):
    code, other = ("1.2c", "1.2d") if script else ("1.2e", "1.2f")
    somebody = person(OPERATOR, then=shelf, java_script_enabled=script)
    page = somebody.page
    book = taken(page, tmp_path, "Unduh semua pertanyaan")
    fill(book, code, option="Perda", note="Perda Nomor 3 Tahun 2023")
    fill(book, other, option="Belum tahu")
    bring_back(page, shelf, tmp_path, book)

    expect(page.get_by_role("heading", level=1)).to_have_text("Pratinjau buku kerja")
    expect(page.locator(".refused")).to_contain_text("“Belum tahu” bukan pilihan pertanyaan ini")
    assert portal.rows(ANSWER, portal.evaluation(REGION), code)[0] == (None, 0, "")
    page.get_by_role("button", name="Terapkan 1 jawaban").click()
    expect(page.get_by_text("1 jawaban ditulis dari buku kerja.")).to_be_visible()
    assert portal.rows(ANSWER, portal.evaluation(REGION), code)[0] == (1, 1, "Perda Nomor 3 Tahun 2023")
    assert somebody.complaints == []


def test_conflict_is_decided_by_a_person(person, portal, shelf, tmp_path):
    page = person(OPERATOR, then=shelf).page
    book = taken(page, tmp_path, "Unduh buku kerja Bagian Hukum Setda")
    fill(book, "1.2g", option="Perda")
    page.goto(shelf.replace("buku-kerja/", "pertanyaan/1.2g/"))
    page.get_by_label("Surat edaran").check()
    expect(page.locator(".sheet-head")).to_contain_text("Tersimpan")
    bring_back(page, shelf, tmp_path, book)

    conflict = page.get_by_role("group").filter(has_text="1.2g")
    expect(conflict.get_by_label("Tetap isi portal")).to_be_checked()
    conflict.get_by_label("Pakai buku kerja").check()
    page.get_by_role("button", name="Terapkan pilihan").click()
    expect(page.get_by_text("1 jawaban ditulis dari buku kerja.")).to_be_visible()
    assert portal.rows(ANSWER, portal.evaluation(REGION), "1.2g")[0][:2] == (1, 2)


def test_wrong_file_is_explained_where_it_was_chosen(person, shelf, tmp_path):
    page = person(OPERATOR, then=shelf).page
    path = tmp_path / "isian.csv"
    path.write_text("kode;jawaban\n1.1;Perda\n", encoding="utf-8")
    page.get_by_label("Berkas buku kerja").set_input_files(path)
    page.get_by_role("button", name="Unggah dan lihat pratinjau").click()

    expect(page.get_by_role("alert")).to_contain_text("Simpan Sebagai › Excel (.xlsx)")
    expect(page.get_by_label("Berkas buku kerja")).to_be_visible()


def test_file_field_speaks_the_language_of_the_portal(person, shelf, tmp_path):
    page = person(OPERATOR, then=shelf, locale="en-US").page
    field, chosen = page.get_by_label("Berkas buku kerja"), tmp_path / "Isian Dinkes.xlsx"
    chosen.write_bytes(b"PK")
    expect(page.locator(".file-field")).to_have_text("Pilih berkasBelum dipilih")
    with page.expect_file_chooser() as opened:
        page.get_by_text("Pilih berkas", exact=True).click(force=True)  # the field lies above its words

    opened.value.set_files(chosen)

    expect(page.locator(".file-field")).to_have_text("Pilih berkasIsian Dinkes.xlsx")
    field.focus()
    assert page.locator(".file-field").evaluate("box => getComputedStyle(box).outlineStyle") == "solid"
