"""Second readings: drawn, given blind, settled by the coordinator; what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest

from evaluations import windows
from tests.factories import NOW, make_user
from tests.verification.double.cases import give, proved, reading_of, twice
from tests.verification.factories import close, judge, make_judge
from verification import actions, rules
from verification.double import actions as doubles
from verification.double import rules as double_rules
from verification.double.pairs import paired
from verification.models import DoubleSample, SecondReading, Verdict
from verification.teams import actions as teams

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def settle(case, code, outcome, *, by, why="Bukti cukup.", other=None, version=1):
    return doubles.settle(
        reading=reading_of(case, code), version=version, outcome=outcome, other=other or {}, why=why, by=by, at=NOW
    )


def test_the_sample_is_drawn_once_and_told():
    case, second, admin = proved(share=50), make_user("VERIFIER"), make_user("ADMIN")
    make_judge(case)

    samples = [doubles.draw(evaluation=case, by=admin, at=NOW) for _ in range(2)]

    assert (samples[0], DoubleSample.objects.count(), SecondReading.objects.count()) == (samples[1], 1, 3)
    assert set(SecondReading.objects.values_list("reader", flat=True)) == {second.pk}
    assert second.notices.get().text == "3 pertanyaan Kabupaten Tanah Bumbu menunggu penilaian kedua dari Anda."


def test_questions_without_evidence_are_not_drawn():
    case = proved()
    make_user("VERIFIER")
    judge_, admin = make_judge(case), make_user("ADMIN")
    use = case.answers.get(question__code="1.1").uses.get()
    use.removed_at, use.removed_by = NOW, admin
    use.save()

    doubles.draw(evaluation=case, by=admin, at=NOW)

    codes = SecondReading.objects.values_list("answer__question__code", flat=True)
    assert (sorted(codes), judge_.second_readings.count()) == (["1.2", "2.1", "2.2", "3.1", "3.2"], 0)


@pytest.mark.parametrize("missing", ["share", "reader", "judge", "stage"])
def test_nothing_is_drawn_where_something_is_missing(missing):
    case, admin = proved(share=0 if missing == "share" else 10), make_user("ADMIN")
    if missing != "reader":
        make_user("VERIFIER")
    if missing != "judge":
        verifier = make_judge(case)
    if missing == "stage":
        close(case, by=verifier, confirmed=6)
        type(case).objects.update(stage="VF")
    refusal = {"share": doubles.SwitchedOff, "stage": actions.StageClosed}.get(missing, doubles.NothingToDraw)

    with pytest.raises(refusal):
        doubles.draw(evaluation=case, by=admin, at=NOW)

    assert (DoubleSample.objects.count(), SecondReading.objects.count()) == (0, 0)


def test_verifiers_too_near_to_the_region_read_nothing():
    case, near, admin = proved(), make_user("VERIFIER"), make_user("ADMIN")
    make_judge(case)
    teams.declare(verifier=near, region=case.region, kind="HOME", reason="", by=near, at=NOW)

    with pytest.raises(doubles.NothingToDraw):
        doubles.draw(evaluation=case, by=admin, at=NOW)


def test_what_a_reader_owes_goes_to_another_with_a_conflict_and_what_is_given_stays():
    two, third = twice(), make_user("VERIFIER")
    give(two.case, "1.1", by=two.second)

    teams.declare(verifier=two.second, region=two.case.region, kind="KIN", reason="", by=two.second, at=NOW)

    readers = dict(SecondReading.objects.values_list("answer__question__code", "reader"))
    assert (readers["1.1"], two.second.pk in [who for code, who in readers.items() if code != "1.1"]) == (
        two.second.pk, False,
    )  # fmt: skip
    assert third.pk in readers.values()


def test_a_second_judgement_is_given_once():
    two = twice()
    given = give(two.case, "1.1", Decimal("100"), by=two.second, note="Hanya sampul.")
    again = give(two.case, "1.1", Decimal("100"), by=two.second, note="Hanya sampul.")

    with pytest.raises(doubles.AlreadyGiven):
        give(two.case, "1.1", Decimal("200"), by=two.second)
    assert (given.points, again.given_at, Verdict.objects.count()) == (Decimal("100.00"), NOW, 0)


@pytest.mark.parametrize(
    ("points", "reason", "refusal"),
    [("400.01", "INCOMPLETE", actions.PointsOutOfRange), ("-1", "INCOMPLETE", actions.PointsOutOfRange),
     ("1.001", "INCOMPLETE", actions.PointsOutOfRange), ("100", "", actions.ReasonNeeded)],
)  # fmt: skip
def test_a_second_judgement_obeys_the_rules_of_verdicts(points, reason, refusal):
    two = twice()

    with pytest.raises(refusal):
        give(two.case, "1.1", Decimal(points), by=two.second, reason=reason)
    assert SecondReading.objects.given().count() == 0


def test_nothing_is_given_by_others_or_after_the_end():
    two = twice()
    with pytest.raises(SecondReading.DoesNotExist):
        give(two.case, "1.1", by=two.coordinator)
    with pytest.raises(windows.WindowClosed):
        give(two.case, "1.1", by=two.second, at=two.case.cycle.windows.get(stage="VA").closes_at)
    close(two.case, by=two.first, confirmed=6)
    with pytest.raises(actions.StageClosed):
        give(two.case, "1.1", by=two.second)
    assert SecondReading.objects.given().count() == 0


def test_the_second_reader_does_not_give_the_first_verdict():
    two = twice()
    actions.assign(evaluation=two.case, stage="VA", verifier=two.second, by=two.admin, at=NOW)
    question = reading_of(two.case, "1.1").answer.question

    assert rules.can_judge(two.second, two.case)
    assert not rules.can_judge_question(two.second, two.case, question)


@pytest.mark.parametrize("first_is_earlier", [True, False])
def test_whoever_moves_towards_the_other_later_does_not_change_the_comparison(first_is_earlier):
    two = twice()
    if first_is_earlier:
        judge(two.case, "1.1", Decimal("50"), by=two.first, reason="INCOMPLETE", at=NOW - 2 * MINUTE)
        judge(two.case, "1.1", Decimal("300"), by=two.first, reason="INCOMPLETE", version=1, at=NOW - MINUTE)
    give(two.case, "1.1", Decimal("100"), by=two.second)
    alone = paired([reading_of(two.case, "1.1")])[0].is_whole
    version = 2 if first_is_earlier else 0
    judge(two.case, "1.1", Decimal("300") if version == 0 else Decimal("100"), by=two.first, reason="INCOMPLETE",
          version=version, at=NOW + MINUTE)  # fmt: skip
    judge(
        two.case, "1.1", Decimal("100.5"), by=two.first, reason="INCOMPLETE", version=version + 1, at=NOW + 2 * MINUTE
    )

    pair = paired([reading_of(two.case, "1.1")])[0]

    assert (alone, pair.first.points, pair.change) == (first_is_earlier, Decimal("300.00"), Decimal("-200.00"))


@pytest.mark.parametrize(
    ("outcome", "points", "decision"),
    [("FIRST", "300", "POINTS"), ("SECOND", "400", "ACCEPT"), ("OTHER", "350", "POINTS")],
)
def test_the_coordinator_s_word_is_a_new_verdict(outcome, points, decision):
    two = twice()
    judge(two.case, "1.1", Decimal("300"), by=two.first, reason="INCOMPLETE", note="Kurang.")
    give(two.case, "1.1", by=two.second)
    other = {"decision": "POINTS", "option": None, "points": Decimal("350"), "reason": "NOT_VALID", "note": ""}

    reading = settle(two.case, "1.1", outcome, by=two.coordinator, other=other)
    again = settle(two.case, "1.1", outcome, by=two.coordinator, other=other)

    verdict = Verdict.objects.current().get()
    assert (verdict.points, verdict.decision, verdict.version, verdict.given_by) == (
        Decimal(points), decision, 2, two.coordinator,
    )  # fmt: skip
    assert (reading.settled, again.settled, reading.first.version) == (verdict, verdict, 1)
    assert [each.notices.filter(text__contains="diputuskan").count() for each in (two.first, two.second)] == [1, 1]


def test_a_decision_needs_both_judgements_a_word_and_the_verdict_that_stands():
    two = twice()
    judge(two.case, "1.1", Decimal("300"), by=two.first, reason="INCOMPLETE")
    with pytest.raises(doubles.NotComparable):
        settle(two.case, "1.1", "FIRST", by=two.coordinator)
    give(two.case, "1.1", by=two.second)
    with pytest.raises(doubles.WhyMissing):
        settle(two.case, "1.1", "FIRST", by=two.coordinator, why=" ")
    with pytest.raises(actions.Conflict):
        settle(two.case, "1.1", "FIRST", by=two.coordinator, version=7)
    settle(two.case, "1.1", "SECOND", by=two.coordinator)
    with pytest.raises(doubles.AlreadySettled):
        settle(two.case, "1.1", "FIRST", by=two.coordinator, version=2)
    assert (Verdict.objects.count(), reading_of(two.case, "1.1").outcome) == (2, "SECOND")


def test_only_the_coordinator_settles_and_draws():
    two = twice()
    people = (two.first, two.second, two.coordinator, two.admin)

    assert [double_rules.can_settle(each, two.case) for each in people] == [False, False, True, False]
    assert [double_rules.can_draw(each, two.case) for each in people] == [False, False, True, True]


def test_switching_off_takes_back_what_is_owed():
    two = twice()
    give(two.case, "1.1", by=two.second)

    doubles.set_share(cycle=two.case.cycle, share=0, by=two.admin, at=NOW)

    assert list(SecondReading.objects.values_list("answer__question__code", flat=True)) == ["1.1"]
    assert double_rules.visible_readings(two.second).count() == 1
