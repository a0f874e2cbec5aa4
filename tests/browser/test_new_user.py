"""People who have never seen the portal: staff with a phone, an office from nothing to sent, a leader who approves.

They use up a whole evaluation, so they get a portal of their own.
"""

import re
from io import BytesIO

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import expect

from evaluations.workbooks.shape import ANSWERS, COLUMNS, HEADING_ROW
from kla_portal.demo.pdf import pages_of
from tests.browser.conftest import running
from tests.browser.people import PHONE

pytestmark = pytest.mark.browser
TAPIN, UTARA, TANAH_LAUT = "63.05", "63.08", "63.01"  # one each: tests come in any order
PLACES = {name: place for place, name in enumerate(COLUMNS, 1)}
SAVED = re.compile(r"Tersimpan \d\d\.\d\d")
PEOPLE_WITH_A_PHONE = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
MOST_STEPS = 7  # per question, from opening it to the next: answer, evidence, a word of confirmation, next


@pytest.fixture(scope="module")
def portal(prepared, tmp_path_factory):
    """A portal that no other module has touched."""
    with running(prepared, tmp_path_factory) as one:
        yield one


class Steps:
    """What a person does with fingers, counted."""

    def __init__(self, page):
        self.page = page
        self.count = 0

    def tap(self, target):
        """One tap."""
        self.count += 1
        target.tap()

    def write(self, target, text):
        """Into one field."""
        self.count += 1
        target.fill(text)
        target.blur()

    def hand_over(self, path):
        """One file, through the button that is there to be seen."""
        self.count += 1
        expect(self.page.locator(".pick")).to_be_visible()
        with self.page.expect_file_chooser() as chooser:
            self.page.locator(".pick").tap()
        chooser.value.set_files(path)


