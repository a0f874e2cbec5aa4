"""Files on their way in, in a real browser: dropped, pasted, cut off, gone on with, taken apart."""

import pytest
from playwright.sync_api import expect

from tests.browser.network import Held
from tests.browser.people import PHONE
from tests.browser.test_main_job import a_pdf
from tests.browser.test_pages import sideways, weaknesses
from tests.evaluations.arrivals import zips

pytestmark = pytest.mark.browser
REGION, USERNAME = "63.08", "operator.utara"
PART = 1024 * 1024
TRANSFER = """([names, head, size]) => {
  const bytes = Uint8Array.from(head);
  const transfer = new DataTransfer();
  for (const name of names) {
    const filling = `\\n%${name}${"x".repeat(size)}\\n`;
    transfer.items.add(new File([bytes, filling], name, { type: "application/pdf" }));
  }
  return transfer;
}"""
TITLES = "SELECT title FROM evaluations_evidence WHERE title LIKE ? ORDER BY title"
OPEN = "SELECT count(*) FROM evaluations_upload WHERE finished_at IS NULL AND name LIKE ?"


@pytest.fixture
def operator(person, portal):
    """`operator(code)` is somebody on the page of a question."""

    def enter(code, **options):
        return person(USERNAME, then=f"/evaluasi/{portal.evaluation(REGION)}/pertanyaan/{code}/", **options)

    return enter


def hand_over(page, names, *, size=2 * PART + 5000, how="drop"):
    """Let files fall on the page, or paste them."""
    transfer = page.evaluate_handle(TRANSFER, [names, list(a_pdf()), size])
    if how == "drop":
        page.dispatch_event("#bukti", "dragover", {"dataTransfer": transfer})
        page.dispatch_event("#bukti", "drop", {"dataTransfer": transfer})
    else:
        page.evaluate("held => document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: held }))", transfer)


def states(page, state):
    return page.locator(f"#bukti .arrival[data-state={state}]")


def test_uploads_that_have_come_are_cleared_at_once_or_by_the_next(operator):
    page = operator("20.3").page
    clear = page.get_by_role("button", name="Tutup yang selesai")

    hand_over(page, ["Bersih satu.pdf", "Bersih dua.pdf"], size=100)
    expect(states(page, "done")).to_have_count(2)
    clear.click()
    expect(page.locator("#bukti .arrival")).to_have_count(0)
    expect(clear).to_be_hidden()

    for name in ("Bersih tiga.pdf", "Bersih empat.pdf"):
        hand_over(page, [name], size=100)
        expect(states(page, "done").filter(has_text=name)).to_have_count(1)

    expect(page.locator("#bukti .arrival")).to_have_count(1)
    expect(page.locator("#bukti article")).to_have_count(4)


def test_three_dropped_files_arrive_once_although_the_network_goes(operator, portal):
    somebody = operator("20.1")
    page, held = somebody.page, Held(somebody.page, "**/bagian/1048576/")

    hand_over(page, ["Jatuh satu.pdf", "Jatuh dua.pdf", "Jatuh tiga.pdf"])
    expect(page.locator("#bukti .arrival")).to_have_count(3)
    held.until(2)  # two files travel at a time
    somebody.context.set_offline(True)
    held.lose()
    held.release()
    expect(states(page, "lost")).to_have_count(2)
    somebody.context.set_offline(False)

    expect(states(page, "done")).to_have_count(3, timeout=60_000)
    expect(page.locator("#bukti-daftar article")).to_have_count(3)
    expect(page.locator("#bukti-judul")).to_contain_text("Bukti (3)")
    assert portal.rows(TITLES, "Jatuh%") == [("Jatuh dua",), ("Jatuh satu",), ("Jatuh tiga",)]
    assert portal.one(OPEN, "Jatuh%") == 0


