"""Impatient hands: two clicks on a button do what one does."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_main_job import a_pdf

pytestmark = pytest.mark.browser


def test_saving_twice_makes_one_version(person, portal):
    evaluation = portal.evaluation("63.08")
    page = person("operator.utara", then=f"/evaluasi/{evaluation}/pertanyaan/13.6/").page
    page.get_by_label("Catatan").evaluate("field => { field.value = 'Sekali saja' }")
    page.get_by_role("radio").nth(1).evaluate("radio => { radio.checked = true }")
    page.get_by_role("button", name="Simpan").dblclick()
    expect(page.locator(".sheet-head")).to_contain_text("Tersimpan")
    page.wait_for_load_state("networkidle")
    versions = (
        "SELECT count(*) FROM evaluations_answerversion AS version JOIN evaluations_answer AS answer"
        " ON answer.id = version.answer_id WHERE answer.evaluation_id = ? AND answer.note = 'Sekali saja'"
    )
    assert portal.one(versions, evaluation) == 1
    expect(page.locator(".conflict")).to_have_count(0)


def test_uploading_twice_attaches_one_document(person, portal, tmp_path):
    evaluation, file = portal.evaluation("63.08"), tmp_path / "Dua klik.pdf"
    file.write_bytes(a_pdf() + b"\n% twice")
    page = person("operator.utara", then=f"/evaluasi/{evaluation}/pertanyaan/19.3/").page
    for _ in range(2):
        page.get_by_label("Unggah berkas").set_input_files(file)
    expect(page.locator("#bukti .arrival[data-state=done]")).to_have_count(2)
    expect(page.locator("#bukti article")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    assert portal.one("SELECT count(*) FROM evaluations_evidence WHERE title LIKE 'Dua klik%'") == 1


def test_sending_twice_sends_once(person, portal):
    evaluation = portal.evaluation("63.11")
    page = person("operator.balangan", then=f"/evaluasi/{evaluation}/kirim/").page
    page.get_by_label("Catatan pengirim").fill("Bagian lain menyusul.")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Kirim evaluasi mandiri").dblclick()
    expect(page.locator(".notices .notice")).to_have_text(re.compile("Evaluasi mandiri terkirim"))
    assert trail(portal, evaluation, "evaluation.submitted") == 1


def test_judging_twice_gives_one_verdict(person, portal):
    evaluation = portal.evaluation("63.03")
    page = person("verifikator", then=f"/verifikasi/{evaluation}/pertanyaan/5.2/").page
    page.get_by_label(re.compile("Terima klaim")).dblclick()
    expect(page.locator("#tersimpan")).to_contain_text("Penilaian 5.2 tersimpan")
    page.wait_for_load_state("networkidle")
    verdicts = (
        "SELECT count(*) FROM verification_verdict AS verdict JOIN evaluations_answer AS answer"
        " ON answer.id = verdict.answer_id JOIN clusters_question AS question ON question.id = answer.question_id"
        " WHERE answer.evaluation_id = ? AND question.code = '5.2'"
    )
    assert portal.one(verdicts, evaluation) == 1


def test_closing_twice_closes_once(person, portal):
    evaluation = portal.evaluation("63.72")
    page = person("verifikator", then=f"/verifikasi/{evaluation}/tutup/").page
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Tutup verifikasi administrasi").dblclick()
    page.wait_for_url(lambda url: "/tutup/" not in url)
    expect(page.locator(".notice.error, .notice.bad")).to_have_count(0)
    assert portal.one("SELECT stage FROM evaluations_evaluation WHERE id = ?", evaluation) == "VL"
    assert trail(portal, evaluation, "stage.closed") == 1


def test_asking_twice_makes_one_document(person, portal):
    evaluation = portal.evaluation("63.71")
    page = person("admin", then=f"/dokumen/{evaluation}/").page
    page.get_by_role("button", name="Excel: Laporan Hasil Verifikasi").dblclick()
    page.wait_for_url("**#dokumen-*")
    expect(page.locator(".paper-row")).to_have_count(1)
    assert portal.one("SELECT count(*) FROM reports_document WHERE evaluation_id = ?", evaluation) == 1


def trail(portal, evaluation, action):
    """How often the trail tells of it."""
    return portal.one(
        "SELECT count(*) FROM accounts_auditevent WHERE subject = ? AND action = ? AND by_id IS NOT NULL",
        f"evaluation:{evaluation}",
        action,
    )
