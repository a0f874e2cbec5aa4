"""A request that was answered: nobody is asked any more, and the leader's word stands where it is needed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from evaluations.sending import actions
from notices.models import Notice
from tests.evaluations.sending.cases import hand_in, make_draft, make_leader, make_operator
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
ANSWERS = {
    "approve": actions.approve,
    "withdraw": actions.withdraw,
    "decline": lambda **given: actions.decline(reason="Benahi dulu klaster K.", **given),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_leader_is_asked_no_more_once_there_is_an_answer(name):
    evaluation = make_draft(approval=True)
    operator, leaders = make_operator(evaluation), [make_leader(evaluation, username=each) for each in ("a.a", "b.b")]
    sending = hand_in(evaluation, by=operator)
    waiting = Notice.objects.unread().filter(key=f"asked:{sending.pk}")
    before = waiting.count()

    by = operator if name == "withdraw" else leaders[0]
    ANSWERS[name](evaluation=evaluation, request=sending.pk, by=by, at=LATER)

    assert (before, waiting.count()) == (2, 0)


def test_no_of_the_leader_stands_above_the_list_until_it_is_sent_again(client, freeze):
    evaluation = make_draft(approval=True)
    operator, leader = make_operator(evaluation), make_leader(evaluation)
    client.force_login(operator)
    address = reverse("evaluations:send", args=[evaluation.pk])

    before = client.get(address).content.decode()
    ANSWERS["decline"](evaluation=evaluation, request=hand_in(evaluation, by=operator).pk, by=leader, at=LATER)
    after = client.get(address).content.decode().partition("Yang masih lemah")[0]

    assert "Belum disetujui" not in before
    assert ("Belum disetujui" in after, "Benahi dulu klaster K." in after) == (True, True)
