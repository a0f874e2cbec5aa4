"""A table by hand: typed, pasted from a spreadsheet, saved, and met by somebody else's."""

import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
REGION, USERNAME = "63.01", "operator.laut"
CURRENT = (
    "SELECT version.rows FROM evaluations_matrixversion AS version"
    " JOIN evaluations_answer AS answer ON answer.id = version.answer_id"
    " JOIN clusters_question AS question ON question.id = answer.question_id"
    " WHERE answer.evaluation_id = ? AND question.code = ? AND version.is_current"
)
PASTED = "PT Maju\tmedia\tSiaran mingguan\t\t5/1/2024\t\t1.250\nRadio Suara\tMedia\tIklan layanan\n"


@pytest.fixture
def operator(person, portal):
    """`operator(code)` is somebody of the region on the page of a question."""

    def enter(code, **options):
        return person(USERNAME, then=f"/evaluasi/{portal.evaluation(REGION)}/pertanyaan/{code}/", **options)

    return enter


def stored(portal, code):
    """The rows that count now."""
    found = portal.rows(CURRENT, portal.evaluation(REGION), code)
    return json.loads(found[0][0]) if found else []


def fill(page, row, **cells):
    for name, text in cells.items():
        field = page.locator(f"[name=b{row}-{name}]")
        field.select_option(text) if name == "jenis" else field.fill(text)


def paste(page, field, text):
    """What the browser does when somebody pastes."""
    field.evaluate(
        """(field, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def save(page):
    page.get_by_role("button", name="Simpan matriks").click()


def test_rows_are_typed_mended_and_saved_without_leaving_the_page(operator, portal):
    page = operator("3.1a").page
    fill(page, 1, mitra="PT Maju", jenis="Media", kegiatan="Siaran", anak="12.5")

    save(page)

    expect(page.locator("#matriks [role=alert]").first).to_contain_text("Belum disimpan")
    expect(page.locator("#galat-1-anak")).to_contain_text("1.234,5")
    expect(page.locator("[name=b1-mitra]")).to_have_value("PT Maju")
    fill(page, 1, anak="12,5")
    save(page)
    expect(page.locator("#matriks .notice.success")).to_contain_text("Tersimpan, 1 baris.")
    assert stored(portal, "3.1a") == [{"mitra": "PT Maju", "jenis": "Media", "kegiatan": "Siaran", "anak": "12.5"}]


def test_cells_of_a_spreadsheet_spread_from_the_cell_where_they_are_pasted(operator, portal):
    page = operator("3.1b").page
    paste(page, page.locator("[name=b1-mitra]"), PASTED * 3)

    expect(page.locator("[name=b6-mitra]")).to_have_value("Radio Suara")
    expect(page.locator("[data-matrix-state]")).to_have_text("Belum disimpan.")
    page.locator("[name=b2-hapus]").check()
    page.get_by_role("button", name="Naikkan baris 3").click()
    save(page)

    expect(page.locator("#matriks .notice.success")).to_contain_text("Tersimpan, 5 baris.")
    first = {"mitra": "PT Maju", "jenis": "Media", "kegiatan": "Siaran mingguan", "mulai": "2024-01-05", "anak": "1250"}
    assert [row["mitra"] for row in stored(portal, "3.1b")] == ["PT Maju", "PT Maju", "Radio Suara", "PT Maju", "Radio Suara"]  # noqa: E501  # fmt: skip
    assert stored(portal, "3.1b")[0] == first


def test_long_paste_is_shown_before_it_is_kept(operator, portal):
    page = operator("3.1c").page
    lines = "\n".join(f"Mitra {number}\t{'Media' if number else 'Radio'}\tSiaran" for number in range(300))

    paste(page, page.locator("[name=b1-mitra]"), lines)

    expect(page.locator("#matriks")).to_contain_text("299 baris siap")
    expect(page.locator("#matriks")).to_contain_text("1 baris perlu diperbaiki")
    page.get_by_role("button", name="Tambahkan 299 baris").click()
    expect(page.locator("#matriks .notice.success")).to_contain_text("Tersimpan, 299 baris.")
    assert len(stored(portal, "3.1c")) == 299


def test_second_of_two_people_sees_the_difference_and_joins_both(operator, portal):
    first, second = operator("3.1d").page, operator("3.1d").page
    fill(first, 1, mitra="Punya saya", jenis="Media", kegiatan="Siaran")
    fill(second, 1, mitra="Punya Budi", jenis="Media", kegiatan="Iklan")
    save(second)
    expect(second.locator("#matriks .notice.success")).to_be_visible()

    save(first)

    expect(first.locator(".conflict")).to_contain_text("Punya Budi")
    assert [row["mitra"] for row in stored(portal, "3.1d")] == ["Punya Budi"]
    first.get_by_role("button", name="Gabungkan keduanya").click()
    expect(first.locator("#matriks .notice.success")).to_contain_text("Tersimpan, 2 baris.")
    assert [row["mitra"] for row in stored(portal, "3.1d")] == ["Punya Budi", "Punya saya"]


def test_what_is_not_saved_is_not_given_up_for_a_paste(operator, portal):
    page = operator("3.1e").page
    fill(page, 1, mitra="Belum disimpan")
    page.locator("summary", has_text="Tempel dari Excel").click()
    page.get_by_label("Baris yang disalin dari Excel").fill(PASTED)

    page.get_by_role("button", name="Periksa tempelan").click()

    expect(page.locator("[data-matrix-refused]")).to_contain_text("Simpan matriks dulu")
    expect(page.locator("[name=b1-mitra]")).to_have_value("Belum disimpan")


def test_without_script_rows_are_added_and_saved(operator, portal):
    page = operator("3.1f", java_script_enabled=False).page
    fill(page, 1, mitra="PT Maju", jenis="Media", kegiatan="Siaran")

    page.get_by_role("button", name="Tambah baris").click()
    expect(page.locator("[name=b6-mitra]")).to_be_visible()
    fill(page, 6, mitra="Radio", jenis="Media", kegiatan="Iklan")
    save(page)

    expect(page).to_have_url(re.compile(r"#matriks$"))
    assert [row["mitra"] for row in stored(portal, "3.1f")] == ["PT Maju", "Radio"]
