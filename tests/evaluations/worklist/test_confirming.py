"""The lead's word on a shared answer: who gives it, on which version, what ends it, who is told."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from evaluations import rules
from evaluations.actions import AlreadySubmitted, Conflict
from evaluations.models import Answer
from evaluations.windows import WindowClosed
from evaluations.worklist import actions
from notices.models import Notice
from tests.evaluations.worklist.factories import answer_to, prove, states
from tests.factories import NOW, answer_question, make_office, make_region, make_user, send

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def decide(client, evaluation, code="2.1", version=1, *, what="confirm", htmx=False, **fields):
    """A click on one of the two buttons."""
    address = reverse(f"evaluations:{what}", args=[evaluation.pk, code])
    return client.post(address, {"version": version, **fields}, headers=HTMX if htmx else {})


def is_confirmed(evaluation, code="2.1"):
    """Whether the lead's word stands."""
    return Answer.objects.get(evaluation=evaluation, question__code=code).confirmed_at is not None


@pytest.mark.parametrize(
    ("role", "office", "region", "open_", "sent"),
    [
        ("STAFF", "disdik", "63.10", True, False),  # the lead
        ("STAFF", "dinkes", "63.10", False, False),  # a supporter
        ("STAFF", "disdik", "63.05", False, False),
        ("OPERATOR", "", "63.10", True, False),
        ("OPERATOR", "", "63.05", False, False),
        ("REVIEWER", "", "63.10", False, False),
        ("LEADER", "", "63.10", False, False),
        ("VERIFIER", "", "63.10", False, False),
        ("ADMIN", "", "63.10", False, False),
    ],
)
def test_who_may_confirm_while_open_and_when_sent(evaluation, role, office, region, open_, sent):
    place = make_region(region)
    user = make_user(role, region=place, office=make_office(place, office) if office else None)
    lead = make_office(evaluation.region, "disdik").pk

    found = rules.can_confirm(user, evaluation, lead), rules.can_confirm(user, send(evaluation), lead)

    assert found == (open_, sent)


def test_without_a_lead_only_the_operator_confirms(evaluation, operator, disdik):
    assert (rules.can_confirm(operator, evaluation, None), rules.can_confirm(disdik, evaluation, None)) == (True, False)


def test_confirming_makes_a_shared_answer_ready_and_is_written_down_once(evaluation, disdik, dinkes):
    answer_question(evaluation, "2.1", 2)
    prove(evaluation, "2.1", dinkes)
    before = states(evaluation)["2.1"]

    for _ in range(2):
        actions.confirm(answer=answer_to(evaluation, "2.1"), version=1, by=disdik, at=NOW)

    event = AuditEvent.objects.get(action="answer.confirmed")
    assert (before, states(evaluation)["2.1"]) == ("DRAFT", "READY")
    assert (event.by, event.details) == (disdik, {"version": 1, "points": "100.00"})


def test_taking_the_word_back_asks_for_attention_again(evaluation, disdik):
    answer_question(evaluation, "2.1", 2)
    answer = answer_to(evaluation, "2.1")
    actions.confirm(answer=answer, version=1, by=disdik, at=NOW)

    for _ in range(2):
        actions.unconfirm(answer=answer, version=1, by=disdik, at=NOW)

    assert (is_confirmed(evaluation), states(evaluation)["2.1"]) == (False, "DRAFT")
    assert AuditEvent.objects.filter(action="answer.unconfirmed").count() == 1


def test_a_save_ends_the_lead_s_word(evaluation, disdik):
    answer_question(evaluation, "2.1", 1)
    actions.confirm(answer=answer_to(evaluation, "2.1"), version=1, by=disdik, at=NOW)

    answer_question(evaluation, "2.1", 2)

    assert not is_confirmed(evaluation)


@pytest.mark.parametrize("act", [actions.confirm, actions.unconfirm])
def test_decisions_are_refused_late_sent_or_on_another_version(evaluation, operator, act):
    answer_question(evaluation, "2.1", 1)
    answer, closes = answer_to(evaluation, "2.1"), NOW + timedelta(days=30)

    with pytest.raises(Conflict):
        act(answer=answer, version=2, by=operator, at=NOW)
    with pytest.raises(WindowClosed):
        act(answer=answer, version=1, by=operator, at=closes)
    send(evaluation, operator)
    with pytest.raises(AlreadySubmitted):
        act(answer=answer, version=1, by=operator, at=NOW)
    assert not is_confirmed(evaluation)


