"""A session that was left alone ends; whoever comes back finds the page again."""

import pytest
from playwright.sync_api import expect

from kla_portal.demo import PASSWORD

pytestmark = pytest.mark.browser
IDLE_SECONDS = 2


def test_next_action_after_silence_leads_to_log_in_and_back(person, portal):
    address = portal.web_again(SESSION_IDLE_SECONDS=str(IDLE_SECONDS))
    question = f"/evaluasi/{portal.evaluation('63.08')}/pertanyaan/19.5/"
    page = person("operator.utara", then=question, address=address).page
    last = page.evaluate("Date.now()")
    page.wait_for_function("([last, span]) => Date.now() - last > span", arg=[last, (IDLE_SECONDS + 2) * 1000])

    page.get_by_role("radio").nth(1).check()

    page.wait_for_url("**/akun/masuk/**")
    expect(page.get_by_role("status")).to_contain_text("Anda keluar otomatis karena tidak ada kegiatan")
    page.get_by_label("Nama pengguna").fill("operator.utara")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(f"{address}{question}")
    expect(page.get_by_role("radio").nth(1)).to_be_visible()
