"""The pages of the working paper: who reads and writes, two people on one row, the file."""

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from followup.actions import Written
from followup.models import PaperRow
from tests.factories import make_office, make_region, make_user
from tests.followup.cases import make_met, operator_of
from tests.followup.test_paper import MINE, save

pytestmark = pytest.mark.django_db
TYPED = {"done": "Sudah", "undone": "Belum", "needed": "SK", "responsible": "Dinkes", "due_on": "2025-06-01"}


def address(evaluation, name="paper", *more):
    """Of one of the paper's pages."""
    return reverse(f"followup:{name}", args=[evaluation.pk, *more])


def browser_of(user):
    """Logged in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("role", "code", "reads", "writes"),
    [("OPERATOR", "63.10", 200, 302), ("LEADER", "63.10", 200, 302), ("ADMIN", "63.10", 200, 302),
     ("REVIEWER", "63.10", 200, 403), ("VERIFIER", "63.10", 404, 404), ("OPERATOR", "63.05", 404, 404)],
)  # fmt: skip
def test_paper_by_role(role, code, reads, writes):
    evaluation = make_met()
    client = browser_of(make_user(role, region=make_region(code)))

    found = client.get(address(evaluation)).status_code
    saved = client.post(address(evaluation, "paper_row", "K", "1"), {**TYPED, "version": "0"}).status_code

    assert (found, saved, PaperRow.objects.count()) == (reads, writes, int(writes == 302))


def test_staff_find_no_paper():
    evaluation = make_met()
    client = browser_of(make_user("STAFF", office=make_office(evaluation.region)))

    assert client.get(address(evaluation)).status_code == 404


def test_second_of_two_editors_sees_both_versions():
    evaluation = make_met()
    save(evaluation, MINE, version=0)
    client = browser_of(operator_of(evaluation))

    late = client.post(address(evaluation, "paper_row", "K", "1"), {**TYPED, "version": "0"})
    page = late.content.decode()
    again = client.post(address(evaluation, "paper_row", "K", "1"), {**TYPED, "version": "1"})

    assert (late.status_code, MINE.undone in page, ">Belum</textarea>" in page.replace("\n", "")) == (409, True, True)
    assert 'name="version" value="1"' in page
    assert (again.status_code, PaperRow.objects.current().get().undone) == (302, "Belum")


def test_earlier_words_can_be_taken_up_again():
    evaluation = make_met()
    save(evaluation, MINE, version=0)
    save(evaluation, Written(done="Lain"), version=1)
    client = browser_of(operator_of(evaluation))

    page = client.get(address(evaluation, "paper_row", "K", "1") + "?versi=1").content.decode()

    assert (f">\n{MINE.undone}</textarea>" in page, 'name="version" value="2"' in page) == (True, True)


def test_refilling_asks_first_and_tells_of_a_later_edit():
    evaluation = make_met()
    row = save(evaluation, MINE, version=0)
    client = browser_of(operator_of(evaluation))

    asked = client.get(address(evaluation, "paper_refill"))
    nothing = client.post(address(evaluation, "paper_refill"), {})
    save(evaluation, Written(done="Lebih baru"), version=1)
    late = client.post(address(evaluation, "paper_refill"), {"row": f"{row.indicator_id}:1"})
    done = [client.post(address(evaluation, "paper_refill"), {"row": f"{row.indicator_id}:2"}) for _ in range(2)]

    assert (asked.status_code, MINE.undone in asked.content.decode()) == (200, True)
    assert (nothing.status_code, late.status_code, "Lebih baru" in late.content.decode()) == (422, 409, True)
    assert [each.status_code for each in done] == [302, 302]
    assert (PaperRow.objects.count(), PaperRow.objects.current().get().is_edited) == (3, False)


@pytest.mark.parametrize(
    "typed",
    [{"done": "x" * 8001}, {"done": "\x00"}, {"due_on": "9999-12-31"}, {"due_on": "kapan"}, {"version": "satu"},
     {"version": "9" * 40}, {"version": "-1"}],
)  # fmt: skip
def test_bad_rows_are_refused_with_a_sentence(typed):
    evaluation = make_met()
    client = browser_of(operator_of(evaluation))

    response = client.post(address(evaluation, "paper_row", "K", "1"), {**TYPED, "version": "0", **typed})

    assert (response.status_code, "field-error" in response.content.decode()) == (422, True)
    assert PaperRow.objects.count() == 0


def test_workbook_says_what_the_page_says():
    evaluation = make_met()
    client = browser_of(operator_of(evaluation))
    save(evaluation, MINE, version=0)

    file = client.get(address(evaluation, "paper_download") + "?klaster=K")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()

    assert [row[:3] for row in rows[4:]] == [
        ["1", "K Kelembagaan", 320.0], ["2", "K Kelembagaan", 200.0], ["", "Jumlah", 520.0],
    ]  # fmt: skip
    assert rows[4][4:9] == [MINE.done, MINE.undone, MINE.needed, MINE.responsible, "1 Juni 2025"]


def test_row_too_tall_for_a_spreadsheet_goes_on_below():
    evaluation = make_met()
    lines = [f"Butir {number}" for number in range(70)]
    save(evaluation, Written(done="\n".join(lines), needed="SK"), version=0)

    file = browser_of(operator_of(evaluation)).get(address(evaluation, "paper_download") + "?klaster=K")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()[4:]

    assert [(row[0], row[6]) for row in rows] == [("1", "SK"), ("", ""), ("", ""), ("2", ""), ("", "")]
    assert "\n".join(row[4] for row in rows[:3]).split("\n") == lines


def test_before_a_stage_is_closed_the_page_says_when(client):
    evaluation = make_met()
    evaluation.results.filter(stage="VA").update(frozen_at=None)
    client.force_login(operator_of(evaluation))

    page, file = client.get(address(evaluation)), client.get(address(evaluation, "paper_download"))

    assert (page.status_code, "Belum ada yang dibahas" in page.content.decode(), file.status_code) == (200, True, 404)


@pytest.mark.parametrize("edited", [1, 3])
def test_paper_costs_the_same_for_one_and_three_rows(client, edited):
    evaluation = make_met()
    by = operator_of(evaluation)
    for code in ("1", "2", "3")[:edited]:
        save(evaluation, MINE, version=0, code=code, by=by)
    client.force_login(by)
    client.get(address(evaluation))

    with CaptureQueriesContext(connection) as caught:
        client.get(address(evaluation))

    assert len([each for each in caught.captured_queries if each["sql"].startswith(("SELECT", "EXECUTE"))]) == 13