@pytest.mark.parametrize(("code", "answered"), [("2.1", False), ("1.1", True)])
def test_what_is_empty_or_not_shared_is_not_confirmed(evaluation, operator, code, answered):
    if answered:
        answer_question(evaluation, code, 1)

    with pytest.raises(actions.NothingToConfirm):
        actions.confirm(answer=answer_to(evaluation, code), version=int(answered), by=operator, at=NOW)

    assert not is_confirmed(evaluation, code)


def test_button_on_the_question_page_answers_with_the_new_state(client, evaluation, disdik):
    answer_question(evaluation, "2.1", 0)
    client.force_login(disdik)
    page = client.get(reverse("evaluations:question", args=[evaluation.pk, "2.1"])).content.decode()

    response = decide(client, evaluation, htmx=True)

    text = response.content.decode()
    assert (page.count("Konfirmasi jawaban bersama"), "Konfirmasi jawaban bersama</button>" in page) == (1, True)
    assert (response.status_code, "Siap ditelaah" in text, 'id="tugas-atas"' in text) == (200, True, True)
    assert is_confirmed(evaluation)


def test_without_script_the_buttons_lead_back_with_the_filters(client, evaluation, disdik):
    answer_question(evaluation, "2.1", 0)
    client.force_login(disdik)
    list_, page = (reverse(f"evaluations:{name}", args=[evaluation.pk, *code]) for name, code in
                   {"tasks": [], "question": ["2.1"]}.items())  # fmt: skip
    trail = "?keadaan=draf&dari=tugas&urut=2"

    from_list = client.post(f"{page}konfirmasi/{trail}", {"version": 1, "tampilan": "daftar"})
    from_page = client.post(f"{page}konfirmasi/tarik/{trail}", {"version": 1})

    assert (from_list["Location"], from_page["Location"]) == (f"{list_}?keadaan=draf", f"{page}{trail}")


def test_supporter_is_shown_no_button_and_refused(client, evaluation, dinkes):
    answer_question(evaluation, "2.1", 0)
    client.force_login(dinkes)

    page = client.get(reverse("evaluations:question", args=[evaluation.pk, "2.1"])).content.decode()
    responses = [decide(client, evaluation, htmx=htmx) for htmx in (True, False)]

    assert "Konfirmasi jawaban bersama</button>" not in page
    assert [response.status_code for response in responses] == [403, 403]
    assert ["penanggung jawab atau operator" in response.content.decode() for response in responses] == [True] * 2
    assert not is_confirmed(evaluation)


@pytest.mark.parametrize("htmx", [True, False])
def test_answer_that_changed_meanwhile_is_a_conflict_that_shows_what_stands(client, evaluation, disdik, htmx):
    answer_question(evaluation, "2.1", 1)
    answer_question(evaluation, "2.1", 2, by=disdik)
    client.force_login(disdik)

    response = decide(client, evaluation, version=1, htmx=htmx)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Yang tersimpan sekarang: Di atas 50% (100,00), oleh Staff" in page
    assert not is_confirmed(evaluation)


@pytest.mark.parametrize("version", ["", "x", "-1", "0", "9" * 30, "1.5"])
def test_strange_versions_are_refused_with_a_sentence(client, evaluation, disdik, version):
    answer_question(evaluation, "2.1", 0)
    client.force_login(disdik)

    response = decide(client, evaluation, version=version)

    assert (response.status_code, "Muat ulang halaman" in response.content.decode()) == (422, True)
    assert not is_confirmed(evaluation)


def told():
    """Who was told what."""
    return list(Notice.objects.order_by("pk").values_list("user__username", "kind", "link"))


def test_a_supporters_changes_are_told_to_the_lead_once_a_day(evaluation, disdik, dinkes):
    gone = make_user("STAFF", username="gone", office=disdik.office)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)

    answer_question(evaluation, "2.1", 1, by=dinkes)
    answer_question(evaluation, "2.1", 2, by=dinkes)
    prove(evaluation, "2.1", dinkes)
    answer_question(evaluation, "2.1", 1, by=dinkes, at=NOW + timedelta(days=1))

    assert told() == [("disdik", "CONFIRM", f"/evaluasi/{evaluation.pk}/pertanyaan/2.1/")] * 2


def test_lead_and_operator_tell_nobody(evaluation, disdik, dinkes, operator):
    answer_question(evaluation, "2.1", 1, by=disdik)
    answer_question(evaluation, "1.1", 1, by=dinkes)
    answer_question(evaluation, "2.2", 1, by=operator)

    assert told() == []
