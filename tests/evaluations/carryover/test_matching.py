"""What an old answer claims under the new question."""

from dataclasses import replace
from decimal import Decimal

import pytest

from clusters.catalogue import catalogue_of
from evaluations import claims
from evaluations.carryover.matching import claim_again
from evaluations.claims import Claim, NotAClaim
from evaluations.models import Answer
from tests.factories import answer_question

pytestmark = pytest.mark.django_db


def old_answer(old, code, claim):
    answer_question(old, code, claim)
    return Answer.objects.select_related("option", "question").get(evaluation=old, question__code=code)


def entry_of(evaluation, code):
    return catalogue_of(evaluation.cycle.instrument).by_code[code]


def test_option_is_found_by_its_words(old, new):
    entry = entry_of(new, "1.1")

    assert claim_again(old_answer(old, "1.1", 1), entry) == claims.from_option(entry.options[1])


def test_option_that_is_gone_is_refused_with_a_sentence(old, new):
    entry = entry_of(new, "1.1")

    with pytest.raises(NotAClaim, match="Opsi lama tidak ada lagi"):
        claim_again(old_answer(old, "1.1", 1), replace(entry, options=entry.options[2:]))


def test_percentage_finds_its_range_again(old, new):
    entry = entry_of(new, "2.1")
    figure = claims.from_measure(entry.question, entry.options, Decimal("60"))

    assert claim_again(old_answer(old, "2.1", figure), entry) == figure


def test_the_later_of_two_years_becomes_the_earlier(old, new):
    entry = entry_of(new, "2.2")
    figures = claims.from_measure(entry.question, entry.options, Decimal("60"), Decimal("40"))

    claim = claim_again(old_answer(old, "2.2", figures), entry)

    assert claim == Claim(Answer.Kind.MEASURE, entry.options[1].pk, None, Decimal("60.00"), entry.options[1].points)


def test_zero_of_the_later_year_is_kept(old, new):
    entry = entry_of(new, "2.2")
    figures = claims.from_measure(entry.question, entry.options, Decimal("0"), Decimal("40"))

    assert claim_again(old_answer(old, "2.2", figures), entry).measure_before == Decimal("0.00")


def test_free_points_are_no_claim(old, new):
    with pytest.raises(NotAClaim, match="tanpa opsi"):
        claim_again(old_answer(old, "1.2", Decimal("120")), entry_of(new, "1.2"))
