"""The action: who answers what changes whole, once, told to the right people, and can be taken back."""

from datetime import date

import pytest

from accounts.models import AuditEvent, Office, User
from evaluations.duties import actions
from evaluations.duties.actions import Wish
from evaluations.duties.plan import NOBODY, Duty, duties_of
from evaluations.models import Answer, Responsibility
from notices.models import Notice
from tests.factories import NOW, answer_question, make_office, make_user, send

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 2)


@pytest.fixture
def operator(evaluation):
    return make_user("OPERATOR", username="operator.uji", region=evaluation.region)


def question(evaluation, code):
    return evaluation.cycle.instrument.questions.get(code=code).pk


def office(evaluation, code):
    return make_office(evaluation.region, code).pk


def assign(evaluation, operator, *, seen=None, after_sending=False, **duties):
    """`q2_1=Duty(...)` by the question's code."""
    wishes = {question(evaluation, name[1:].replace("_", ".")): Wish(duty, seen) for name, duty in duties.items()}
    return actions.assign(evaluation=evaluation, wishes=wishes, by=operator, at=NOW, after_sending=after_sending)


def duty(evaluation, code):
    return duties_of(evaluation).get(question(evaluation, code), NOBODY)


def test_lead_and_supporter_change_places(evaluation, operator):
    health, school = office(evaluation, "dinkes"), office(evaluation, "disdik")
    before = duty(evaluation, "2.1")
    wanted = Duty(health, frozenset({school}), DAY)

    changed = assign(evaluation, operator, seen=before, q2_1=wanted)

    assert (before, changed, duty(evaluation, "2.1")) == (Duty(school, frozenset({health})), 1, wanted)
    event = AuditEvent.objects.get(action="responsibility.changed")
    assert (event.by, event.subject, event.chain.region) == (
        operator, f"duty:{evaluation.pk}:{question(evaluation, '2.1')}", evaluation.region
    )  # fmt: skip
    assert event.details == {
        "changes": [{"question": question(evaluation, "2.1"), "old": before.stored(), "new": wanted.stored()}]
    }


def test_all_may_be_taken_away_and_come_back(evaluation, operator):
    before = duty(evaluation, "1.1")

    assign(evaluation, operator, q1_1=NOBODY)
    gone = Responsibility.objects.filter(evaluation=evaluation, question__code="1.1").count()
    actions.undo(evaluation=evaluation, event_pk=AuditEvent.objects.latest("pk").pk, by=operator, at=NOW)

    assert (gone, duty(evaluation, "1.1")) == (0, before)


def test_same_request_twice_has_one_effect(evaluation, operator):
    seen, wanted = duty(evaluation, "1.1"), Duty(office(evaluation, "disdik"))

    changed = [assign(evaluation, operator, seen=seen, q1_1=wanted) for _ in range(2)]

    assert (changed, AuditEvent.objects.filter(action="responsibility.changed").count()) == ([1, 0], 1)


def test_second_of_two_editors_is_told_and_nothing_is_written(evaluation, operator):
    seen = duty(evaluation, "1.1")
    first = Duty(office(evaluation, "disdik"))
    assign(evaluation, operator, seen=seen, q1_1=first)

    with pytest.raises(actions.Conflict) as conflict:
        assign(evaluation, operator, seen=seen, q1_1=NOBODY, q1_2=NOBODY)

    assert conflict.value.current == {question(evaluation, "1.1"): first}
    assert (duty(evaluation, "1.1"), duty(evaluation, "1.2")) == (first, seen)


def test_sent_plan_is_locked_but_for_whoever_may_change_it_later(evaluation, operator):
    before = duty(evaluation, "1.1")
    send(evaluation, operator)

    with pytest.raises(actions.PlanLocked):
        assign(evaluation, operator, q1_1=NOBODY)
    kept = duty(evaluation, "1.1")
    assign(evaluation, operator, after_sending=True, q1_1=NOBODY)

    assert (kept, duty(evaluation, "1.1")) == (before, NOBODY)


def test_confirmation_ends_with_its_lead_and_only_then(evaluation, operator):
    school, health = office(evaluation, "disdik"), office(evaluation, "dinkes")
    for code in ("2.2", "3.1"):
        answer_question(evaluation, code, 1)
    Answer.objects.filter(points__isnull=False).update(confirmed_at=NOW, confirmed_by=operator)

    assign(evaluation, operator, q2_2=Duty(health, frozenset({school})), q3_1=Duty(school, frozenset()))

    confirmed = Answer.objects.filter(confirmed_at__isnull=False).values_list("question__code", flat=True)
    assert list(confirmed) == ["3.1"]


def test_people_of_an_office_newly_named_are_told_once_and_nobody_else(evaluation, operator):
    social = make_office(evaluation.region, "dinsos")
    part = Office.objects.create(region=evaluation.region, code="dinsos-utara", name="UPT Utara", part_of=social)
    told = [make_user("STAFF", username=f"staf.{each.code}", office=each) for each in (social, part)]
    silent = [make_user("STAFF", username="lama", office=make_office(evaluation.region, "disdik")), operator]
    User.objects.filter(pk=make_user("STAFF", username="keluar", office=social).pk).update(is_active=False)
    standing = duty(evaluation, "2.1")

    assign(evaluation, operator, q2_1=Duty(standing.lead, standing.support | {social.pk}), q1_1=Duty(social.pk))

    found = Notice.objects.order_by("user").values_list("user", "kind", "text", "link")
    text = "Perangkat daerah Anda kini penanggung jawab pertanyaan 1.1 dan pendukung pertanyaan 2.1."
    link = f"/evaluasi/{evaluation.pk}/pembagian/?kantor={social.pk}"
    assert list(found) == [(user.pk, "ASSIGNED", text, link) for user in told]
    assert not Notice.objects.filter(user__in=silent).exists()


def test_date_alone_tells_nobody(evaluation, operator):
    make_user("STAFF", office=make_office(evaluation.region, "dinkes"))
    standing = duty(evaluation, "1.1")

    assign(evaluation, operator, q1_1=Duty(standing.lead, standing.support, DAY))

    rows = Responsibility.objects.filter(evaluation=evaluation, question__code="1.1").values_list("due_on", flat=True)
    assert (list(rows), Notice.objects.count()) == ([DAY], 0)


def test_undo_leaves_alone_what_was_changed_since(evaluation, operator):
    school, health = office(evaluation, "disdik"), office(evaluation, "dinkes")
    before = duty(evaluation, "1.1")
    assign(evaluation, operator, q1_1=Duty(school), q1_2=Duty(school))
    act = AuditEvent.objects.latest("pk").pk
    later = Duty(school, frozenset({health}))
    assign(evaluation, operator, q1_2=later)

    count = actions.undo(evaluation=evaluation, event_pk=act, by=operator, at=NOW)

    assert (count, duty(evaluation, "1.1"), duty(evaluation, "1.2")) == (1, before, later)
    with pytest.raises(actions.NothingToUndo):
        actions.undo(evaluation=evaluation, event_pk=act, by=operator, at=NOW)


def test_undo_cannot_bring_back_an_office_that_is_gone(evaluation, operator):
    passing = make_office(evaluation.region, "sementara")
    assign(evaluation, operator, q1_1=Duty(passing.pk))
    assign(evaluation, operator, q1_1=Duty(office(evaluation, "dinkes")))
    act = AuditEvent.objects.latest("pk").pk
    passing.delete()

    with pytest.raises(actions.NothingToUndo):
        actions.undo(evaluation=evaluation, event_pk=act, by=operator, at=NOW)
    assert duty(evaluation, "1.1") == Duty(office(evaluation, "dinkes"))
