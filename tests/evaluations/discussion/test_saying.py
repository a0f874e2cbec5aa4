"""Saying and withdrawing: who is told, what is written down, what happens twice."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent, User
from evaluations.discussion import actions
from evaluations.models import Answer, Comment, Responsibility
from notices.models import Notice
from tests.factories import NOW, make_office, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(evaluation):
    """Lead and supporter of 2.1, an operator, and a stranger."""
    region = evaluation.region
    return {
        "lead": make_user("STAFF", username="staf.disdik", office=make_office(region, "disdik")),
        "support": make_user("STAFF", username="staf.dinkes", office=make_office(region, "dinkes")),
        "operator": make_user("OPERATOR", username="operator", region=region),
        "stranger": make_user("OPERATOR", username="lain", region=make_region("63.05", "Tapin")),
    }


def say(evaluation, text, by, token="a" * 32, code="2.1"):
    answer = Answer.objects.get(evaluation=evaluation, question__code=code)
    return actions.say(answer=answer, text=text, token=token, by=by, at=NOW)


def told():
    return set(Notice.objects.values_list("user__username", "kind"))


def test_named_people_are_told_as_named_and_the_lead_as_listener(evaluation, people):
    said = say(evaluation, "@operator dan @lain, cek datanya", people["support"])

    assert told() == {("operator", "MENTIONED"), ("staf.disdik", "COMMENTED")}
    assert list(said.mentions.all()) == [people["operator"]]
    assert Notice.objects.first().link == f"/evaluasi/{evaluation.pk}/pertanyaan/2.1/#komentar-{said.pk}"


def test_speaker_is_never_told(evaluation, people):
    say(evaluation, "@staf.disdik catatan sendiri", people["lead"])

    assert told() == set()


def test_who_spoke_before_hears_the_next_word(evaluation, people):
    say(evaluation, "Satu", people["operator"])
    Notice.objects.all().delete()

    say(evaluation, "Dua", people["lead"], token="c" * 32)

    assert told() == {("operator", "COMMENTED")}


def test_the_same_sheet_sent_twice_is_said_once(evaluation, people):
    first, again = (say(evaluation, "Sudah", people["lead"]) for _ in range(2))

    assert (first, Comment.objects.count()) == (again, 1)
    assert AuditEvent.objects.filter(action="comment.said").count() == 1


def test_withdrawing_keeps_the_row_and_is_told_once(evaluation, people):
    said = say(evaluation, "Keliru", people["lead"])

    for hours in (1, 2):
        actions.withdraw(comment=said, by=people["lead"], at=NOW + timedelta(hours=hours))

    said.refresh_from_db()
    assert (said.withdrawn_at, said.text) == (NOW + timedelta(hours=1), "Keliru")
    assert AuditEvent.objects.filter(action="comment.withdrawn").count() == 1


def test_full_thread_refuses_with_a_sentence(evaluation, people, monkeypatch):
    monkeypatch.setattr(actions, "MOST_COMMENTS", 1)
    say(evaluation, "Satu", people["lead"])

    with pytest.raises(actions.ThreadFull, match="Lanjutkan lewat rapat"):
        say(evaluation, "Dua", people["lead"], token="c" * 32)

    assert Comment.objects.count() == 1


def test_who_left_or_answers_it_no_more_is_not_told(evaluation, people):
    say(evaluation, "Satu", people["support"])
    say(evaluation, "Dua", people["operator"], token="b" * 32)
    Responsibility.objects.filter(evaluation=evaluation, office=people["support"].office).delete()
    User.objects.filter(pk=people["operator"].pk).update(is_active=False)
    Notice.objects.all().delete()

    say(evaluation, "Tiga", people["lead"], token="c" * 32)

    assert told() == set()