def test_upload_goes_on_after_the_page_was_left(operator, portal, tmp_path):
    somebody = operator("20.2")
    page, file = somebody.page, tmp_path / "Besok lagi.pdf"
    file.write_bytes(a_pdf() + b"\n%" + b"y" * (3 * PART) + b"\n")
    held = Held(page, "**/bagian/2097152/")
    page.get_by_label("Unggah berkas").set_input_files(file)
    expect(page.locator(".arrival-state")).to_contain_text("2,0 MB dari 3,0 MB")
    held.until(1)
    page.on("dialog", lambda dialog: dialog.accept())
    held.lose()
    page.goto(page.url)
    page.unroute("**/bagian/2097152/")
    expect(page.locator(".unfinished")).to_contain_text("Besok lagi.pdf")

    sent = []
    page.on(
        "request",
        lambda request: sent.append(request.url.rsplit("/bagian/", 1)[-1]) if "/bagian/" in request.url else None,
    )
    page.get_by_label("Unggah berkas").set_input_files(file)

    expect(states(page, "done")).to_have_count(1)
    expect(page.locator(".unfinished")).not_to_contain_text("Besok lagi.pdf")
    assert sent == ["2097152/", "3145728/"]
    assert portal.rows(TITLES, "Besok lagi%") == [("Besok lagi",)]


def test_cancelled_upload_leaves_nothing_and_refused_one_says_why(operator, portal, tmp_path):
    page = operator("20.3").page
    program = tmp_path / "Bukan dokumen.pdf"
    program.write_bytes(b"MZ\x90\x00" + bytes(2000))
    held = Held(page, "**/bagian/1048576/")
    hand_over(page, ["Batalkan.pdf"])
    held.until(1)

    page.get_by_role("button", name="Batal Batalkan.pdf").click()
    page.get_by_label("Unggah berkas").set_input_files(program)

    expect(states(page, "failed")).to_contain_text("ternyata program")
    expect(page.locator("#bukti .arrival")).to_have_count(1)
    portal.until(
        "SELECT count(*) = 0 FROM evaluations_upload WHERE name = ?", "Batalkan.pdf", what="the upload is gone"
    )


def test_more_files_than_allowed_get_a_sentence(operator):
    page = operator("20.3").page
    hand_over(page, [f"{n}.pdf" for n in range(101)], size=10)
    expect(page.locator("#bukti .notice.error")).to_contain_text("Paling banyak 100 berkas sekaligus")
    expect(page.locator("#bukti .arrival")).to_have_count(0)


def test_pasted_picture_gets_a_name_that_says_when(operator, portal):
    page = operator("20.4").page
    hand_over(page, ["image.pdf", "Tempelan.pdf"], size=10, how="paste")
    expect(states(page, "done")).to_have_count(2)
    assert portal.rows(TITLES, "Tempelan%") == [("Tempelan",)]


def test_zip_in_the_library_is_taken_apart_and_reported(person, portal, tmp_path):
    evaluation, archive = portal.evaluation(REGION), tmp_path / "Bukti dinas.zip"
    archive.write_bytes(zips.packed(("Dinas/Notula.pdf", zips.pdf(31)), ("Dinas/kosong.pdf", b"")))
    somebody = person(USERNAME, then=f"/evaluasi/{evaluation}/bukti/", viewport=PHONE, has_touch=True, is_mobile=True)
    page = somebody.page
    expect(page.get_by_text("Pilih berkas", exact=True)).to_be_visible()
    expect(page.get_by_text("Ambil foto")).to_be_visible()
    expect(page.get_by_role("button", name="Unggah", exact=True)).to_be_hidden()

    page.get_by_label("Unggah berkas").set_input_files(archive)
    expect(page.locator(".arrival-state")).to_contain_text("1 dokumen diterima, 1 ditolak", timeout=60_000)
    expect(page.locator("#pustaka-daftar")).to_contain_text("Notula")
    page.get_by_role("link", name="Lihat hasilnya").click()

    expect(page.get_by_role("row", name="Dinas/kosong.pdf")).to_contain_text("Berkas ini kosong")
    assert sideways(page, PHONE) + weaknesses(page, PHONE) + somebody.complaints == []
