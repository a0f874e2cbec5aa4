"""The same answers changed by two people and by an import at the same moment, on PostgreSQL."""

import threading
from collections import Counter

import pytest
from django.db import connection

from accounts.models import AuditEvent
from clusters.models import Option
from evaluations import actions as answering
from evaluations.actions import Conflict
from evaluations.claims import from_option
from evaluations.models import Answer, AnswerVersion, Import
from evaluations.workbooks import actions
from evaluations.workbooks.refusals import Moved
from tests.evaluations.workbooks.books import Book, made, received
from tests.factories import NOW, answer_question, make_evaluation, make_user

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


@pytest.fixture
def case(settings):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    evaluation = make_evaluation()
    return evaluation, make_user("OPERATOR", region=evaluation.region), make_user("OPERATOR", username="kedua")


def at_once(*works):
    """What each work came to (a value or the exception), all let go at the same moment."""
    gate, found = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        try:
            gate.wait(10)
            found[place] = work()
        except (Conflict, Moved) as refusal:
            found[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def saving(evaluation, place, by):
    """One person chooses an option of 1.1, having seen what stands now."""
    answer = Answer.objects.get(evaluation=evaluation, question__code="1.1")
    claim = from_option(Option.objects.get(question=answer.question_id, position=place))
    return lambda: answering.save_answer(
        answer=answer, version=answer.version, claim=claim, note=f"pilihan {place}", by=by, at=NOW
    )


def importing(evaluation, option, by):
    """A workbook that answers 1.1 and 1.2, previewed, about to be confirmed."""
    book = Book(made(evaluation)).fill("1.1", option=option, note=option).fill("1.2", option=option)
    found, comparison = received(evaluation, book, by)
    return lambda: actions.confirm(found=found, seal=comparison.seal, portal_loses=(), by=by, at=NOW)


def test_two_people_and_an_import_lose_nothing(case):
    evaluation, first, second = case
    winners = Counter()
    for turn in range(ROUNDS):
        before = AnswerVersion.objects.count()
        answer_question(evaluation, "1.2", turn % 2)  # so that the workbook always has something to change
        outcome = at_once(
            saving(evaluation, 0, first), saving(evaluation, 1, second), importing(evaluation, "Seluruhnya", first)
        )
        succeeded = [not isinstance(each, Exception) for each in outcome]
        kept = list(AnswerVersion.objects.filter(answer__question__code="1.1").order_by("version"))
        answer = Answer.objects.get(question__code="1.1")

        assert sum(succeeded) >= 1
        assert answer.version == kept[-1].version == len(kept)
        assert (answer.points, answer.note) == (kept[-1].points, kept[-1].note)
        assert isinstance(outcome[2], Moved) == (not succeeded[2])
        assert AnswerVersion.objects.count() > before
        winners[tuple(succeeded)] += 1
        Import.objects.all().delete()
        answer_question(evaluation, "1.1", 0)
    assert all(sum(outcome) < 3 for outcome in winners)  # three claims on one version are never all accepted


def test_twenty_confirmations_have_one_effect(case):
    evaluation, first, _ = case
    confirm = importing(evaluation, "Seluruhnya", first)

    outcome = at_once(*[confirm] * 20)

    assert {each.state for each in outcome} == {"CONFIRMED"}
    assert AnswerVersion.objects.count() == 2
    assert AuditEvent.objects.filter(action="import.confirmed").count() == 1


def test_import_that_breaks_half_way_writes_nothing(case, monkeypatch):
    evaluation, first, _ = case
    confirm = importing(evaluation, "Seluruhnya", first)
    monkeypatch.setattr("evaluations.workbooks.actions.tasks.promise_settlement", lambda *what: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        confirm()

    assert AnswerVersion.objects.count() == 0
    assert set(Answer.objects.values_list("version", "points")) == {(0, None)}
    assert Import.objects.get().state == "PREVIEW"


def test_figures_and_signs_arrive_exactly(case):
    evaluation, first, _ = case
    note = "persen % kutip ' \" garis \\ emoji 🙂 {kurung}"
    book = Book(made(evaluation)).fill("2.2", before="0,01", measure="123.456.789.012,34", note=note)
    found, comparison = received(evaluation, book.fill("2.1", measure=33.33), first)
    actions.confirm(found=found, seal=comparison.seal, portal_loses=(), by=first, at=NOW)
    answer = Answer.objects.get(question__code="2.2")

    assert (str(answer.measure_before), str(answer.measure), answer.note) == ("0.01", "123456789012.34", note)
    assert answer.saved_at == NOW
    assert str(Answer.objects.get(question__code="2.1").points) == "50.00"