def test_staff_answer_ten_questions_with_evidence_on_a_phone(person, portal, tmp_path):
    staff = person("staf.tapin", **PEOPLE_WITH_A_PHONE)
    page, steps = staff.page, Steps(staff.page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tugas saya")
    before = tasks(page)
    steps.tap(page.get_by_role("link", name=re.compile("^Memimpin")))
    steps.tap(page.locator(".task h3 a").first)
    start = steps.count
    for number in range(10):
        answer(page, steps)
        prove(page, steps, evidence(tmp_path, number))
        confirm(page, steps)
        expect(page.locator(".tasks-count").first).to_have_text(str(before - number - 1))
        if number < 9:
            onwards(page, steps)
    assert steps.count - start <= 10 * MOST_STEPS
    say(page, steps, "Datanya dari laporan tahunan.")
    steps.tap(page.get_by_role("link", name="Kembali ke daftar").first)
    assert tasks(page) == before - 10
    done = "SELECT COUNT(*) FROM evaluations_answer WHERE evaluation_id = ? AND points IS NOT NULL"
    assert portal.one(done, portal.evaluation(TAPIN)) == 10
    assert staff.complaints == []


def tasks(page):
    """What the counter says."""
    return int(page.locator(".tasks-count").first.inner_text())


def answer(page, steps):
    """Whatever the question asks for: the figures, or the best option."""
    figures = page.locator(".figures input")
    if figures.count():
        for place in range(figures.count()):
            steps.write(figures.nth(place), str(80 + place))
    else:
        steps.tap(page.locator("label.option").last)
    expect(page.locator(".sheet-head")).to_contain_text(SAVED)


def prove(page, steps, path):
    """The next step leads to the evidence; a file of one's own is chosen there."""
    if page.locator(".next-step").count():
        steps.tap(page.locator(".next-step"))
    steps.hand_over(path)
    expect(page.locator("#bukti article")).to_have_count(1)


def evidence(tmp_path, number):
    """A photo and a document in turn, each of its own."""
    if number % 2:
        path = tmp_path / f"Foto {number}.jpg"
        Image.effect_noise((900, 700), 60 + number).convert("RGB").save(path)
    else:
        path = tmp_path / f"Laporan {number}.pdf"
        path.write_bytes(pages_of([[f"# Laporan {number}", "Ditetapkan di Rantau, 3 Mei 2024."], ["Lampiran"]]))
    return path


def confirm(page, steps):
    """Shared questions ask the lead for a last word."""
    expect(page.locator(".next-step")).to_have_count(0)
    button = page.get_by_role("button", name="Konfirmasi jawaban bersama")
    if button.count():
        steps.tap(button)
        expect(page.locator("#keadaan")).to_contain_text("Dikonfirmasi")


def onwards(page, steps):
    """The next question, by the button that never leaves the screen."""
    here = page.url
    button = page.get_by_role("link", name=re.compile("^Berikutnya"))
    expect(button).to_be_in_viewport()
    steps.tap(button)
    page.wait_for_url(lambda url: url.split("?")[0] != here.split("?")[0])


def say(page, steps, text):
    """A comment under the question."""
    steps.write(page.get_by_label("Tulis komentar"), text)
    steps.tap(page.get_by_role("button", name="Kirim komentar"))
    expect(page.locator("#percakapan .comment")).to_contain_text(text)


def test_region_goes_from_nothing_to_sent(person, portal, tmp_path):
    utara = f"/evaluasi/{portal.evaluation(UTARA)}"
    operator = person("operator.utara", then=f"{utara}/")
    page = operator.page
    share(page)
    fill_by_workbook(page, portal, tmp_path)
    tick(page, utara)
    fill_matrix(page, utara)
    give_back(page, utara)
    staff = person("staf.utara", then=f"{utara}/tugas/")
    mend(staff.page)
    send(page, utara)
    portal.until(
        "SELECT frozen_at FROM evaluations_stageresult WHERE stage = 'EM' AND evaluation_id = ?",
        portal.evaluation(UTARA),
        what="EM is frozen",
    )
    assert [operator.complaints, staff.complaints] == [[], []]


def to(page, name):
    """By the rail, as people go."""
    page.get_by_role("navigation", name="Evaluasi").get_by_role("link", name=re.compile(f"^{name}")).click()


def share(page):
    """One question goes to another office."""
    to(page, "Pembagian tugas")
    page.get_by_role("link", name="Ubah 1.1", exact=True).click()
    page.locator(".duty-editor select[name=lead]").select_option(label="Dinas PPPA (DP3AP2KB)")
    page.locator(".duty-editor").get_by_role("button", name="Simpan").click()
    expect(page.locator("article", has=page.locator("b:text-is('1.1')"))).to_contain_text("Tersimpan")


def fill_by_workbook(page, portal, tmp_path):
    """All questions in Excel: best options, plausible figures; a preview, then everything at once."""
    to(page, "Buku kerja")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Unduh semua pertanyaan").click()
    book = openpyxl.load_workbook(BytesIO(waiting.value.path().read_bytes()))
    fill_in(book[ANSWERS], portal)
    path = tmp_path / "isian.xlsx"
    book.save(path)
    page.get_by_label("Berkas buku kerja").set_input_files(path)
    page.get_by_role("button", name="Unggah dan lihat pratinjau").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pratinjau buku kerja")
    page.get_by_role("button", name=re.compile(r"^Terapkan \d+ jawaban")).click()
    expect(page.get_by_text(re.compile(r"^\d+ jawaban ditulis dari buku kerja"))).to_be_visible()
    filled = "SELECT COUNT(*) FROM evaluations_answer WHERE evaluation_id = ? AND points IS NOT NULL"
    assert portal.one(filled, portal.evaluation(UTARA)) > 200


def fill_in(sheet, portal):
    """The best option of every question, or a figure where the option follows one."""
    best = dict(
        portal.rows(
            "SELECT question.code, option.label FROM clusters_option AS option"
            " JOIN clusters_question AS question ON question.id = option.question_id ORDER BY option.points"
        )
    )
    measured = dict(
        portal.rows("SELECT code, two_years FROM clusters_question WHERE measure = 'percentage' OR two_years")
    )
    places = {row[0] for row in portal.rows("SELECT code FROM clusters_question WHERE place_unit <> ''")}
    for row in range(HEADING_ROW + 2, sheet.max_row + 1):
        code = sheet.cell(row, PLACES["key"]).value
        if not code or code in places:
            continue
        if code in measured:
            sheet.cell(row, PLACES["measure"]).value = 80
            if measured[code]:
                sheet.cell(row, PLACES["before"]).value = 70
        else:
            sheet.cell(row, PLACES["option"]).value = best[code]


def tick(page, utara):
    """The sheet of the districts: all of them, by one button; the percentage follows."""
    to(page, "Lembar kecamatan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lembar kecamatan dan desa")
    page.goto(f"{utara}/pertanyaan/25.3/")
    page.get_by_role("button", name="Sisanya Ya").click()
    expect(page.locator(".places-figure")).to_contain_text("100,00%")


def fill_matrix(page, utara):
    """One row by hand."""
    page.goto(f"{utara}/pertanyaan/3.1a/")
    for name, value in {"mitra": "PT Maju", "kegiatan": "Siaran"}.items():
        page.locator(f"[name=b1-{name}]").fill(value)
    page.locator("[name=b1-jenis]").select_option("Media")
    page.get_by_role("button", name="Simpan matriks").click()
    expect(page.locator("#matriks .notice.success")).to_contain_text("Tersimpan, 1 baris.")


def give_back(page, utara):
    """The reviewer's desk of the region: one answer goes back, with a reason and what is wanted."""
    page.goto(f"{utara}/")
    page.get_by_role("link", name="Telaah").click()
    page.goto(f"{utara.replace('/evaluasi/', '/verifikasi/')}/pertanyaan/12.1/")
    page.get_by_label("Bukti tidak lengkap").check()
    page.get_by_label("Catatan").fill("Lampirkan rekap per puskesmas")
    page.get_by_role("button", name="Kembalikan").click()
    expect(page.get_by_text("Dikembalikan").first).to_be_visible()


def mend(page):
    """What came back stands first, with its reason; a change answers it."""
    first = page.locator(".task").first
    expect(first).to_contain_text("Lampirkan rekap per puskesmas")
    first.get_by_role("link").first.click()
    page.locator(".next-step").click()
    page.get_by_label("Capaian (%)").fill("81")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator(".sheet-head")).to_contain_text(SAVED)
    expect(page.locator("#keadaan .notice.error")).to_have_count(0)


