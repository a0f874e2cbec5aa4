"""Every page that people see: readable for all, on every width, from this host alone, without a word in the console."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLResolver, get_resolver

from tests.browser.pages import NO_PAGE, PAGES
from tests.browser.people import DESKTOP, NARROW, PHONE, Person
from tests.browser.sheets import a_recap, a_workbook

pytestmark = pytest.mark.browser
INLINE = re.compile(r"""<[^>]+\s(?:style|on[a-z]+)\s*=\s*["']|<style[\s>]|<script(?![^>]*\ssrc=)[\s>]""")
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], "resultTypes": ["violations"]}
GRAVE = ("serious", "critical")
TANBU = "63.10"
RAIL_IS_OPEN = "() => [...document.querySelectorAll('details.rail')].every((rail) => rail.open)"


@pytest.fixture(scope="module")
def places(portal):
    """What the addresses of `PAGES` name, looked up in the demo."""
    tanbu, tapin = portal.evaluation(TANBU), portal.evaluation("63.05")
    question = "SELECT code FROM clusters_question WHERE {} ORDER BY position LIMIT 1"
    evidence = "SELECT id FROM evaluations_evidence WHERE evaluation_id = ? AND {} ORDER BY id LIMIT 1"
    return {
        "tanbu": tanbu,
        "empty": portal.evaluation("63.08"),
        "partial": portal.evaluation("63.04"),
        "judging": portal.evaluation("63.06"),
        "percentage": portal.one(question.format("measure = 'percentage' AND NOT two_years")),
        "two_years": portal.one(question.format("two_years")),
        "proved": portal.one(
            "SELECT question.code FROM evaluations_evidenceuse AS use JOIN evaluations_answer AS answer"
            " ON answer.id = use.answer_id JOIN clusters_question AS question ON question.id = answer.question_id"
            " JOIN verification_verdict AS verdict ON verdict.answer_id = answer.id AND verdict.reason <> ''"
            " WHERE answer.evaluation_id = ? ORDER BY question.position LIMIT 1",
            tanbu,
        ),
        "drawn": portal.one(evidence.format("media_type = 'application/pdf'"), tanbu),
        "office": portal.one(evidence.format("media_type LIKE '%spreadsheet%'"), tanbu),
        "tapin": tapin,
        "laut": portal.evaluation("63.01"),
        "kotabaru": portal.evaluation("63.02"),
        "doubted": portal.one(evidence.format("kind = 'FILE'"), tapin),
        "dinkes": portal.one(
            "SELECT office.id FROM accounts_office AS office"
            " JOIN accounts_region AS region ON region.id = office.region_id"
            " WHERE region.code = ? AND office.code = 'dinkes'",
            TANBU,
        ),
        "user": portal.one("SELECT id FROM accounts_user WHERE username = 'staf.dinkes'"),
    }


@pytest.fixture(scope="module")
def visitors(chromium, portal):
    """One browser session per name, kept for all pages: logging in is slow on purpose."""
    known = {}

    def visit(username):
        if username not in known:
            known[username] = Person(chromium, portal)
            if username:
                known[username].log_in(username)
        known[username].complaints.clear()
        return known[username]

    yield visit
    for somebody in known.values():
        somebody.close()


@pytest.mark.parametrize(
    ("username", "address", "name"), PAGES, ids=[f"{who or 'nobody'}-{at}" for who, at, _ in PAGES]
)
def test_page_is_readable_for_all_at_every_width(visitors, places, portal, username, address, name):
    somebody = visitors(username)
    if "{document}" in address:
        places = places | {"document": a_document(somebody, portal, places["tanbu"])}
    if "{link}" in address:
        places = places | {"link": a_link(somebody, portal, places)}
    if "{workbook}" in address:
        places = places | {"workbook": a_workbook(somebody.page, places["partial"])}
    if "{recap}" in address:
        places = places | {"recap": a_recap(somebody.page, places["partial"])}
    answer = somebody.goto(address.format(**places))
    found = []
    expected = int(name) if name.isdigit() else 410 if "tidak-berlaku" in address else 200
    if answer.status != expected:
        found.append(f"status {answer.status}")
    if expected != 200:  # chromium notes every refusal in the console
        somebody.complaints[:] = [each for each in somebody.complaints if f"status of {expected}" not in each]
    found += [f"inline: {each.group(0)[:80]}" for each in INLINE.finditer(answer.text())]
    for size in (NARROW, PHONE, DESKTOP):
        somebody.page.set_viewport_size(size)
        if size == DESKTOP:  # the script opens the rail where there is room
            somebody.page.wait_for_function(RAIL_IS_OPEN)
        found += sideways(somebody.page, size)
        if size != NARROW:
            picture(somebody.page, f"{username or 'nobody'}{address}", size)
            found += weaknesses(somebody.page, size)
    assert found + somebody.complaints == []


