"""The verifier's desk by keyboard alone: eight questions in a row, nothing touched with the mouse."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import DESKTOP, PHONE

pytestmark = pytest.mark.browser
REGION, CLUSTER = "63.03", "V"
NOTE = "Data jajaran belum lengkap."  # holds letters that are keys, too


@pytest.fixture
def waiting(portal):
    """The first eight questions of the cluster that wait for a verdict and claim something."""
    rows = portal.rows(
        "SELECT question.code FROM evaluations_answer AS answer"
        " JOIN clusters_question AS question ON question.id = answer.question_id"
        " JOIN clusters_indicator AS indicator ON indicator.id = question.indicator_id"
        " JOIN clusters_cluster AS cluster ON cluster.id = indicator.cluster_id"
        " WHERE answer.evaluation_id = ? AND cluster.code = ? AND NOT EXISTS"
        " (SELECT 1 FROM verification_verdict AS verdict WHERE verdict.answer_id = answer.id AND verdict.stage = 'VA')"
        " ORDER BY question.position LIMIT 9",
        portal.evaluation(REGION), CLUSTER,
    )  # fmt: skip
    return [code for (code,) in rows]


def verdicts(portal, codes):
    """What stands for these questions: points against what was claimed, whether it is sent back, the note."""
    rows = portal.rows(
        "SELECT question.code, verdict.decision, verdict.is_return, verdict.note FROM verification_verdict AS verdict"
        " JOIN evaluations_answer AS answer ON answer.id = verdict.answer_id"
        " JOIN clusters_question AS question ON question.id = answer.question_id"
        " WHERE answer.evaluation_id = ? AND verdict.is_current AND verdict.stage = 'VA'",
        portal.evaluation(REGION),
    )
    found = {code: rest for code, *rest in rows}
    return [found.get(code) for code in codes]


def test_eight_questions_are_judged_without_touching_the_mouse(person, portal, waiting):
    page = person("verifikator", then=f"/verifikasi/{portal.evaluation(REGION)}/?klaster={CLUSTER}&keadaan=belum").page
    press = page.keyboard.press
    press("Enter")
    page.wait_for_url(f"**/pertanyaan/{waiting[0]}/**")
    for code in waiting[:5]:
        judge(page, code, "a")
    press("r")
    press("3")
    page.keyboard.type(NOTE)
    judge(page, waiting[5], "Control+Enter")
    press("n")
    page.keyboard.type("0")
    if page.locator(".wants-reason").count():
        press("Enter")
        press("2")
    else:
        press("Escape")
    expect(page.locator("#tersimpan")).to_contain_text(f"Penilaian {waiting[6]} tersimpan")
    press("c")
    page.keyboard.type(NOTE)
    judge(page, waiting[6], "Control+Enter")
    judge(page, waiting[7], "a")
    press("z")
    expect(page.locator("#tersimpan")).to_contain_text(f"Penilaian {waiting[7]} dibatalkan")
    judge(page, waiting[7], "a")

    accepted = ["ACCEPT", 0, ""]
    assert verdicts(portal, waiting[:8]) == [
        *[accepted] * 5, ["POINTS", 1, NOTE], ["POINTS", 0, NOTE], accepted
    ]  # fmt: skip


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_whoever_else_is_there_leaves_the_question_its_room(person, portal, waiting, viewport):
    there = f"/verifikasi/{portal.evaluation(REGION)}/pertanyaan/{waiting[8]}/"
    person("koordinator", then=there)

    page = person("verifikator", then=there, viewport=viewport).page

    expect(page.locator("#hadir")).to_contain_text("juga membuka pertanyaan ini")
    boxes = [page.locator(place).bounding_box() for place in (".desk-head-text", ".desk-head > .pills >> nth=0")]
    assert [(box["x"], box["width"] > viewport["width"] * 0.6) for box in boxes] == [(boxes[0]["x"], True)] * 2


def judge(page, code, key):
    """The key ends the question: it is saved and the next one lies on the table."""
    expect(page.locator("#meja")).to_have_attribute("data-code", code)
    page.keyboard.press(key)
    expect(page.locator("#tersimpan")).to_contain_text(f"Penilaian {code} tersimpan")
    expect(page.locator("#meja")).not_to_have_attribute("data-code", code)


def test_a_document_of_many_questions_names_them_all_inside_its_frame(person, portal):
    page = person("penelaah.tala", then=f"/verifikasi/{portal.evaluation('63.01')}/pertanyaan/1.1/").page
    head = page.locator(".proof-head", has_text="dipakai juga di").first
    inside, around = head.locator(".pill.warn").bounding_box(), head.bounding_box()

    assert inside["x"] + inside["width"] <= around["x"] + around["width"]
