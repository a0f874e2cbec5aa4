"""Boards and where points went, at a browser: two clicks to a reason; order, filter, a number to what it is made of."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import PHONE

pytestmark = pytest.mark.browser


def test_a_region_finds_in_two_clicks_why_indicator_six_lost_points(person, portal):
    case = portal.evaluation("63.10")
    operator = person("operator", then=f"/evaluasi/{case}/")
    page = operator.page

    page.get_by_role("link", name="Lihat rekap").click()
    page.locator("#per-indikator").get_by_role("link", name=re.compile("^6 ·")).click()

    details = page.locator("#indikator-6")
    expect(details).to_be_visible()
    expect(details).to_contain_text("Bukti tidak lengkap")
    expect(details.locator(".quote").first).to_be_visible()
    expect(page.locator(".recap-indicator")).to_have_count(1)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert operator.complaints == []


def test_a_verifier_sorts_the_board_and_opens_what_a_number_is_made_of(person):
    verifier = person("verifikator", then="/verifikasi/papan/")
    page = verifier.page

    expect(page.locator("#beban")).to_contain_text("Selengkapnya")
    page.get_by_role("columnheader", name="VA").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="VA")).to_have_attribute("aria-sort", "descending")
    figures = page.locator("td[data-label='Verifikasi administrasi'] a").all_inner_texts()
    page.get_by_label("Kemajuan tahap").select_option("berjalan")
    page.get_by_role("button", name="Terapkan").click()
    expect(page.locator(".board-count")).to_contain_text(re.compile(r"^\d+ dari 13 daerah"))
    page.locator("td[data-label='Verifikasi administrasi'] a").first.click()

    expect(page.get_by_role("heading", level=1, name="Rekap nilai")).to_be_visible()
    points = [float(each.replace(".", "").replace(",", ".")) for each in figures]
    assert (len(points) >= 2, points) == (True, sorted(points, reverse=True))
    assert verifier.complaints == []


def test_an_operator_edits_a_row_of_the_working_paper(person, portal):
    case = portal.evaluation("63.10")
    operator = person("operator", then=f"/rapat/{case}/kertas-kerja/?klaster=I")
    page = operator.page

    page.get_by_role("link", name="Sunting indikator 5").click()
    page.get_by_label("Batas waktu").fill("2026-12-31")
    page.get_by_label("Data yang dibutuhkan").fill("Keputusan bupati yang sudah ditandatangani")
    page.get_by_role("button", name="Simpan").click()

    row = page.locator("#indikator-I-5")
    expect(row).to_contain_text("Keputusan bupati yang sudah ditandatangani")
    expect(row).to_contain_text("31 Desember 2026")
    expect(row).to_contain_text("disunting")
    assert operator.complaints == []