def test_checks_find_what_is_wrong(person):
    page = person().page
    page.set_viewport_size(PHONE)
    page.set_content('<html lang="id"><title>x</title><main><input><p style="width:900px">x</p></main></html>')
    assert [line.split(", ")[2].split(":")[0] for line in weaknesses(page, PHONE)] == ["label"]
    assert len(sideways(page, PHONE)) == 1
    wrong, right = (
        ('<p style="a">', "<b onclick='x'>", "<script>1", "<style>p"),
        ('<script src="a">', "<p class='style'>"),
    )
    assert [bool(INLINE.search(text)) for text in (*wrong, *right)] == [True] * 4 + [False] * 2


def test_list_of_pages_is_complete():
    assert {name for _, _, name in PAGES if not name.isdigit()} | NO_PAGE == set(address_names(get_resolver()))


def address_names(resolver, prefix=""):
    """Every name of the URLconf, with its namespace."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from address_names(pattern, inner)
        else:
            yield f"{prefix}{pattern.name}"


def sideways(page, size):
    """What sticks out of the page, when the page scrolls sideways."""
    width = page.evaluate("document.documentElement.scrollWidth")
    if width <= size["width"]:
        return []
    culprits = page.evaluate(
        """(limit) => [...document.querySelectorAll("body *")]
             .filter((each) => each.getBoundingClientRect().right > limit + 1)
             .slice(0, 4).map((each) => each.tagName + "." + each.getAttribute("class"))""",
        size["width"],
    )
    return [f"{width} px wide at {size['width']}: {culprits}"]


def picture(page, words, size):
    """A picture of the whole page for human eyes, when KLA_PICTURES names a folder."""
    if folder := os.environ.get("KLA_PICTURES", ""):
        name = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
        page.screenshot(path=Path(folder, f"{name}-{size['width']}.png"), full_page=True)


def weaknesses(page, size):
    """What axe finds grave; the rest is printed."""
    grave = []
    for each in Axe().run(page, options=STANDARD).response["violations"]:
        line = f"{size['width']} px, {each['impact']}, {each['id']}: " + "; ".join(
            f"{node['target'][0]} {node['failureSummary'].splitlines()[-1].strip()}" for node in each["nodes"][:3]
        )
        wcag = any(tag.startswith("wcag") for tag in each["tags"])
        (grave.append if wcag and each["impact"] in GRAVE else print)(line)
    return grave


def a_document(somebody, portal, evaluation):
    """A document of this evaluation, asked for when there is none."""
    known = portal.rows("SELECT id FROM reports_document WHERE evaluation_id = ?", evaluation)
    if not known:
        somebody.goto(f"/dokumen/{evaluation}/")
        somebody.page.get_by_role("button", name=re.compile("CSV")).first.click()
        somebody.page.wait_for_url("**#dokumen-*")
    return portal.rows("SELECT max(id) FROM reports_document WHERE evaluation_id = ?", evaluation)[0][0]


def a_link(somebody, portal, places):
    """Evidence that is an address elsewhere; the demo has none."""
    somebody.goto("/evaluasi/{empty}/pertanyaan/{proved}/".format(**places))
    somebody.page.get_by_text("Tambah tautan").click()
    somebody.page.get_by_label("Alamat tautan").fill("https://jdih.contoh.go.id/perda-3-2021")
    somebody.page.get_by_label("Nama dokumen").fill("Perda KLA")
    somebody.page.get_by_role("button", name="Simpan tautan").click()
    somebody.page.locator("#bukti .proof", has_text="Perda KLA").first.wait_for()
    return portal.rows("SELECT max(id) FROM evaluations_evidence WHERE kind = 'LINK'")[0][0]
