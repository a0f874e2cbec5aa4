"""Returns at the stages after sending: what they need, what ends them, what closing counts."""

from decimal import Decimal

import pytest

from evaluations.models import MatrixVersion
from tests.factories import NOW, make_user
from tests.verification.factories import answer_of, close, judge, make_case, make_judge
from verification import actions, desk
from verification.models import Verdict

pytestmark = pytest.mark.django_db


def send_back(evaluation, code, given="ACCEPT", *, reason="INCOMPLETE", note="Lampirkan SK.", **options):
    """A question is returned with a reason and a note."""
    return judge(evaluation, code, given, reason=reason, note=note, is_return=True, **options)


def change(evaluation, code):
    """Something of the answer is no longer what was judged."""
    MatrixVersion.objects.create(
        answer=answer_of(evaluation, code), version=1, rows=[{"nama": "APSAI"}], row_count=1, saved_at=NOW
    )


def words(evaluation, verifier):
    """Word of every question that has been judged."""
    lines = desk.standing_of(verifier, evaluation, NOW).lines
    return {line.entry.question.code: line.words[0] for line in lines if line.judged is not None}


@pytest.mark.parametrize(
    ("given", "refusal"),
    [({"reason": ""}, actions.ReasonNeeded), ({"note": " "}, actions.NoteNeeded), ({"seen": "0/0/0"}, actions.Changed)],
)
def test_a_return_says_why_and_what_it_was_given_on(given, refusal):
    evaluation = make_case()
    verifier = make_judge(evaluation)

    with pytest.raises(refusal):
        send_back(evaluation, "1.1", by=verifier, **given)

    assert Verdict.objects.count() == 0


def test_nothing_is_returned_at_the_ministrys_stage():
    evaluation = make_case(stages=("EM", "VF"))

    with pytest.raises(actions.NotReturnable):
        send_back(evaluation, "1.1", by=make_user("ADMIN"), stage="VF")


def test_a_changed_answer_waits_again_until_it_is_judged():
    evaluation = make_case()
    verifier = make_judge(evaluation)
    send_back(evaluation, "1.1", Decimal("0.00"), by=verifier)
    judge(evaluation, "1.2", by=verifier)
    seen = [words(evaluation, verifier)]
    change(evaluation, "1.1")
    change(evaluation, "1.2")  # locked answers do not move; a verdict on one is not measured against it

    seen.append(words(evaluation, verifier))
    with pytest.raises(actions.Unjudged) as refusal:
        close(evaluation, by=verifier, confirmed=4)
    judge(evaluation, "1.1", by=verifier, version=1)

    assert [*seen, words(evaluation, verifier), refusal.value.count] == [
        {"1.1": "Dikembalikan", "1.2": "Diterima"},
        {"1.1": "Menunggu", "1.2": "Diterima"},
        {"1.1": "Diterima", "1.2": "Diterima"},
        5,
    ]
