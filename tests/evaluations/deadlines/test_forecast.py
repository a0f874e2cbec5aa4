"""The outlook: from the dates on which answers became ready to the deadline, in whole and by office."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from clusters.models import StageWindow
from evaluations.deadlines import digest, forecast
from evaluations.models import Answer, AnswerVersion, Evaluation, Responsibility
from evaluations.standing import standing_for
from tests.factories import NOW, answer_question, make_office, make_user, send

pytestmark = pytest.mark.django_db
EARLIER = NOW - timedelta(days=20)


@pytest.fixture
def worked(evaluation):
    """Opened twenty days ago; of six questions 1.1, 1.2 and 3.1 are done, each by one office and without proof."""
    Evaluation.objects.filter(pk=evaluation.pk).update(opened_at=EARLIER)
    Responsibility.objects.filter(evaluation=evaluation, is_lead=False).delete()
    for days, code in enumerate(["1.1", "1.2", "3.1"], start=1):
        answer_question(evaluation, code, 0, at=NOW - timedelta(days=days))  # worth nothing, so it needs no proof
    evaluation.refresh_from_db()
    return evaluation


def outlook_of(evaluation, user=None):
    window = StageWindow.objects.filter(cycle=evaluation.cycle, stage="EM").first()
    user = user or make_user("OPERATOR", region=evaluation.region)
    return forecast.build(user, evaluation, standing_for(user, evaluation).work.states, window, NOW)


def shape(prospect):
    found = prospect.forecast
    return prospect.name, found.done, found.whole, found.expected, prospect.done_on


def test_outlook_tells_of_the_whole_and_the_farthest_office_first(worked):
    outlook = outlook_of(worked)

    assert shape(outlook.whole) == ("Kabupaten Tanah Bumbu", 3, 6, 5, date(2025, 7, 1))
    assert [shape(each) for each in outlook.offices] == [
        ("Dinas Pendidikan", 1, 4, 3, date(2025, 7, 1)),
        ("Dinas Kesehatan", 2, 2, 2, None),
    ]
    assert outlook.late == 1


def test_second_save_does_not_make_an_old_answer_new(worked):
    AnswerVersion.objects.filter(version=1).update(saved_at=EARLIER)
    answer_question(worked, "1.1", 0, at=NOW)

    assert outlook_of(worked).whole.forecast.recent == 0


def test_confirmation_is_what_finishes_a_shared_answer(worked):
    lead, support = make_office(worked.region, "dinkes"), make_office(worked.region, "disdik")
    answer = Answer.objects.get(evaluation=worked, question__code="1.1")
    Responsibility.objects.create(evaluation=worked, question=answer.question, office=support, is_lead=False)
    before = outlook_of(worked).whole.forecast.done
    by = make_user("STAFF", office=lead)
    Answer.objects.filter(pk=answer.pk).update(confirmed_at=NOW, confirmed_by=by)

    assert (before, outlook_of(worked).whole.forecast.done) == (2, 3)


def test_answer_without_its_proof_is_not_done(worked):
    answer_question(worked, "3.2", 2)

    assert outlook_of(worked).whole.forecast.done == 3


def test_nothing_is_foretold_from_too_little(evaluation):
    outlook = outlook_of(evaluation)

    assert (outlook.whole.forecast.is_known, outlook.whole.forecast.whole) == (False, 6)


@pytest.mark.parametrize("change", ["sent", "closed", "not yet", "no window"])
def test_no_outlook_when_there_is_nothing_to_wait_for(worked, change):
    window = StageWindow.objects.filter(cycle=worked.cycle, stage="EM")
    if change == "sent":
        worked = send(worked)
    elif change == "closed":
        window.update(closes_at=NOW)
    elif change == "not yet":
        window.update(opens_at=NOW + timedelta(days=1))
    else:
        window.delete()

    assert outlook_of(worked) is None


def test_staff_see_their_own_part_without_other_offices(worked, client):
    user = make_user("STAFF", office=make_office(worked.region, "dinkes"))
    client.force_login(user)

    page = client.get(reverse("evaluations:overview", args=[worked.pk])).content.decode()
    card = page.partition('id="perkiraan"')[2].partition("</section>")[0]

    assert ("2 dari 2" in card, "Dinas Pendidikan" in card) == (True, False)


def test_overview_shows_numbers_dates_and_who_is_late(worked, client):
    client.force_login(make_user("OPERATOR", region=worked.region))

    page = client.get(reverse("evaluations:overview", args=[worked.pk])).content.decode()
    card = " ".join(page.partition('id="perkiraan"')[2].partition("</section>")[0].split())

    for words in ("3 dari 6", "83,3 %", ">1,5<", "pertanyaan per minggu", "75,0 %", "1 Juli 2025", "WITA"):
        assert words in card
    assert "Dinas Pendidikan: 1 dari 4 selesai, 3 pada tenggat" in card


def test_digest_of_the_operator_says_what_will_be_done_and_who_is_behind(worked):
    operator = make_user("OPERATOR", region=worked.region)

    assert digest.standings([operator], NOW) == {
        operator.pk: [
            "Evaluasi KLA 2024: 3 tugas terbuka, tenggat 19 Juni 2025, 10.00 WITA.",
            "Pada laju 1,5 pertanyaan per minggu, 5 dari 6 (83,3\xa0%) selesai pada tenggat.",
            "Paling tertinggal: Dinas Pendidikan 75,0\xa0%.",
        ]
    }


@pytest.mark.parametrize("people", [1, 3])
def test_standings_cost_the_same_for_one_and_three_operators(worked, django_assert_num_queries, people):
    operators = [make_user("OPERATOR", region=worked.region) for _ in range(people)]
    digest.standings(operators, NOW)

    with django_assert_num_queries(6):
        digest.standings(operators, NOW)

    assert outlook_of(worked).whole.forecast.share_now == Decimal("50.0")


def test_office_that_stands_still_while_others_work_is_said_to(worked):
    Evaluation.objects.filter(pk=worked.pk).update(opened_at=NOW)  # opened today, with answers of twenty days
    AnswerVersion.objects.filter(answer__question__code="1.1").update(saved_at=EARLIER)
    answer = Answer.objects.get(evaluation=worked, question__code="3.1")
    Answer.objects.filter(pk=answer.pk).update(kind="", option=None, points=None)
    worked.refresh_from_db()

    outlook = outlook_of(worked)
    behind = outlook.offices[0]

    assert (outlook.whole.forecast.expected, outlook.whole.done_on, outlook.whole.waits_for) == (
        2, None, "Dinas Pendidikan"
    )  # fmt: skip
    assert (behind.name, behind.forecast.is_known, behind.forecast.recent, behind.never) == (
        "Dinas Pendidikan", True, 0, True,
    )  # fmt: skip
