"""The main job from the first answer to the paper, each person in a browser of their own, in one evaluation (Tapin)."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from kla_portal.demo.pdf import pages_of
from tests.browser.conftest import running

pytestmark = pytest.mark.browser
TAPIN = "63.05"
SAVED = re.compile(r"Tersimpan \d\d\.\d\d")


@pytest.fixture(scope="module")
def portal(prepared, tmp_path_factory):
    """A portal that no other module has touched."""
    with running(prepared, tmp_path_factory) as one:
        yield one


@pytest.fixture(scope="module")
def tapin(portal):
    """The address of the evaluation that nobody has begun."""
    return f"/evaluasi/{portal.evaluation(TAPIN)}"


def test_evaluation_goes_from_first_answer_to_paper(person, portal, tapin, tmp_path):
    operator = person("operator.tapin", then=f"{tapin}/klaster/K/")
    assert operator.page.url == f"{portal.address}{tapin}/klaster/K/"
    answer_on_cluster_page(operator.page)
    answer_on_question_pages(operator.page, tapin)
    staff = person("staf.tapin", then=f"{tapin}/pertanyaan/12.1/")
    prove(staff.page, portal, tmp_path)
    send(operator.page, portal, tapin)
    verifier = person("verifikator", then=desk(tapin))
    assign(person("admin", then=f"{desk(tapin)}penugasan/").page)
    judge(verifier.page, tapin)
    close(verifier.page, portal, tapin)
    totals = read_recap(operator.page, tapin)
    assert totals == ["1.000,00", "23,00", "19,25", "−3,75"]
    for title in ("Laporan Hasil Verifikasi", "Bahan Persiapan VLH"):
        text = paper(operator.page, portal, tapin, title)
        assert [title.upper() in text.upper(), *(number in text for number in totals[1:3])] == [True, True, True]
    refused = [line for line in verifier.complaints if "status of 4" not in line]  # no reason, no confirmation
    assert [operator.complaints, staff.complaints, refused] == [[], [], []]


def answer_on_cluster_page(page):
    """Four options by their lists; the total moves with each."""
    for code, option, total in (
        ("1.1", "Perbup/Perwali", "9,00"),
        ("1.2a", "Perda", "10,00"),
        ("1.3a", "Ditetapkan pada dua tahun", "12,00"),
        ("1.4", "Berjalan pada sebagian besar", "15,00"),
    ):
        row = page.locator(".q-row", has=page.get_by_role("link", name=re.compile(rf"^{re.escape(code)}\s")))
        choice = row.get_by_label(f"Jawaban {code}")
        choice.select_option(index=labels(choice).index(next(each for each in labels(choice) if option in each)))
        expect(row.get_by_role("status")).to_have_text(SAVED)
        expect(page.locator("#nilai")).to_contain_text(f"Nilai sementara{total}")


def labels(choice):
    """What a list offers."""
    return choice.locator("option").all_inner_texts()


def answer_on_question_pages(page, tapin):
    """A percentage, two years, a count and an option."""
    for code, fields, total in (
        ("12.1", {"Capaian (%)": "82,5"}, "18,00"),
        ("12.3", {"Tahun sebelumnya (%)": "40", "Tahun terakhir (%)": "41,25"}, "21,00"),
    ):
        page.goto(f"{tapin}/pertanyaan/{code}/")
        for label, value in fields.items():
            page.get_by_label(label).fill(value)
        page.get_by_role("button", name="Simpan", exact=True).click()
        expect(page.locator(".sheet-head")).to_contain_text(SAVED)
        expect(page.locator("#nilai")).to_contain_text(f"Nilai sementara{total}")
    page.goto(f"{tapin}/pertanyaan/24A.1/")
    page.get_by_label(re.compile("^Tidak tersedia")).check()
    expect(page.locator(".sheet-head")).to_contain_text(SAVED)
    page.get_by_label("Jumlah").fill("17")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator("[name=version]").first).to_have_value("2")
    page.goto(f"{tapin}/pertanyaan/10.3/")
    page.get_by_label(re.compile("^Ya")).check()
    expect(page.locator("#nilai")).to_contain_text("Nilai sementara23,00")
    page.get_by_label("Catatan").fill("Sesuai SK terakhir")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator("#note")).to_have_value("Sesuai SK terakhir")


def prove(page, portal, tmp_path):
    """A PDF and a photo; the relay draws them; the original comes back byte by byte."""
    photo, decree = tmp_path / "posyandu.jpg", tmp_path / "SK Posyandu.pdf"
    Image.new("RGB", (1600, 1200), "#2a7").save(photo)
    decree.write_bytes(a_pdf())
    page.get_by_label("Unggah berkas").set_input_files([photo, decree])
    expect(page.locator("#bukti article")).to_have_count(2)
    expect(page.locator("#bukti article img")).to_have_count(2, timeout=60_000)
    page.locator("#bukti article", has_text="SK Posyandu").get_by_role("link", name="Buka").click()
    picture = page.get_by_alt_text(re.compile("^Halaman 1 dari"))
    expect(picture).to_be_visible()
    page.wait_for_function("() => document.querySelector('figure.sheet img').naturalWidth > 500")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh").click()
    assert download.value.path().read_bytes() == decree.read_bytes()


def a_pdf():
    """A small real document, made as the demo makes its own."""
    return pages_of([["# SK Posyandu", "Keputusan tentang posyandu."], ["Lampiran", "Ditetapkan di Rantau."]])


def send(page, portal, tapin):
    """Once, with the number of empties in one's own hand; frozen by the relay."""
    page.goto(f"{tapin}/")
    page.get_by_role("link", name="Kirim evaluasi").click()
    expect(page.locator(".weak-kinds")).to_contain_text("266 Belum diisi")
    page.get_by_label("Catatan pengirim").fill("Bagian lain menyusul.")
    page.get_by_label(re.compile("266 di antaranya kosong")).check()
    page.get_by_role("button", name="Kirim evaluasi mandiri").click()
    expect(page.get_by_text("Evaluasi mandiri terkirim")).to_be_visible()
    portal.until(
        "SELECT frozen_at FROM evaluations_stageresult WHERE stage = 'EM' AND evaluation_id = ?",
        portal.evaluation(TAPIN),
        what="EM is frozen",
    )


