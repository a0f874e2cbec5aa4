"""A question put into words once says the same as Django's own, of whichever evaluation it is asked."""

import pytest

from evaluations.worklist import facts
from tests.evaluations.worklist.factories import prove
from tests.factories import answer_all, answer_question, make_cycle, make_evaluation, make_region

pytestmark = pytest.mark.django_db


def test_prepared_rows_are_those_of_the_query_for_every_evaluation(evaluation, operator, django_assert_num_queries):
    answer_question(evaluation, "1.1", 2)
    prove(evaluation, "2.1", operator)
    other = make_evaluation(make_region("16.10"), make_cycle(evaluation.cycle.instrument, code="2025"))
    answer_all(other)

    for asked in (evaluation, other, evaluation):
        ordinary = [facts.Row(*values) for values in facts.asked_of(asked.pk).values_list(*facts.COLUMNS)]
        with django_assert_num_queries(1):
            assert sorted(facts.rows_of(asked)) == sorted(ordinary)
