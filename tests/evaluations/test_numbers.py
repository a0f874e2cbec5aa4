"""Numbers as people type them, and what a save does with a claim that has no option."""

from decimal import Decimal

import pytest
from django.urls import reverse

from evaluations.fields import read_number
from evaluations.models import Answer
from tests.factories import NOW, answer_question, make_evaluation, make_user

TYPED = {
    "0": "0.00",
    "12,5": "12.50",
    " 7,25 ": "7.25",
    "1.234,5": "1234.50",
    "961.860": "961860.00",
    "999999999999": "999999999999.00",
    "999.999.999.999,99": "999999999999.99",
    "": None,
    "1e3": None,
    "-1": None,
    "NaN": None,
    "0.75": None,
    "12,345": None,
    "1,": None,
    "12\n": "12.00",
    "\u0663": None,  # a digit elsewhere
    "9999999999999": None,
    "1.000.000.000.000": None,
}


@pytest.mark.parametrize(("typed", "number"), TYPED.items())
def test_read_number_takes_what_a_column_holds_and_nothing_else(typed, number):
    assert read_number(typed) == (None if number is None else Decimal(number))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "kind", "points"),
    [
        ({"note": "Baru"}, "FREE", Decimal("7.00")),
        ({"note": "Baru", "option": ""}, "FREE", Decimal("7.00")),
        ({"note": "Baru", "emptied": "1"}, "", None),
    ],
)
def test_points_without_an_option_stay_until_they_are_emptied(client, monkeypatch, sent, kind, points):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    evaluation = make_evaluation()
    answer = answer_question(evaluation, "1.1", Decimal("7.00"))
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    client.post(reverse("evaluations:save", args=[evaluation.pk, "1.1"]), {"version": answer.version, **sent})

    saved = Answer.objects.get(pk=answer.pk)
    assert (saved.kind, saved.points, saved.note) == (kind, points, "Baru")
