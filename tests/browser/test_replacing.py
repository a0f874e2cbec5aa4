"""A document replaced over a weak network: progress, a line that breaks, a page that is left, a refusal."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.network import Held
from tests.browser.people import PHONE
from tests.browser.test_main_job import a_pdf
from tests.browser.test_pages import sideways, weaknesses

pytestmark = pytest.mark.browser
REGION, USERNAME = "63.08", "operator.utara"
PART = 1024 * 1024
FOUND = "SELECT id FROM evaluations_evidence WHERE title = ? AND replaces_id IS NULL"
FRESH = (
    "SELECT fresh.id, fresh.replace_reason, fresh.file_name FROM evaluations_evidence AS fresh"
    " JOIN evaluations_evidence AS old ON old.id = fresh.replaces_id WHERE old.title = ?"
)


@pytest.fixture
def replacing(person, portal, tmp_path):
    """`replacing(title)`: a document put into the library, opened with the form unfolded; and a larger file."""

    def enter(title, **options):
        base = f"/evaluasi/{portal.evaluation(REGION)}/bukti/"
        somebody = person(USERNAME, then=base, **options)
        page, first = somebody.page, tmp_path / f"{title}.pdf"
        first.write_bytes(a_pdf() + f"\n%{title}\n".encode())
        page.get_by_label("Unggah berkas").set_input_files(first)
        expect(page.locator(".arrival[data-state=done]")).to_have_count(1)
        page.goto(page.url.split("?")[0] + f"{portal.one(FOUND, title)}/")
        page.get_by_text("Ganti berkas", exact=True).first.click()
        large = tmp_path / f"{title} baru.pdf"
        large.write_bytes(a_pdf() + f"\n%{title}".encode() + b"y" * (3 * PART) + b"\n")
        return somebody, large

    return enter


def send(page, file, reason="Versi bertanda tangan"):
    page.get_by_label("Berkas pengganti").set_input_files(file)
    if reason:
        page.get_by_label("Alasan penggantian").fill(reason)
    page.get_by_role("button", name="Ganti berkas").click()


def test_replacement_goes_on_by_itself_and_opens_the_new_version(replacing, portal):
    somebody, large = replacing("Ganti satu", viewport=PHONE)
    page, held = somebody.page, Held(somebody.page, "**/bagian/2097152/")
    send(page, large)
    expect(page.locator("#ganti .arrival-state")).to_contain_text("2,0 MB dari 3,0 MB")
    held.until(1)
    somebody.context.set_offline(True)
    held.lose()
    held.release()
    expect(page.locator("#ganti .arrival[data-state=lost]")).to_contain_text("dilanjutkan sendiri")
    expect(page.locator("#ganti .file-name")).to_have_text("Ganti satu baru.pdf")
    expect(page.get_by_label("Berkas pengganti")).to_have_css("opacity", "0")  # the browser's own words stay unseen
    assert sideways(page, PHONE) + weaknesses(page, PHONE) == []
    somebody.context.set_offline(False)

    expect(page.get_by_text("Berkas diganti. Versi lama tetap tersimpan di pustaka.")).to_be_visible(timeout=60_000)
    fresh, reason, name = portal.rows(FRESH, "Ganti satu")[0]
    assert (reason, name) == ("Versi bertanda tangan", "Ganti satu baru.pdf")
    assert page.url.endswith(f"/bukti/{fresh}/")


def test_replacement_goes_on_after_the_page_was_left(replacing, portal):
    somebody, large = replacing("Ganti dua")
    page, held = somebody.page, Held(somebody.page, "**/bagian/2097152/")
    send(page, large)
    held.until(1)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    held.lose()
    page.goto(page.url)
    page.unroute("**/bagian/2097152/")

    expect(page.locator("#ganti .unfinished")).to_contain_text("Ganti dua baru.pdf")
    expect(page.get_by_label("Alasan penggantian")).to_have_value("Versi bertanda tangan")
    sent = []
    page.on("request", lambda request: sent.extend(re.findall(r"/bagian/(\d+)/", request.url)))
    send(page, large, reason="")

    expect(page.get_by_text("Berkas diganti. Versi lama")).to_be_visible(timeout=60_000)
    assert (asked, sent) == (["beforeunload"], ["2097152", "3145728"])


def test_refused_replacement_keeps_file_and_reason(replacing, tmp_path):
    somebody, _ = replacing("Ganti tiga")
    page, program = somebody.page, tmp_path / "Bukan dokumen.pdf"
    program.write_bytes(b"MZ\x90\x00" + bytes(2000))
    send(page, program)

    expect(page.locator("#ganti .arrival[data-state=failed]")).to_contain_text("ternyata program")
    expect(page.get_by_role("button", name="Ganti berkas")).to_be_visible()
    expect(page.get_by_label("Alasan penggantian")).to_have_value("Versi bertanda tangan")
    assert page.get_by_label("Berkas pengganti").evaluate("field => field.files[0].name") == "Bukan dokumen.pdf"


def test_cancelled_replacement_changes_nothing(replacing, portal):
    somebody, large = replacing("Ganti empat")
    page, held = somebody.page, Held(somebody.page, "**/bagian/1048576/")
    send(page, large)
    held.until(1)
    page.get_by_role("button", name="Batal Ganti empat baru.pdf").click()

    expect(page.locator("#ganti .arrival")).to_have_count(0)
    expect(page.get_by_role("button", name="Ganti berkas")).to_be_focused()
    portal.until("SELECT count(*) = 0 FROM evaluations_upload WHERE name = ?", large.name, what="the upload is gone")
    assert portal.rows(FRESH, "Ganti empat") == []
