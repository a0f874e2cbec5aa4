"""Hands on the keyboard only: where one is can be seen, and everything can be reached."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


PLACE = "(({top, left}) => [Math.round((top + scrollY) / 20), left])(document.activeElement.getBoundingClientRect())"


@pytest.fixture
def page(person, portal):
    """A question of an evaluation that is open."""
    return person("operator.utara", then=f"/evaluasi/{portal.evaluation('63.08')}/pertanyaan/19.1/").page


def focused(page):
    """The element that has the focus, as words."""
    return page.evaluate("document.activeElement.innerText || document.activeElement.name")


def test_first_tab_offers_the_way_past_the_menus(page):
    page.keyboard.press("Tab")
    assert focused(page) == "Langsung ke isi"
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_every_stop_shows_its_focus_ring(page):
    bare = []
    for _ in range(45):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                 const it = document.activeElement;
                 const look = getComputedStyle(it), box = getComputedStyle(it.parentElement);
                 const ring = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
                   || style.boxShadow !== "none";
                 return it === document.body || ring(look) || ring(box) ? "" : it.outerHTML.slice(0, 80);
               }"""
        )
        bare += [found] if found else []
    assert bare == []


def test_answer_is_chosen_and_saved_by_keyboard(page):
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".sheet-head")).to_contain_text(re.compile(r"Tersimpan \d\d\.\d\d"))
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    expect(page.get_by_role("radio").nth(1)).to_be_focused()


def test_next_question_follows_an_answer_chosen_by_its_number(page, portal):
    page.goto(f"/evaluasi/{portal.evaluation('63.08')}/pertanyaan/19.3/")
    page.keyboard.press("2")
    expect(page.locator(".sheet-head")).to_contain_text(re.compile(r"Tersimpan \d\d\.\d\d"))
    expect(page.get_by_role("radio").nth(1)).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("19.3 ")
    page.wait_for_load_state()  # keys are heard once the scripts are there
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1)).to_contain_text("19.3 ")


def test_library_is_walked_in_the_order_in_which_it_is_seen(person, portal):
    for width in (390, 1280):
        options = {"viewport": {"width": width, "height": 844}}
        page = person("operator.utara", then=f"/evaluasi/{portal.evaluation('63.08')}/bukti/?jenis=SK", **options).page
        page.get_by_label("Cari").focus()
        seen = []
        for _ in range(7):
            seen.append(page.evaluate(PLACE))
            page.keyboard.press("Tab")
        assert seen == sorted(seen)


def test_menu_opens_by_enter_and_closes_by_escape(page):
    menu = page.locator("details.menu > summary")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Akun saya")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Akun saya")).to_be_hidden()
