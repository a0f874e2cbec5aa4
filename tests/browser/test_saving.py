"""Saving by itself on a network that is slow, gone, or shared with somebody else."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.network import Held

pytestmark = pytest.mark.browser
REGION, USERNAME = "63.08", "operator.utara"
SAVED = re.compile(r"Tersimpan \d\d\.\d\d")
ANSWER = (
    "SELECT {} FROM evaluations_answer AS answer JOIN clusters_question AS question ON question.id = answer.question_id"
    " WHERE answer.evaluation_id = ? AND question.code = ?"
)


@pytest.fixture
def operator(person, portal):
    """`operator(code)` is somebody of the region on the page of a question."""

    def enter(code, **options):
        return person(USERNAME, then=f"/evaluasi/{portal.evaluation(REGION)}/pertanyaan/{code}/", **options)

    return enter


def answer(portal, code, columns):
    """What is stored, as one row."""
    return portal.rows(ANSWER.format(columns), portal.evaluation(REGION), code)[0]


def test_typing_on_while_a_save_is_under_way_loses_nothing(operator, portal):
    page = operator("12.3").page
    held = Held(page, "**/simpan/")
    page.get_by_label("Tahun sebelumnya").fill("40")
    page.get_by_label("Tahun terakhir").focus()
    held.until(1)
    page.keyboard.type("41,2")

    held.release()
    expect(page.locator(".sheet-head")).to_contain_text(SAVED)
    expect(page.get_by_label("Tahun terakhir")).to_be_focused()
    page.keyboard.type("5")
    page.keyboard.press("Tab")

    expect(page.locator(".option.chosen")).to_contain_text("membaik")
    expect(page.get_by_label("Tahun terakhir")).to_have_value("41,25")
    assert answer(portal, "12.3", "answer.measure_before, answer.measure, points, version") == (40, 41.25, 3, 2)


def test_second_choice_while_the_first_is_under_way_is_the_one_kept(operator, portal):
    page = operator("1.1").page
    held = Held(page, "**/simpan/")
    page.get_by_label(re.compile("^Surat edaran")).check()
    held.until(1)
    page.get_by_label(re.compile("^Perda")).check()

    held.release()

    expect(page.locator(".option.chosen")).to_contain_text("Perda")
    assert answer(portal, "1.1", "points, version") == (12, 2)


def test_choice_made_without_network_is_saved_when_it_returns(operator, portal):
    somebody = operator("10.3")
    page, notice = somebody.page, somebody.page.get_by_text("Sambungan terputus")
    somebody.context.set_offline(True)
    page.get_by_label(re.compile("^Ya")).check()
    expect(notice).to_be_visible()
    assert answer(portal, "10.3", "points, version") == (None, 0)

    somebody.context.set_offline(False)

    expect(page.locator(".sheet-head")).to_contain_text(SAVED)
    expect(notice).to_be_hidden()
    assert answer(portal, "10.3", "points, version") == (2, 1)


def test_figure_that_is_refused_stays_to_be_mended(operator, portal):
    page = operator("12.1").page
    page.get_by_label("Capaian (%)").fill("82.5")
    page.get_by_label("Catatan untuk verifikator").focus()

    expect(page.get_by_role("alert").filter(has_text="Tulis angka dengan koma")).to_be_visible()
    expect(page.get_by_label("Capaian (%)")).to_have_value("82.5")
    page.get_by_label("Capaian (%)").fill("82,5")
    page.keyboard.press("Tab")

    expect(page.locator(".sheet-head")).to_contain_text(SAVED)
    assert answer(portal, "12.1", "answer.measure, version") == (82.5, 1)


def test_form_older_than_the_session_keeps_what_was_typed(operator, portal):
    somebody = operator("10.4")
    page, refused = somebody.page, somebody.page.get_by_role("alert").filter(has_text="Belum disimpan.")
    somebody.context.clear_cookies(name="csrftoken")

    page.get_by_label("Catatan untuk verifikator").fill("Rapat tanggal 3 Mei")
    page.get_by_label("Catatan untuk verifikator").blur()

    expect(refused).to_contain_text("muat ulang halaman")
    expect(page.get_by_label("Catatan untuk verifikator")).to_have_value("Rapat tanggal 3 Mei")
    assert answer(portal, "10.4", "version") == (0,)


@pytest.mark.parametrize(
    ("code", "press", "points"), [("1.2a", "Pakai isian saya", 1), ("1.2b", "Pakai yang tersimpan", 0.25)]
)
def test_second_of_two_editors_sees_both_versions_and_chooses(operator, portal, code, press, points):
    first, second = operator(code).page, operator(code).page
    first.get_by_label(re.compile("^Surat edaran")).check()
    expect(first.locator(".sheet-head")).to_contain_text(SAVED)

    second.get_by_label(re.compile("^Perda")).click()  # the radio may be gone before it is seen checked

    expect(second.locator(".conflict .version").first).to_contain_text("Surat edaran")
    expect(second.locator(".conflict .version").last).to_contain_text("Perda")
    assert answer(portal, code, "points, version") == (0.25, 1)
    expect(second.get_by_text("dapat digabungkan")).to_have_count(0)
    second.get_by_text(press).click()
    expect(second.locator(".option.chosen")).to_contain_text("Perda" if points == 1 else "Surat edaran")
    assert answer(portal, code, "points") == (points,)


def saved(portal, code, version):
    """Wait until an answer has this version."""
    portal.until(
        f"SELECT version = {version} FROM ({ANSWER.format('version')})", portal.evaluation(REGION), code, what="saved"
    )


def write_note(page, text):
    page.get_by_label("Catatan untuk verifikator").fill(text)
    page.get_by_label("Catatan untuk verifikator").blur()


def test_note_that_meets_the_answer_of_another_can_be_joined_with_it(operator, portal):
    first, second = operator("1.2c").page, operator("1.2c").page
    first.get_by_label(re.compile("^Surat edaran")).click()
    saved(portal, "1.2c", 1)
    write_note(second, "SK menyusul.")

    second.get_by_role("button", name="Jawaban dari portal, catatan saya").click()

    expect(second.locator(".option.chosen")).to_contain_text("Surat edaran")
    assert answer(portal, "1.2c", "points, note, version") == (0.25, "SK menyusul.", 2)


def test_answer_that_meets_the_note_of_another_can_be_joined_with_it(operator, portal):
    first, second = operator("1.2d").page, operator("1.2d").page
    write_note(first, "Menunggu nomor.")
    saved(portal, "1.2d", 1)
    second.get_by_label(re.compile("^Perda")).click()

    second.get_by_role("button", name="Jawaban saya, catatan dari portal").click()

    expect(second.locator(".option.chosen")).to_contain_text("Perda")
    assert answer(portal, "1.2d", "points, note, version") == (1, "Menunggu nomor.", 2)


def test_ticks_that_are_not_saved_are_not_left_behind_unasked(operator, portal):
    page = operator("26.15").page
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    group = page.locator(".place-group").first
    group.locator("summary").click()
    group.get_by_role("radio", name="Ya").first.check()
    expect(group.get_by_role("status")).to_have_text("Belum disimpan")

    page.get_by_role("link", name="Berikutnya").click(no_wait_after=True)
    expect(group.get_by_role("status")).to_be_visible()
    group.get_by_role("button", name="Simpan centang").click()

    expect(page.get_by_text("1 tempat diperbarui.")).to_be_visible()
    assert asked == ["beforeunload"]


def test_fault_of_the_portal_is_told_with_its_number_and_what_was_chosen_stays(operator):
    page = operator("1.2k").page
    told = {
        "status": 500,
        "headers": {"HX-Retarget": "#gagal", "HX-Reswap": "innerHTML"},
        "body": "Belum disimpan. 4F2A",
    }
    page.route("**/simpan/", lambda route: route.fulfill(**told))

    option = page.get_by_label(re.compile("^Surat edaran"))
    option.check()

    expect(page.get_by_role("alert")).to_have_text("Belum disimpan. 4F2A")
    expect(page.locator("#jaringan")).to_be_hidden()
    expect(option).to_be_checked()


def test_page_says_that_it_is_saving_until_it_has_saved(operator):
    page = operator("1.2l").page
    held = Held(page, "**/simpan/")
    head = page.locator(".sheet-head")

    page.locator(".options input[type=radio]").last.check()
    held.until(1)
    expect(head.locator(".pill:visible")).to_have_text([re.compile("Menyimpan")])

    held.release()
    expect(head.locator(".pill:visible")).to_have_text([SAVED])
