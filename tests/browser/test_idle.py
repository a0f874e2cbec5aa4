"""A session that was left alone ends; whoever comes back finds the page again, and what was typed on it."""

import re

import pytest
from playwright.sync_api import expect

from kla_portal.demo import PASSWORD
from tests.browser.network import Held

pytestmark = pytest.mark.browser
IDLE_SECONDS = 3
BACK = "Isian Anda yang belum tersimpan dikembalikan"
NOTE = (
    "SELECT answer.note, answer.points FROM evaluations_answer AS answer"
    " JOIN clusters_question AS question ON question.id = answer.question_id"
    " WHERE answer.evaluation_id = ? AND question.code = ?"
)


@pytest.fixture(scope="module")
def hasty(portal):
    """The address of a web server that ends a session after a few seconds of silence."""
    return portal.web_again(SESSION_IDLE_SECONDS=str(IDLE_SECONDS))


def on(person, portal, address, code, region="63.08", username="operator.utara"):
    """A page of a question, read by somebody."""
    question = f"/evaluasi/{portal.evaluation(region)}/pertanyaan/{code}/"
    return person(username, then=question, address=address).page, f"{address}{question}"


def fall_asleep(page):
    """Nothing is done for longer than a session lives."""
    last = page.evaluate("Date.now()")
    page.wait_for_function("([last, span]) => Date.now() - last > span", arg=[last, (IDLE_SECONDS + 2) * 1000])


def log_in_again(page, username="operator.utara"):
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()


def test_choice_after_silence_leads_to_log_in_and_back_and_is_saved(person, portal, hasty):
    page, question = on(person, portal, hasty, "19.5")
    fall_asleep(page)
    expect(page.get_by_role("status").filter(has_text="Anda mungkin sudah keluar otomatis")).to_be_visible()

    page.get_by_role("radio").nth(1).click(no_wait_after=True)

    expect(page.get_by_text("Anda keluar otomatis karena tidak ada kegiatan")).to_be_visible()
    expect(page.get_by_text("Isian yang belum tersimpan tidak hilang")).to_be_visible()
    log_in_again(page)
    expect(page).to_have_url(question)
    expect(page.get_by_role("status").filter(has_text=BACK)).to_have_text(f"{BACK} dan disimpan sekarang.")
    expect(page.locator(".sheet-head")).to_contain_text("Tersimpan")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()


def test_note_and_comment_typed_while_the_session_ended_come_back(person, portal, hasty):
    page, question = on(person, portal, hasty, "19.6")
    note, comment = page.get_by_label(re.compile("^Catatan")), page.locator("#komentar-teks")
    page.route("**/masih-di-sini/", lambda route: route.abort())  # as if no key had been pressed for long
    comment.fill("Mohon SK yang ditandatangani.")
    note.fill("SK masih di Bagian Hukum.")
    fall_asleep(page)
    page.unroute("**/masih-di-sini/")
    page.keyboard.press("Tab")

    log_in_again(page)

    expect(page).to_have_url(question)
    told = page.get_by_role("status").filter(has_text=BACK)
    expect(told).to_have_text([f"{BACK} dan disimpan sekarang.", f"{BACK}. Periksa, lalu simpan."])
    expect(told.last).to_be_in_viewport()
    expect(comment).to_have_value("Mohon SK yang ditandatangani.")
    expect(note).to_have_value("SK masih di Bagian Hukum.")
    portal.until(
        f"SELECT EXISTS ({NOTE} AND answer.note LIKE 'SK masih%')", portal.evaluation("63.08"), "19.6", what="saved"
    )


def test_rows_of_a_table_come_back_although_they_were_added_by_hand(person, portal, hasty):
    page, question = on(person, portal, hasty, "3.1a")
    page.route("**/masih-di-sini/", lambda route: route.abort())
    rows = page.locator("form[data-matrix] tbody > tr")
    shown = rows.count()
    page.get_by_role("button", name="Tambah baris").click()
    expect(rows).to_have_count(shown + 1)
    added = rows.last.locator("input:not([type=checkbox]), textarea").first
    added.fill("PT Maju")
    fall_asleep(page)
    page.unroute("**/masih-di-sini/")
    page.get_by_role("button", name="Simpan matriks").click()

    log_in_again(page)

    expect(page).to_have_url(question)
    expect(rows).to_have_count(shown + 1)
    expect(added).to_have_value("PT Maju")
    expect(page.locator("[data-matrix-state]")).to_have_text("Belum disimpan.")


def test_what_one_person_typed_is_not_given_to_the_next(person, portal, hasty):
    page, question = on(person, portal, hasty, "13.3", region="63.05", username="staf.tapin")
    page.locator("#komentar-teks").fill("Hanya untuk saya.")
    fall_asleep(page)
    page.get_by_role("button", name="Kirim komentar").click()

    log_in_again(page, "operator.tapin")

    expect(page).to_have_url(question)
    expect(page.locator("#komentar-teks")).to_have_value("")
    assert page.evaluate("sessionStorage.getItem('isian')") is None


def test_typing_keeps_the_session_awake(person, portal, hasty):
    page, _ = on(person, portal, hasty, "19.8")
    comment = page.locator("#komentar-teks")
    comment.click()
    begun = page.evaluate("Date.now()")
    while page.evaluate("Date.now()") - begun < (IDLE_SECONDS + 3) * 1000:
        page.keyboard.type("pelan ", delay=60)

    page.get_by_role("button", name="Kirim komentar").click()

    expect(page.locator("#diskusi, .thread").first).to_contain_text("pelan pelan")


def test_emptying_waits_for_the_note_that_is_just_being_saved(person, portal):
    page, _ = on(person, portal, portal.address, "19.9")
    page.get_by_role("radio").nth(0).check()
    expect(page.locator(".sheet-head")).to_contain_text("Tersimpan")
    held = Held(page, "**/simpan/")
    page.get_by_label(re.compile("^Catatan")).fill("Belum ada dokumennya.")
    page.get_by_role("button", name="Kosongkan jawaban").click()
    held.until(1)
    held.release()

    expect(page.locator(".sheet-head")).to_contain_text("Belum diisi")
    expect(page.get_by_label(re.compile("^Catatan"))).to_have_value("Belum ada dokumennya.")
    assert portal.rows(NOTE, portal.evaluation("63.08"), "19.9") == [("Belum ada dokumennya.", None)]
