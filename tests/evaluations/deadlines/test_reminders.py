"""Who is reminded when, of how much; once a day, by the calendar of the deadline's own zone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clusters.models import StageWindow
from clusters.stages import Stage
from evaluations.deadlines import reminders
from evaluations.models import Answer, Responsibility
from evaluations.worklist.standing import open_tasks, states_of
from notices import digests, tasks
from notices.models import Notice
from tests.factories import NOW, answer_all, make_office, make_region, make_user, send
from tests.verification.factories import judge, make_judge

pytestmark = pytest.mark.django_db
TODAY = date(2025, 5, 20)
CLOSES = datetime(2025, 5, 20, 15, 59, tzinfo=UTC)  # 23.59 WITA


def close_in(evaluation, days, stage="EM", **more):
    windows = StageWindow.objects.filter(cycle=evaluation.cycle, stage=stage)
    windows.update(closes_at=CLOSES + timedelta(days=days), **more)


def told():
    return dict(Notice.objects.values_list("user__username", "text"))


@pytest.fixture
def people(evaluation):
    """Staff of both offices, an operator, and others who owe no answers."""
    region = evaluation.region
    found = [make_user("STAFF", username=code, office=make_office(region, code)) for code in ("dinkes", "disdik")]
    found.append(make_user("OPERATOR", username="operator", region=region))
    for role in ("LEADER", "REVIEWER", "VERIFIER", "ADMIN"):
        make_user(role, username=role.lower(), region=region)
    make_user("OPERATOR", username="fern", region=make_region("16.10"))
    return found


@pytest.mark.parametrize(("days", "word"), [(7, "7 hari lagi"), (3, "3 hari lagi"), (1, "besok"), (0, "hari ini")])
def test_people_who_owe_are_told_how_many_and_until_when(evaluation, people, days, word):
    close_in(evaluation, days)
    until = f"Evaluasi mandiri ditutup {20 + days} Mei 2025, 23.59 WITA, {word}."

    reminders.remind(TODAY, NOW)

    assert told() == {
        "dinkes": f"6 pertanyaan Dinas Kesehatan belum selesai. {until}",
        "disdik": f"4 pertanyaan Dinas Pendidikan belum selesai. {until}",
        "operator": f"6 pertanyaan Kabupaten Tanah Bumbu belum selesai. {until}",
    }


@pytest.mark.parametrize("days", [30, 8, 6, 5, 4, 2, -1])
def test_other_mornings_are_quiet(evaluation, people, days):
    close_in(evaluation, days)

    reminders.remind(TODAY, NOW)

    assert told() == {}


def test_number_is_that_of_every_counter(evaluation, people):
    close_in(evaluation, 3)

    reminders.remind(TODAY, NOW)

    for user in people:
        count = open_tasks(states_of(evaluation, user=user).values())
        assert told()[user.username].startswith(f"{count} pertanyaan ")


def test_same_morning_twice_tells_once_and_the_next_step_again(evaluation, people):
    close_in(evaluation, 3)

    for day in (TODAY, TODAY, TODAY + timedelta(days=2)):
        reminders.remind(day, NOW)

    assert Notice.objects.filter(user=people[0]).count() == 2


def test_who_owes_nothing_is_left_alone(evaluation, people):
    close_in(evaluation, 1)
    Responsibility.objects.filter(evaluation=evaluation, is_lead=False).delete()
    answer_all(evaluation)
    Answer.objects.filter(evaluation=evaluation, question__code__startswith="1").update(points=0)  # needs no proof

    reminders.remind(TODAY, NOW)

    assert sorted(told()) == ["disdik", "operator"]


def test_sent_evaluation_reminds_nobody(evaluation, people):
    send(evaluation)
    Notice.objects.all().delete()
    close_in(evaluation, 1)

    reminders.remind(TODAY, NOW)

    assert told() == {}


@pytest.mark.parametrize(
    ("zone", "reminded"), [("Asia/Jakarta", False), ("Asia/Makassar", False), ("Asia/Jayapura", True)]
)
def test_day_is_counted_in_the_zone_of_the_window(evaluation, people, zone, reminded):
    moment = datetime(2025, 5, 22, 15, 30, tzinfo=UTC)  # the 22nd in WIB and WITA, the 23rd in WIT
    StageWindow.objects.filter(cycle=evaluation.cycle, stage="EM").update(closes_at=moment, time_zone=zone)

    reminders.remind(TODAY, NOW)

    assert bool(told()) is reminded


@pytest.mark.parametrize(("left", "word"), [(7, "7 hari lagi"), (3, "3 hari lagi"), (1, "besok"), (0, "hari ini")])
def test_dates_of_the_region_remind_of_their_own_questions(evaluation, people, left, word):
    due = TODAY + timedelta(days=left)
    Responsibility.objects.filter(evaluation=evaluation, office__code="disdik", question__code__startswith="2").update(
        due_on=due
    )

    reminders.remind(TODAY, NOW)

    assert told()["disdik"] == f"2 pertanyaan Dinas Pendidikan jatuh tempo {due.day} Mei 2025, {word}."


def test_date_on_the_day_of_the_window_is_not_told_twice(evaluation, people):
    close_in(evaluation, 3)
    Responsibility.objects.filter(evaluation=evaluation).update(due_on=TODAY + timedelta(days=3))

    reminders.remind(TODAY, NOW)

    assert Notice.objects.count() == 3


def test_verifiers_are_reminded_of_what_they_have_not_judged(evaluation, people):
    answer_all(evaluation)
    send(evaluation)
    verifier = make_judge(evaluation, username="hakim")
    judge(evaluation, "1.1", by=verifier)
    Notice.objects.all().delete()
    close_in(evaluation, 3, "VA")

    reminders.remind(TODAY, NOW)

    assert told() == {
        "hakim": "5 pertanyaan Kabupaten Tanah Bumbu belum dinilai. Verifikasi administrasi ditutup 23 Mei 2025, "
        "23.59 WITA, 3 hari lagi."
    }
    assert Stage.VA == "VA"


def test_digest_carries_the_reminder_and_how_the_work_stands(evaluation, people, mailoutbox, monkeypatch):
    close_in(evaluation, 3)
    for user in people:
        user.email = f"{user.username}@dinas.example"
        user.save()

    tasks.write_morning(day=TODAY.isoformat())
    tasks.send_mails()

    bodies = {mail.to[0].partition("@")[0]: mail.body for mail in mailoutbox}
    until = "tenggat 23 Mei 2025, 23.59 WITA."
    assert sorted(bodies) == ["dinkes", "disdik", "operator"]
    assert f"- Evaluasi KLA 2024: 4 tugas terbuka, {until}\n\n" in bodies["disdik"]
    assert f"6 tugas terbuka, {until}\n- Perkiraan pada tenggat: belum cukup data." in bodies["operator"]
    assert digests.write(day=TODAY, at=NOW) == 0
