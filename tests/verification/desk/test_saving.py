"""A verdict that saves itself: what comes back, what the same act does twice, and how it is taken back."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests.factories import NOW
from tests.verification.factories import judge, make_case, make_judge
from tests.verification.test_pages import give
from verification import actions
from verification.models import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def take_back(client, evaluation, code, version, *, htmx=True):
    """Press "Batalkan"."""
    headers = {"HX-Request": "true"} if htmx else {}
    address = reverse("verification:undo", args=[evaluation.pk, code])
    return client.post(address, {"stage": "VA", "version": version}, headers=headers)


def versions(evaluation):
    """Every verdict there ever was: version, decision, points, whether it counts."""
    rows = Verdict.objects.filter(answer__evaluation=evaluation).order_by("version")
    return list(rows.values_list("version", "decision", "points", "is_current"))


def test_a_save_changes_the_page_around_the_form_and_leaves_the_form_alone(client):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))

    page = give(client, evaluation, "1.1", 1, reason="INCOMPLETE").content.decode()

    told = ('id="posisi"', 'id="tersimpan"', 'id="versi" value="1"', "Diturunkan", "800,00", "Nindya", "Batalkan")
    assert [each for each in told if each not in page] == []
    assert "<textarea" not in page


def test_the_same_act_again_has_one_effect_also_with_the_new_version(client):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))

    statuses = [give(client, evaluation, "1.1", version=version).status_code for version in (0, 0, 1)]

    assert (statuses, versions(evaluation)) == ([200, 200, 200], [(1, "ACCEPT", Decimal("400.00"), True)])


def test_who_comes_second_sees_the_first_in_head_and_list_too(client):
    evaluation = make_case()
    judge(evaluation, "1.1", by=make_judge(evaluation))
    client.force_login(make_judge(evaluation))

    page = give(client, evaluation, "1.1", 1, reason="INCOMPLETE")

    body, question = page.content.decode(), evaluation.answers.get(question__code="1.1").question_id
    swapped = ('<span id="keadaan" hx-swap-oob="true">', f'id="baris-{question}" hx-swap-oob="true"')
    assert (page.status_code, [body.count(each) for each in swapped]) == (409, [1, 1])
    assert body.index("Diterima", body.index(swapped[0])) > 0


def test_a_first_verdict_is_taken_back_and_the_question_waits_again(client):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))
    give(client, evaluation, "1.1", 1, reason="INCOMPLETE")

    statuses = [take_back(client, evaluation, "1.1", 1).status_code for _ in range(2)]

    lowered, undone = (1, "OPTION", Decimal("200.00"), False), (2, "UNDONE", Decimal("400.00"), False)
    assert (statuses, versions(evaluation)) == ([200, 200], [lowered, undone])
    assert AuditEvent.objects.filter(action="verdict.undone").count() == 1
    assert give(client, evaluation, "1.1", version=1).status_code == 409
    assert give(client, evaluation, "1.1", version=2).status_code == 200


def test_taking_back_puts_the_earlier_verdict_in_force_as_a_new_version(client):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))
    give(client, evaluation, "1.1", "nilai", points="12,5", reason="INCOMPLETE", note="Sampul saja.")
    give(client, evaluation, "1.1", version=1)

    response = take_back(client, evaluation, "1.1", 2, htmx=False)

    assert response.status_code == 302
    assert versions(evaluation)[2] == (3, "POINTS", Decimal("12.50"), True)
    assert Verdict.objects.current().get().note == "Sampul saja."


def test_a_verdict_of_somebody_else_or_an_older_one_is_not_taken_back(client):
    evaluation = make_case()
    judge(evaluation, "1.1", by=make_judge(evaluation))
    client.force_login(make_judge(evaluation))
    give(client, evaluation, "1.2")
    give(client, evaluation, "1.2", 1, reason="INCOMPLETE", version=1)

    found = [take_back(client, evaluation, code, 1) for code in ("1.1", "1.2")]

    assert [each.status_code for each in found] == [409, 409]
    assert all("tidak dapat dibatalkan" in each.content.decode() for each in found)
    assert Verdict.objects.current().count() == 2


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 40, "1\0"])
def test_nonsense_takes_nothing_back(client, version):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))
    give(client, evaluation, "1.1")

    assert (take_back(client, evaluation, "1.1", version).status_code, Verdict.objects.current().count()) == (422, 1)


def test_a_stage_that_is_closed_takes_nothing_back():
    evaluation = make_case()
    verifier = make_judge(evaluation)
    verdict = judge(evaluation, "1.1", by=verifier)
    actions.close_stage(evaluation=evaluation, stage="VA", confirmed_unjudged=5, by=verifier, at=NOW)

    with pytest.raises(actions.StageClosed):
        actions.undo_verdict(answer=verdict.answer, stage="VA", version=1, by=verifier, at=NOW)
