"""A promise is a row of the caller's transaction, and many promises of one thing are one row."""

import pytest
from django.db import IntegrityError, transaction

from jobs.models import Job
from jobs.promises import promise as bare_promise
from tests.jobs.factories import NOW, promise

pytestmark = pytest.mark.django_db


def test_promise_coalesces_four_hundred_saves_into_one_row():
    for number in range(400):
        job = promise(key="63.10:EM", answer_id=number)

    assert list(Job.objects.values_list("pk", "generation", "arguments", "state")) == [
        (job.pk, 400, {"answer_id": 399}, "WAITING")
    ]


def test_promise_keeps_other_keys_and_kinds_apart():
    promise("settle", "1")
    promise("settle", "2")
    promise("report", "1")

    assert sorted(Job.objects.values_list("kind", "key", "generation")) == [
        ("report", "1", 1),
        ("settle", "1", 1),
        ("settle", "2", 1),
    ]


@pytest.mark.django_db(transaction=True)
def test_promise_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        bare_promise(kind="try", key="1", queue=Job.Queue.SCORE, at=NOW)

    assert Job.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_promise_goes_with_its_transaction():
    with transaction.atomic():
        bare_promise(kind="try", key="1", queue=Job.Queue.SCORE, at=NOW)
        transaction.set_rollback(True)

    assert Job.objects.count() == 0


@pytest.mark.parametrize(("state", "rows"), [("WAITING", 1), ("RUNNING", 1), ("DONE", 2), ("FAILED", 2)])
def test_promise_opens_a_new_row_only_when_the_old_one_is_closed(state, rows):
    first = promise(key="1", page=1)
    Job.objects.filter(pk=first.pk).update(state=state)

    second = promise(key="1", page=2)

    assert Job.objects.count() == rows
    assert (second.generation, second.arguments) == (2 if rows == 1 else 1, {"page": 2})


def test_two_open_rows_for_one_thing_are_refused_by_the_database():
    job = promise()

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind=job.kind, key=job.key, queue="score", state="RUNNING", promised_at=NOW, due_at=NOW)
