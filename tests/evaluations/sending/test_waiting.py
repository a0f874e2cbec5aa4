"""While the leader decides nothing moves, and every door says why."""

import pytest
from django.urls import reverse

from evaluations import rules
from evaluations.duties import actions as planning
from evaluations.models import Evaluation, Responsibility
from tests.factories import NOW, make_evaluation, make_user

pytestmark = pytest.mark.django_db
WAITING = "sedang menunggu persetujuan pimpinan"


@pytest.fixture
def waiting():
    evaluation = make_evaluation()
    Evaluation.objects.filter(pk=evaluation.pk).update(needs_approval=True, asked_at=NOW)
    return Evaluation.objects.for_page().get(pk=evaluation.pk)


@pytest.fixture
def operator(client, waiting):
    operator = make_user("OPERATOR", region=waiting.region)
    client.force_login(operator)
    return operator


@pytest.mark.parametrize(
    ("door", "code"),
    [("save_matrix", "3.2"), ("paste_matrix", "3.2"), ("attach_link", "1.1"), ("duty", "1.1"), ("take_answers", ""),
     ("workbook_upload", "")],
)  # fmt: skip
def test_door_says_that_the_leader_decides(client, waiting, operator, door, code):
    address = reverse(f"evaluations:{door}", args=[waiting.pk, code] if code else [waiting.pk])

    response = client.post(address, {"lead": "", "tautan": "https://contoh.example/sk"})

    assert (response.status_code, WAITING in response.content.decode()) == (403, True)


def test_plan_does_not_change_while_the_leader_decides(waiting, operator):
    question = waiting.cycle.instrument.questions.get(code="1.1").pk
    before = list(Responsibility.objects.order_by("pk").values())
    wishes = {question: planning.Wish(planning.Duty(None), None)}

    with pytest.raises(planning.PlanLocked, match=WAITING):
        planning.assign(evaluation=waiting, wishes=wishes, by=operator, at=NOW)

    assert list(Responsibility.objects.order_by("pk").values()) == before
    assert not rules.can_share_duties(operator, waiting)


def test_nobody_is_asked_to_confirm_while_the_leader_decides(waiting, operator):
    assert rules.can_confirm(operator, waiting, None) is False


@pytest.mark.parametrize("role", ["STAFF", "OPERATOR"])
def test_list_of_tasks_says_that_it_is_locked_while_the_leader_decides(client, waiting, role):
    client.force_login(make_user(role, region=waiting.region))
    address = reverse("evaluations:tasks", args=[waiting.pk])

    asked = client.get(address).content.decode()
    Evaluation.objects.update(asked_at=None)
    answered = client.get(address).content.decode()

    assert ["Menunggu persetujuan pimpinan" in page for page in (asked, answered)] == [True, False]