def send(page, utara):
    """What is weak stands there; the office sends all the same, with a note."""
    page.goto(f"{utara}/")
    page.get_by_role("link", name="Kirim evaluasi").click()
    expect(page.locator(".weak-kinds")).to_contain_text("Tanpa bukti")
    page.get_by_role("link", name="Langsung ke catatan dan tombol kirim").click()
    page.get_by_label("Catatan pengirim").fill("Bukti lain menyusul.")
    page.get_by_label(re.compile("masih lemah")).check()
    page.get_by_role("button", name="Kirim evaluasi mandiri").click()
    expect(page.get_by_text("Evaluasi mandiri terkirim")).to_be_visible()


def test_leader_approves_on_a_phone(person, portal):
    evaluation = f"/evaluasi/{portal.evaluation(TANAH_LAUT)}"
    page = person("operator.tala", then=f"{evaluation}/kirim/").page
    page.get_by_label("Catatan pengirim").fill("Mohon persetujuan.")
    page.get_by_role("checkbox", name=re.compile("Saya mengerti")).check()
    page.get_by_role("button", name="Minta persetujuan pimpinan").click()
    expect(page.get_by_text("Menunggu persetujuan").first).to_be_visible()
    leader = person("pimpinan.tala", then=f"{evaluation}/", **PEOPLE_WITH_A_PHONE).page
    leader.get_by_role("link", name="Baca dan putuskan").tap()
    leader.get_by_role("button", name="Setujui dan kirim").tap()
    expect(leader.get_by_text("Evaluasi mandiri terkirim").first).to_be_visible()