def desk(tapin):
    """The verifier's side of the same evaluation."""
    return f"{tapin.replace('/evaluasi/', '/verifikasi/')}/"


def assign(page):
    """The field verification gets somebody too; the administrative one has its verifier from the demo."""
    page.locator("summary", has_text="Tugaskan Verifikator Provinsi, Verifikasi lapangan").click()
    page.locator("details[open]").get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Semua klaster", exact=True)).to_have_count(2)


def judge(page, tapin):
    """By keyboard alone: accept, lower with a reason, walk on."""
    page.goto(f"{desk(tapin)}pertanyaan/1.1/")
    page.keyboard.press("3")
    page.keyboard.press("s")
    expect(page.get_by_role("alert")).to_contain_text("Belum tersimpan")
    page.get_by_label("Bukti tidak lengkap").check()
    page.keyboard.press("s")
    expect(page.locator("#posisi")).to_contain_text("20,00")
    page.keyboard.press("j")
    page.wait_for_url("**/pertanyaan/1.2a/**")
    page.keyboard.press("a")
    page.wait_for_url("**/pertanyaan/1.2b/**")
    page.goto(f"{desk(tapin)}pertanyaan/1.3a/")
    page.keyboard.press("a")
    expect(page.locator("#posisi")).to_contain_text("3/274 dinilai")
    page.goto(f"{desk(tapin)}pertanyaan/12.1/")
    expect(page.locator(".proof")).to_have_count(2)
    page.keyboard.press("n")
    page.keyboard.type("2,25")
    page.get_by_label("Bukti tidak lengkap").check()
    page.locator("#catatan").fill("Persentase tidak didukung data")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#posisi")).to_contain_text("19,25")


def close(page, portal, tapin):
    """Asks about the unjudged, and closes once that is confirmed."""
    page.goto(f"{desk(tapin)}tutup/")
    button = page.get_by_role("button", name="Tutup verifikasi administrasi")
    button.click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label(re.compile("270 pertanyaan belum dinilai")).check()
    button.click()
    page.wait_for_url(lambda url: "/tutup/" not in url)
    portal.until(
        "SELECT frozen_at FROM evaluations_stageresult WHERE stage = 'VA' AND evaluation_id = ?",
        portal.evaluation(TAPIN),
        what="VA is frozen",
    )


def read_recap(page, tapin):
    """The last line of the table by clusters: maximum, EM, VA, difference."""
    page.goto(f"{desk(tapin)}rekap/")
    cells = page.locator(".recap-table tfoot td.num").all_inner_texts()
    points = [Decimal(each.replace(".", "").replace(",", ".").replace("−", "-")) for each in cells]
    assert points[2] - points[1] == points[3]
    return cells


def paper(page, portal, tapin, title):
    """Ask, watch the progress, take the file; its text."""
    page.goto(tapin.replace("/evaluasi/", "/dokumen/") + "/")
    page.get_by_role("button", name=f"Buat PDF: {title}").click()
    link = page.get_by_role("link", name=f"Unduh {title} PDF")
    expect(link).to_be_visible(timeout=120_000)
    with page.expect_download() as download:
        link.click()
    pages = PdfReader(BytesIO(download.value.path().read_bytes())).pages
    return "\n".join(each.extract_text() for each in pages)
