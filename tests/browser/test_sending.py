"""A reviewer sends back, an office mends, the operator asks with a note, the leader says yes: each in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import running

pytestmark = pytest.mark.browser
REGION, CODE = "63.01", "12.1"


@pytest.fixture(scope="module")
def portal(prepared, tmp_path_factory):
    """A portal that no other module has touched."""
    with running(prepared, tmp_path_factory) as one:
        yield one


def test_a_region_reviews_mends_and_sends_with_its_leader_s_yes(person, portal):
    evaluation = portal.evaluation(REGION)
    reviewer = person("penelaah.tala", then=f"/verifikasi/{evaluation}/pertanyaan/{CODE}/")
    send_back(reviewer.page)
    staff = person("staf.tala", then=f"/evaluasi/{evaluation}/pertanyaan/{CODE}/")
    mend(staff.page)
    accept_again(reviewer.page, evaluation)
    operator = person("operator.tala", then=f"/evaluasi/{evaluation}/kirim/")
    ask(operator.page)
    expect_locked(staff.page, evaluation)
    leader = person("pimpinan.tala", then=f"/evaluasi/{evaluation}/")
    approve(leader.page)
    expect_sent(operator.page, portal, evaluation)
    assert [each.complaints for each in (reviewer, staff, operator, leader)] == [[], [], [], []]


def send_back(page):
    """By keyboard: reason and note, then `r`."""
    page.get_by_role("radio", name="Bukti tidak lengkap").check()
    page.get_by_label(re.compile("^Catatan")).fill("Lampirkan data seluruh kecamatan.")
    page.get_by_label(re.compile("^Catatan")).blur()
    page.keyboard.press("r")
    expect(page.locator("#tersimpan")).to_contain_text("dikembalikan")


def mend(page):
    """The office reads why, and changes its figure."""
    expect(page.locator("#keadaan")).to_contain_text("Lampirkan data seluruh kecamatan.")
    page.get_by_label("Capaian (%)").fill("71,5")
    page.get_by_role("button", name="Simpan", exact=True).first.click()
    expect(page.locator(".sheet-head")).to_contain_text(re.compile(r"Tersimpan \d\d\.\d\d"))
    page.reload()
    expect(page.locator("#telaah")).to_contain_text("Sudah diubah sejak dikembalikan")


def accept_again(page, evaluation):
    """What has changed is found under its filter and accepted."""
    page.goto(f"/verifikasi/{evaluation}/?keadaan=berubah")
    page.locator(f"a.desk-link[href*='/pertanyaan/{CODE}/']").click()
    expect(page.locator("#penilaian")).to_contain_text("berubah setelah ditelaah")
    page.wait_for_load_state()  # keys are heard once the scripts are there
    page.keyboard.press("a")
    expect(page.locator("#tersimpan")).to_contain_text(f"Penilaian {CODE} tersimpan")


def ask(page):
    """With a note, for something is always weak."""
    page.get_by_label("Catatan pengirim").fill("Matriks menyusul.")
    page.get_by_label(re.compile("Saya mengerti")).check()
    page.get_by_role("button", name="Minta persetujuan pimpinan").click()
    expect(page.get_by_role("button", name="Tarik permintaan")).to_be_visible()


def expect_locked(page, evaluation):
    """While the leader decides the office reads why nothing can be changed."""
    page.goto(f"/evaluasi/{evaluation}/pertanyaan/{CODE}/")
    expect(page.locator("main")).to_contain_text("menunggu persetujuan pimpinan")
    expect(page.get_by_label("Capaian (%)")).to_be_disabled()


def approve(page):
    """From the overview to the one page, and yes."""
    page.get_by_role("link", name="Baca dan putuskan").click()
    expect(page.locator("main")).to_contain_text("Matriks menyusul.")
    page.get_by_role("button", name="Setujui dan kirim").click()
    expect(page.locator(".notices")).to_contain_text("Evaluasi mandiri terkirim")


def expect_sent(page, portal, evaluation):
    """Both results are frozen; note and yes stand in the history."""
    for stage in ("EM", "TI"):
        portal.until(
            "SELECT frozen_at FROM evaluations_stageresult WHERE stage = ? AND evaluation_id = ?", stage, evaluation,
            what=f"{stage} is frozen",
        )  # fmt: skip
    page.goto(f"/evaluasi/{evaluation}/")
    expect(page.locator("#riwayat-kirim")).to_contain_text("Matriks menyusul.")
    expect(page.locator("#riwayat-kirim")).to_contain_text("Ketua Gugus Tugas Tanah Laut")
