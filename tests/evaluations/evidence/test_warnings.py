"""Doubts by question, as the sending list counts them, and by document."""

import pytest

from evaluations.evidence import actions, warnings
from evaluations.models import EvidenceWarning
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.factories import answer_to, attach
from tests.factories import NOW, make_cycle, make_evaluation, make_region

pytestmark = pytest.mark.django_db


def doubt(evidence, code="UNDATED", **more):
    """One warning about a document."""
    return EvidenceWarning.objects.create(evidence=evidence, code=code, found_at=NOW, **more)


def test_unanswered_warnings_counts_by_question_what_still_proves(evaluation, operator, django_assert_num_queries):
    shared = attach(evaluation, operator).evidence
    actions.attach_existing(evidence=[shared], answer=answer_to(evaluation, "1.2"), by=operator, at=NOW)
    gone = attach(evaluation, operator, good_files.pdf(2), code="2.1")
    attach(evaluation, operator, good_files.pdf(3), code="3.1")
    for evidence, code in ((shared, "UNDATED"), (shared, "BLANK_PAGES"), (gone.evidence, "UNDATED")):
        doubt(evidence, code)
    doubt(shared, "CHILD_DATA", answer="Sudah benar.", answered_at=NOW, answered_by=operator)
    actions.detach(use=gone, by=operator, at=NOW)
    other = make_evaluation(make_region("63.01", "Lain"), make_cycle(evaluation.cycle.instrument, code="2025"))
    doubt(attach(other, operator).evidence)

    with django_assert_num_queries(1):
        found = warnings.unanswered_warnings(evaluation)

    questions = dict(evaluation.answers.values_list("question__code", "question_id"))
    assert found == {questions["1.1"]: 2, questions["1.2"]: 2}


def test_warnings_of_gives_the_unanswered_first(evaluation, operator):
    evidence = attach(evaluation, operator).evidence
    answered = doubt(evidence, "UNDATED", answer="Benar.", answered_at=NOW, answered_by=operator)
    unanswered = doubt(evidence, "BLANK_PAGES")

    assert warnings.warnings_of([evidence.pk, 0]) == {evidence.pk: [unanswered, answered]}
