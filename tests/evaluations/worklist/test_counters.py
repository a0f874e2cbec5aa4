"""One number of open tasks, whatever page shows it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations.models import Evidence
from evaluations.worklist.standing import open_tasks, states_of
from tests.evaluations.queries import SAVED_TOGETHER, statements
from tests.evaluations.worklist.factories import answer_to, prove
from tests.factories import answer_question, make_cycle, make_evaluation, make_office, make_region, make_user

pytestmark = pytest.mark.django_db
COUNTER = re.compile(r'id="tugas-(\w+)"[^>]*>(\d+)<')


def counters(page):
    """Place -> number."""
    return {place: int(number) for place, number in COUNTER.findall(page)}


@pytest.mark.parametrize(("person", "count"), [("operator", 3), ("dinkes", 2), ("disdik", 3)])
def test_every_counter_shows_the_same_number(client, evaluation, request, person, count):
    user, helper = request.getfixturevalue(person), request.getfixturevalue("dinkes")
    for code in ("1.1", "2.1"):
        answer_question(evaluation, code, 2)
        prove(evaluation, code, helper)
    answer_question(evaluation, "1.2", 0)
    evaluation.answers.filter(question__code="2.2").update(
        points=0, kind="OPTION", option=answer_to(evaluation, "2.2").question.options.first(),
        confirmed_at=evaluation.opened_at, confirmed_by=user,
    )  # fmt: skip
    client.force_login(user)
    pages = {
        name: client.get(reverse(f"evaluations:{name}", args=[evaluation.pk, *more])).content.decode()
        for name, more in {"tasks": [], "overview": [], "cluster": ["I"], "question": ["3.1"], "library": []}.items()
    }

    found = {name: counters(page) for name, page in pages.items()}

    both = {"atas": count, "rel": count}
    assert open_tasks(states_of(evaluation, user=user).values()) == count
    assert found == {
        "tasks": both | {"jumlah": count},
        "overview": both | {"ikhtisar": count},
        "cluster": both | {"akhir": count},
        "question": both | {"akhir": count},
        "library": both,
    }


@pytest.mark.parametrize("shape", ["baris", ""])
def test_counters_move_with_a_save(client, evaluation, operator, shape):
    client.force_login(operator)
    option = answer_to(evaluation, "1.1").question.options.get(position=0)

    response = client.post(
        reverse("evaluations:save", args=[evaluation.pk, "1.1"]),
        {"version": 0, "option": option.pk, "tampilan": shape},
        headers={"HX-Request": "true"},
    )

    assert counters(response.content.decode()) == {"atas": 5, "rel": 5, "akhir": 5}


def test_counters_follow_when_the_state_is_asked_for(client, evaluation, operator):
    answer_question(evaluation, "1.1", 2)
    client.force_login(operator)
    address = reverse("evaluations:state", args=[evaluation.pk, "1.1"])
    before = counters(client.get(address, headers={"HX-Request": "true"}).content.decode())
    prove(evaluation, "1.1", operator)

    page = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert (before["atas"], counters(page)["atas"], "Siap ditelaah" in page) == (6, 5, True)


@pytest.mark.parametrize(
    ("role", "code", "count"),
    [("OPERATOR", "1.1", 10), ("STAFF", "1.1", 11), ("STAFF", "3.2", 13)],  # a lead; a supporter, of whom is told
)
def test_counters_cost_a_save_one_statement_where_answers_are_sent_back(client, evaluation, role, code, count):
    region = make_region("16.10")
    reviewed = make_evaluation(region, make_cycle(evaluation.cycle.instrument, code="2025", stages=("EM", "TI", "VA")))
    make_user("STAFF", office=make_office(region, "disdik"))
    client.force_login(make_user(role, region=region))
    for code_, position in (("1.2" if code == "1.1" else "3.1", 1), (code, 1)):
        option = answer_to(reviewed, code_).question.options.get(position=position).pk
        fields = {"version": 0, "tampilan": "baris", "option": option}
        with CaptureQueriesContext(connection) as caught:
            client.post(reverse("evaluations:save", args=[reviewed.pk, code_]), fields, headers={"HX-Request": "true"})

    assert len(statements(caught)) == count - SAVED_TOGETHER


@pytest.mark.parametrize("name", ["matrix", "thread", "evidence", "evidence_details"])
def test_pages_beside_a_question_count_like_the_list(client, evaluation, operator, name):
    prove(evaluation, "3.2", operator)
    client.force_login(operator)
    key = Evidence.objects.get().pk if name.startswith("evidence") else "3.2"

    places = [("tasks", []), (name, [key])]
    pages = [client.get(reverse(f"evaluations:{each}", args=[evaluation.pk, *keys])) for each, keys in places]
    shown = [counters(page.content.decode())["atas"] for page in pages]

    assert shown == [6, 6]
