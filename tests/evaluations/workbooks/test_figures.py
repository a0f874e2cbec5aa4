"""Figures in workbooks, as people and their spreadsheets write them."""

from decimal import Decimal

import pytest

from clusters.catalogue import catalogue_of
from evaluations.claims import from_measure, from_option
from evaluations.workbooks.wishes import labels
from tests.evaluations.workbooks.books import Book, kinds, made, received
from tests.factories import answer_question, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def operator(evaluation):
    return make_user("OPERATOR", region=evaluation.region)


@pytest.mark.parametrize(
    ("value", "figure"),
    [("82,5", "82.5"), ("82.5", "82.5"), ("82,5 %", "82.5"), (82.5, "82.5"), (82.337, "82.34"), (0, "0")],
)
def test_figures_are_read_as_people_write_them(evaluation, operator, value, figure):
    _, comparison = received(evaluation, Book(made(evaluation)).fill("2.1", measure=value), operator)

    assert str(comparison.written[0].claim.measure.normalize()) == figure
    assert comparison.written[0].remark == ("82.337 dibulatkan menjadi 82,34." if value == 82.337 else "")


def test_percent_of_the_spreadsheet_is_read_as_shown(evaluation, operator):
    book = Book(made(evaluation)).fill("2.1", measure=0.825)
    book.cell("2.1", "measure").number_format = "0.0%"

    _, comparison = received(evaluation, book, operator)

    assert str(comparison.written[0].claim.measure) == "82.50"


@pytest.mark.parametrize(
    ("value", "shown", "measure", "remark"),
    [
        (82.5, '0.0"%"', "82.50", ""),  # the sign is only written behind the figure
        (0.855, "0%", "85.50", ""),
        (0.85, "General", "0.85", "0,85 dibaca sebagai 0,85 persen. Bila maksudnya 85 persen, tulis 85."),
        ("0,85", "@", "0.85", "0,85 dibaca sebagai 0,85 persen. Bila maksudnya 85 persen, tulis 85."),
        (1, "General", "1.00", "1 dibaca sebagai 1 persen. Bila maksudnya 100 persen, tulis 100."),
        ("0,85%", "@", "0.85", ""),
        (0, "General", "0.00", ""),
    ],
)
def test_percentage_pasted_as_a_value_is_asked_about(evaluation, operator, value, shown, measure, remark):
    book = Book(made(evaluation)).fill("2.1", measure=value)
    book.cell("2.1", "measure").number_format = shown

    _, comparison = received(evaluation, book, operator)

    row = comparison.written[0]
    assert (str(row.claim.measure), row.remark) == (measure, remark)
    assert comparison.doubtful == ([row] if remark else [])


def test_no_data_beside_its_figures_is_asked_about(evaluation, operator):
    entry = catalogue_of(evaluation.cycle.instrument).by_code["2.2"]
    no_data = labels(entry)[0]
    claim = from_measure(entry.question, entry.options, Decimal(12), Decimal(10))
    answer_question(evaluation, "2.2", claim)
    filled = Book(made(evaluation)).fill("2.2", option=no_data.label)
    emptied = Book(made(evaluation)).fill("2.2", option=no_data.label, measure=None, before=None)
    answer_question(evaluation, "2.2", from_option(no_data))
    found = Book(made(evaluation)).fill("2.2", measure=14, before=10)  # the option stands there from before

    answer_question(evaluation, "2.2", claim)
    answer_question(evaluation, "2.2", from_option(no_data))
    kinds_of = [kinds(received(evaluation, book, operator)[1])["2.2"] for book in (filled, emptied, found)]

    assert kinds_of == ["REFUSED", "SAME", "CONFLICT"]
