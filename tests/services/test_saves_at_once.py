"""Many people of one region save at the same moment, through the portal's door, on PostgreSQL."""

import threading
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import AuditChain, AuditEvent
from evaluations.models import Answer, AnswerVersion
from jobs.models import Job
from tests.factories import NOW, make_evaluation, make_region, make_user

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
PEOPLE, ROUNDS = 6, 4


@pytest.fixture
def case(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    evaluation = make_evaluation()
    people = [make_user("OPERATOR", region=evaluation.region, username=f"orang{number}") for number in range(PEOPLE)]
    return evaluation, people


def wish(evaluation, code, place):
    """The question, and what is sent by somebody who has seen what stands now and chooses another option."""
    answer = Answer.objects.get(evaluation=evaluation, question__code=code)
    options = list(answer.question.options.order_by("position"))
    return code, {"version": answer.version, "tampilan": "baris", "option": options[place % len(options)].pk}


def all_save(evaluation, people, wishes):
    """How often each status was answered; everybody is let go at the same moment."""
    gate, found = threading.Barrier(len(people)), []

    def run(client, code, fields):
        try:
            gate.wait(10)
            address = reverse("evaluations:save", args=[evaluation.pk, code])
            found.append(client.post(address, fields, headers={"HX-Request": "true"}).status_code)
        finally:
            connection.close()

    threads = []
    for person, (code, fields) in zip(people, wishes, strict=True):
        client = Client()
        client.force_login(person)
        threads.append(threading.Thread(target=run, args=(client, code, fields)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return Counter(found)


def trail_says():
    said = StringIO()
    call_command("verify_audit", stdout=said)
    return said.getvalue().split(":")[0]


def test_different_questions_are_all_stored_and_each_stands_in_the_trail_once(case):
    evaluation, people = case
    codes = ["1.1", "1.2", "3.1", "3.2"]

    found = Counter()
    for turn in range(ROUNDS):
        found += all_save(evaluation, people[:4], [wish(evaluation, code, turn) for code in codes])

    saves = ROUNDS * len(codes)
    versions = AnswerVersion.objects.filter(answer__evaluation=evaluation).count()
    events = AuditEvent.objects.filter(action="answer.saved", chain__region=evaluation.region).count()
    generation = Job.objects.get(kind="settle").generation
    assert (found, versions, events, generation, trail_says()) == ({200: saves}, saves, saves, saves, "Jejak utuh")


def test_one_question_is_stored_once_and_everybody_else_is_told(case):
    evaluation, people = case
    options = Answer.objects.get(evaluation=evaluation, question__code="1.1").question.options.count()

    found = [
        all_save(evaluation, people[:options], [wish(evaluation, "1.1", place) for place in range(options)])
        for _ in range(ROUNDS)
    ]

    # An option that stands already is no change: who chooses it again has said nothing new and meets nobody.
    assert [each[200] + each[409] for each in found] == [options] * ROUNDS
    versions = AnswerVersion.objects.filter(answer__question__code="1.1").order_by("version")
    assert list(versions.values_list("version", flat=True)) == list(range(1, ROUNDS + 1))
    assert ([each[200] for each in found], trail_says()) == ([1] * ROUNDS, "Jejak utuh")


def test_first_answers_of_a_region_without_a_trail_are_all_stored(case):
    evaluation, people = case
    codes = ["1.1", "1.2", "3.1", "3.2"]
    AuditChain.objects.filter(region=evaluation.region).update(region=make_region("16.11"))

    found = all_save(evaluation, people[:4], [wish(evaluation, code, 0) for code in codes])

    chain = AuditChain.objects.get(region=evaluation.region)
    assert (found, chain.sequence, evaluation.answers.filter(version=1).count()) == ({200: 4}, 4, 4)
