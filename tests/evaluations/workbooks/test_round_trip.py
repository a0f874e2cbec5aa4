"""A workbook goes out, is filled in, comes back, and is written."""

from decimal import Decimal

import pytest

from accounts.models import AuditEvent, Office
from evaluations.models import AnswerVersion, Import
from jobs.models import Job
from tests.evaluations.workbooks.books import Book, claims, confirmed, history, kinds, made, received
from tests.factories import NOW, answer_question, make_user

pytestmark = pytest.mark.django_db
EMPTY = (None, None, None, "", 0)


@pytest.fixture
def operator(evaluation):
    return make_user("OPERATOR", region=evaluation.region)


def filled(evaluation):
    """A workbook in which a person has answered every kind of question."""
    book = Book(made(evaluation))
    book.fill("1.1", option="Seluruhnya", note="SK ada\ndi Bagian Hukum")
    book.fill("2.1", measure=82.5)
    book.fill("2.2", before=40, measure="41,25")
    return book.fill("3.1", option="Sebagian", measure="1.234")


def test_untouched_workbook_changes_nothing(evaluation, operator):
    answer_question(evaluation, "1.1", 2)
    answer_question(evaluation, "3.2", Decimal("12.5"))

    found, comparison = received(evaluation, Book(made(evaluation)), operator)

    assert set(kinds(comparison).values()) == {"SAME"}
    assert confirmed(found, comparison, operator).counts["WRITTEN"] == 0
    assert history(evaluation) == 2


def test_filled_workbook_is_written_whole(evaluation, operator):
    found, comparison = received(evaluation, filled(evaluation), operator)
    before = claims(evaluation)
    confirmed(found, comparison, operator)

    assert kinds(comparison) == {
        "1.1": "NEW", "1.2": "SAME", "2.1": "NEW", "2.2": "NEW", "3.1": "NEW", "3.2": "SAME",
    }  # fmt: skip
    assert set(before.values()) == {EMPTY}
    assert claims(evaluation) == {
        "1.1": (Decimal(400), None, None, "SK ada\ndi Bagian Hukum", 1),
        "1.2": EMPTY,
        "2.1": (Decimal(100), None, Decimal("82.5"), "", 1),
        "2.2": (Decimal(100), Decimal(40), Decimal("41.25"), "", 1),
        "3.1": (Decimal(75), None, Decimal(1234), "", 1),
        "3.2": EMPTY,
    }


def test_what_is_written_leaves_history_one_event_and_one_promise(evaluation, operator):
    found, comparison = received(evaluation, filled(evaluation), operator)
    Job.objects.all().delete()
    confirmed(found, comparison, operator)
    event = AuditEvent.objects.get(action="import.confirmed")

    assert list(AnswerVersion.objects.order_by("pk").values_list("version", "saved_by", "saved_at", "points")) == [
        (1, operator.pk, NOW, Decimal(points)) for points in (400, 100, 100, 75)
    ]
    assert event.details["counts"] == {
        "REFUSED": 0, "CONFLICT": 0, "NEW": 4, "CHANGED": 0, "NOTE": 0, "SAME": 2, "WRITTEN": 4, "NOTES": 0,
    }  # fmt: skip
    assert [job.kind for job in Job.objects.all()] == ["settle"]


def test_second_confirmation_has_no_second_effect(evaluation, operator):
    found, comparison = received(evaluation, filled(evaluation), operator)
    confirmed(found, comparison, operator)
    again = confirmed(found, comparison, operator)

    assert again.state == Import.State.CONFIRMED
    assert history(evaluation) == 4
    assert AuditEvent.objects.filter(action="import.confirmed").count() == 1


def test_same_file_twice_is_one_preview_and_another_file_replaces_it(evaluation, operator):
    book = filled(evaluation)
    content = book.bytes
    first, _ = received(evaluation, content, operator)
    same, _ = received(evaluation, content, operator)
    other, _ = received(evaluation, book.fill("1.2", option="Sebagian"), operator)

    assert same.pk == first.pk
    assert dict(Import.objects.values_list("pk", "state")) == {first.pk: "DISCARDED", other.pk: "PREVIEW"}


def test_emptied_cells_leave_the_portal_alone(evaluation, operator):
    answer_question(evaluation, "1.1", 2)
    answer_question(evaluation, "2.1", Decimal(7))
    book = Book(made(evaluation)).fill("1.1", option=None, note=None)

    _, comparison = received(evaluation, book, operator)

    assert set(kinds(comparison).values()) == {"SAME"}


def test_note_alone_keeps_free_points(evaluation, operator):
    answer_question(evaluation, "1.2", Decimal("12.5"))
    found, comparison = received(evaluation, Book(made(evaluation)).fill("1.2", note="Dari rekap"), operator)
    confirmed(found, comparison, operator)

    assert claims(evaluation)["1.2"] == (Decimal("12.50"), None, None, "Dari rekap", 2)


def test_note_with_line_ends_of_a_page_is_no_change(evaluation, operator):
    answer = answer_question(evaluation, "1.1", 2)
    answer.note = "satu\r\ndua "
    answer.save(update_fields=["note"])

    _, comparison = received(evaluation, Book(made(evaluation)), operator)

    assert kinds(comparison)["1.1"] == "SAME"


def test_no_data_of_two_years_is_chosen_by_hand_and_figures_outdo_it(evaluation, operator):
    book = Book(made(evaluation)).fill("2.2", option="Data tidak tersedia")
    found, comparison = received(evaluation, book, operator)
    confirmed(found, comparison, operator)
    assert claims(evaluation)["2.2"] == (Decimal(0), None, None, "", 1)

    found, comparison = received(evaluation, Book(made(evaluation)).fill("2.2", before=9, measure=9), operator)
    confirmed(found, comparison, operator)
    assert claims(evaluation)["2.2"] == (Decimal(75), Decimal(9), Decimal(9), "", 2)


def test_workbook_of_an_office_holds_its_questions_with_its_role(evaluation):
    health = Office.objects.get(region=evaluation.region, code="dinkes")
    book = Book(made(evaluation, health))

    roles = {code: book.cell(code, "role").value for code in ("1.1", "2.1")}
    assert roles == {"1.1": "Penanggung jawab", "2.1": "Pendukung"}
    assert book.cell("2.1", "option").value == "(mengikuti angka)"
    assert [book.cell("1.1", name).protection.locked for name in ("text", "option", "measure")] == [True, False, True]
    assert book.sheet.protection.sheet
    assert [sheet.sheet_state for sheet in book.book] == ["visible", "visible", "hidden", "hidden"]


def test_equal_content_gives_equal_workbooks(evaluation):
    assert made(evaluation) == made(evaluation)
