"""Ticking: the answer follows in the same act, two people meet in a conflict, nothing is written twice or late."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from evaluations import claims
from evaluations.actions import AlreadySubmitted, FollowsTicks, save_answer
from evaluations.models import Answer, PlaceTick
from evaluations.places import actions
from evaluations.windows import WindowClosed
from tests.evaluations.places.world import answer_of, count_by, make_places, pks
from tests.factories import NOW, answer_question, make_user, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(evaluation):
    make_places(evaluation.region)
    return count_by(evaluation, "village")


@pytest.fixture
def operator(evaluation):
    return make_user("OPERATOR", region=evaluation.region)


def tick(evaluation, entry, by, wanted, seen=None, at=NOW):
    return actions.tick(answer=answer_of(evaluation), entry=entry, wanted=wanted, seen=seen or {}, by=by, at=at)


def standing(evaluation):
    answer = answer_of(evaluation)
    return answer.kind, answer.measure, answer.points, answer.version


def test_answer_follows_the_ticks(evaluation, entry, operator):
    first, second = pks("Batulicin", "Pagatan")

    changed = tick(evaluation, entry, operator, {first: True, second: False})

    assert (changed, standing(evaluation)) == (2, ("MEASURE", Decimal("20.00"), Decimal("50.00"), 1))
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))[-2:] == [
        "places.ticked",
        "answer.saved",
    ]


def test_same_share_saves_no_new_answer(evaluation, entry, operator):
    first, second = pks("Batulicin", "Pagatan")
    tick(evaluation, entry, operator, {first: True})

    tick(evaluation, entry, operator, {second: False})

    assert standing(evaluation)[3] == 1


def test_taking_every_tick_back_empties_the_answer(evaluation, entry, operator):
    (first,) = pks("Batulicin")
    tick(evaluation, entry, operator, {first: True})

    tick(evaluation, entry, operator, {first: None}, {first: True})

    assert (standing(evaluation), PlaceTick.objects.count()) == (("", None, None, 2), 0)


def test_the_same_sheet_twice_has_one_effect(evaluation, entry, operator):
    (first,) = pks("Batulicin")

    changes = [tick(evaluation, entry, operator, {first: True}) for _ in range(2)]

    assert (changes, standing(evaluation)[3], PlaceTick.objects.count()) == ([1, 0], 1, 1)


def test_two_people_on_one_place_meet_in_a_conflict(evaluation, entry, operator):
    first, second = pks("Batulicin", "Pagatan")
    tick(evaluation, entry, operator, {first: True})

    with pytest.raises(actions.Conflict) as conflict:
        tick(evaluation, entry, operator, {first: False, second: True}, {})

    named = [(each.place.name, each.theirs, each.mine) for each in conflict.value.disputed]
    # the second never saw "Ya" there: nothing of the sheet is written, not even the undisputed place
    assert named == [("Batulicin", True, False)]
    assert list(PlaceTick.objects.values_list("village", "is_met")) == [(first, True)]


def test_two_people_on_different_places_both_count(evaluation, entry, operator):
    first, second = pks("Batulicin", "Pagatan")

    tick(evaluation, entry, operator, {first: True})
    tick(evaluation, entry, make_user("OPERATOR", region=evaluation.region), {second: True})

    assert standing(evaluation)[:2] == ("MEASURE", Decimal("40.00"))


def test_places_of_another_region_are_left_out(evaluation, entry, operator):
    assert tick(evaluation, entry, operator, {999_999: True}) == 0
    assert (PlaceTick.objects.count(), standing(evaluation)[3]) == (0, 0)


def test_note_and_history_survive(evaluation, entry, operator):
    Answer.objects.filter(pk=answer_of(evaluation).pk).update(note="Dihitung Disdukcapil")

    tick(evaluation, entry, operator, {pks("Batulicin")[0]: True})

    answer = answer_of(evaluation)
    assert (answer.note, answer.versions.count()) == ("Dihitung Disdukcapil", 1)


def test_nothing_is_ticked_after_sending_or_after_the_window(evaluation, entry, operator):
    wanted = {pks("Batulicin")[0]: True}

    with pytest.raises(WindowClosed):
        tick(evaluation, entry, operator, wanted, at=NOW + timedelta(days=31))
    answer_question(evaluation, "1.1", 2)
    send(evaluation, operator)
    with pytest.raises(AlreadySubmitted):
        tick(evaluation, entry, operator, wanted)

    assert PlaceTick.objects.count() == 0


def test_save_that_was_on_its_way_at_the_first_tick_finds_the_sheet(evaluation, entry, operator):
    """The page was opened, and checked, before anybody ticked; the tick leaves the answer's version as it is."""
    answer, claim = answer_of(evaluation), claims.from_measure(entry.question, entry.options, Decimal(90))
    (first,) = pks("Batulicin")
    PlaceTick.objects.create(answer=answer, village_id=first, is_met=True, ticked_at=NOW, ticked_by=operator)

    with pytest.raises(FollowsTicks, match="lembar centang"):
        save_answer(answer=answer, version=0, claim=claim, note="", by=operator, at=NOW)

    noted = save_answer(answer=answer_of(evaluation), version=0, claim=claims.EMPTY, note="Baru", by=operator, at=NOW)
    assert (noted.note, standing(evaluation)[1:]) == ("Baru", (None, None, 1))
