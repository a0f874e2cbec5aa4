"""Taking over: copies wait to be checked, are never done, never overwrite silently, never double."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from accounts.models import AuditEvent, District
from clusters.catalogue import catalogue_of
from evaluations import claims
from evaluations.actions import AlreadySubmitted, Conflict
from evaluations.carryover import actions
from evaluations.carryover.matching import TICKED
from evaluations.carryover.previous import old_answers, previous_of
from evaluations.models import Answer, Evidence, EvidenceUse, PlaceTick
from evaluations.windows import WindowClosed
from evaluations.worklist.standing import states_of
from tests.evaluations.places.world import count_by
from tests.factories import NOW, answer_question, make_evaluation, make_region, send

pytestmark = pytest.mark.django_db


def answer_of(evaluation, code="1.1"):
    return Answer.objects.select_related("evaluation__cycle", "evaluation__region", "question").get(
        evaluation=evaluation, question__code=code
    )


def old_of(new, user, code="1.1"):
    entry = catalogue_of(new.cycle.instrument).by_code[code]
    return old_answers(user, new, [entry])[entry.question.pk]


def take(new, by, *codes, version=0, at=NOW):
    wishes = [
        actions.Wish(answer_of(new, code), version, old_of(new, by, code).claim, old_of(new, by, code).answer)
        for code in codes
    ]
    return actions.take_answers(evaluation=new, wishes=wishes, by=by, at=at)


def state_of(evaluation, code="1.1"):
    question = evaluation.cycle.instrument.questions.get(code=code).pk
    return states_of(evaluation)[question].state.value


def test_copied_answer_counts_but_waits_to_be_checked(new, operator):
    assert take(new, operator, "1.1") == 1

    answer = answer_of(new)
    assert (answer.points, answer.needs_check, answer.version, state_of(new)) == (400, True, 1, "CHECK")
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))[-2:] == [
        "answer.saved",
        "answer.taken_over",
    ]


def test_checking_or_saving_ends_the_doubt(new, operator):
    take(new, operator, "1.1")

    actions.check(answer=answer_of(new), version=1, by=operator, at=NOW)
    checked = answer_of(new).needs_check
    Answer.objects.filter(pk=answer_of(new).pk).update(needs_check=True)
    answer_question(new, "1.1", 1)

    assert (checked, answer_of(new).needs_check) == (False, False)


def test_checking_what_has_changed_meanwhile_is_refused(new, operator):
    take(new, operator, "1.1")

    with pytest.raises(Conflict):
        actions.check(answer=answer_of(new), version=0, by=operator, at=NOW)

    assert answer_of(new).needs_check is True


def test_answer_saved_meanwhile_is_not_overwritten(new, operator):
    answer_question(new, "1.1", 0)

    with pytest.raises(Conflict):
        take(new, operator, "1.1")

    assert (answer_of(new).points, answer_of(new).needs_check) == (0, False)


def test_one_conflict_leaves_the_whole_choice_undone(new, old, operator):
    answer_question(old, "3.2", 1)
    answer_question(new, "3.2", 0)

    with pytest.raises(Conflict):
        take(new, operator, "1.1", "3.2")

    assert (answer_of(new).version, answer_of(new, "3.2").points) == (0, 0)


def test_document_is_shared_with_its_details_and_waits_to_be_checked(new, document, operator):
    fresh = actions.take_documents(answer=answer_of(new), documents=[document], by=operator, at=NOW)

    here = Evidence.objects.get(evaluation=new)
    use = EvidenceUse.objects.get(evidence=here)
    assert (fresh, here.sha256, here.stored_as, here.number, here.document_kind) == (
        1, document.sha256, document.stored_as, "188/45/2022", "SK"
    )  # fmt: skip
    assert (use.needs_check, use.pages, use.answer_id) == (True, "2-3", answer_of(new).pk)


def test_document_taken_twice_is_there_once(new, document, operator):
    counts = [
        actions.take_documents(answer=answer_of(new), documents=[document], by=operator, at=NOW) for _ in range(2)
    ]

    assert (counts, EvidenceUse.objects.filter(evidence__evaluation=new).count()) == ([1, 0], 1)


def test_missing_file_takes_nothing_over(new, document, operator):
    default_storage.delete(document.stored_as)

    with pytest.raises(actions.FileGone, match="Unggah dokumennya"):
        actions.take_documents(answer=answer_of(new), documents=[document], by=operator, at=NOW)

    assert Evidence.objects.filter(evaluation=new).count() == 0


def test_nothing_is_taken_over_late_or_after_sending(new, document, operator):
    with pytest.raises(WindowClosed):
        take(new, operator, "1.1", at=NOW + timedelta(days=31))
    send(new, operator)
    with pytest.raises(AlreadySubmitted):
        take(new, operator, "1.1")
    with pytest.raises(AlreadySubmitted):
        actions.take_documents(answer=answer_of(new), documents=[document], by=operator, at=NOW)

    assert answer_of(new).version == 0


def test_previous_is_the_latest_earlier_cycle_of_the_same_region(new, old):
    other = make_evaluation(make_region("63.05", "Tapin"), old.cycle)

    assert (previous_of(new), previous_of(old), previous_of(other)) == (old, None, None)


def test_old_verdict_stands_beside_the_old_claim(new, judged, operator):
    found = old_of(new, operator)

    assert (found.verdict.points, found.verdict.lowered, found.verdict.reason, found.verdict.note) == (
        100, True, "Bukti tidak lengkap", "Hanya sampul."
    )  # fmt: skip


def test_what_is_counted_place_by_place_is_not_taken_over(old, new, operator):
    figure = claims.from_option(catalogue_of(old.cycle.instrument).by_code["2.1"].options[1])
    answer_question(old, "2.1", figure)
    wish = actions.Wish(answer_of(new, "2.1"), 0, figure, answer_of(old, "2.1"))
    count_by(new, "DISTRICT")
    district = District.objects.create(region=new.region, code="63.10.01", name="Kusan Hilir")
    ticked = {"is_met": True, "ticked_at": NOW, "ticked_by": operator}
    PlaceTick.objects.create(answer=answer_of(new, "2.1"), district=district, **ticked)
    beside = old_of(new, operator, "2.1")

    with pytest.raises(actions.FollowsTicks, match="lembar centang"):
        actions.take_answers(evaluation=new, wishes=[wish], by=operator, at=NOW)
    assert (answer_of(new, "2.1").points, beside.claim, beside.why_not) == (None, None, TICKED)
