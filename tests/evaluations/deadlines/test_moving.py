"""Moving a deadline: with a letter, told to everybody it concerns, never over another administrator's head."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from clusters.models import StageWindow
from clusters.stages import Stage
from evaluations.deadlines import actions
from evaluations.models import DeadlineMove
from notices.models import Notice
from tests.evaluations.queries import statements
from tests.factories import NOW, make_cycle, make_evaluation, make_region, make_user

pytestmark = pytest.mark.django_db
OLD, NEW = NOW + timedelta(days=30), NOW + timedelta(days=40)
LETTER = actions.Letter("B-12/KPPPA/2025", date(2025, 5, 19), "Ditunda")


@pytest.fixture
def admin(client):
    admin = make_user("ADMIN")
    client.force_login(admin)
    return admin


def move(
    evaluation, admin, closes=NEW, *, seen=0, shorten=False, cross=True, letter=LETTER, stage=Stage.EM, opens=None
):
    span = actions.Span(opens or NOW - timedelta(days=30), closes, "Asia/Makassar")
    return actions.move(
        cycle=evaluation.cycle, stage=stage, span=span, letter=letter, seen=seen, shorten=shorten, cross=cross,
        by=admin, at=NOW,
    )  # fmt: skip


def closes(evaluation, stage="EM"):
    return StageWindow.objects.get(cycle=evaluation.cycle, stage=stage).closes_at


def fields(**changes):
    return {
        "opens_at": "2025-04-20T10:00", "closes_at": "2025-06-29T23:59", "time_zone": "Asia/Makassar",
        "letter_number": "B-12", "letter_on": "2025-05-19", "reason": "", "seen": "0", "cross": "on", **changes,
    }  # fmt: skip


def post(client, evaluation, stage="EM", **changes):
    return client.post(reverse("evaluations:move_deadline", args=[evaluation.cycle.code, stage]), fields(**changes))


def test_move_changes_the_window_keeps_the_old_and_leaves_an_event(evaluation, admin):
    move(evaluation, admin)

    rows = DeadlineMove.objects.values_list("closes_before", "closes_at", "letter_number", "reason", "moved_by")
    event = AuditEvent.objects.get(action="deadline.moved")
    assert (closes(evaluation), list(rows)) == (NEW, [(OLD, NEW, "B-12/KPPPA/2025", "Ditunda", admin.pk)])
    assert (event.subject, event.details["letter"]) == (f"cycle:{evaluation.cycle_id}", "B-12/KPPPA/2025")


def test_everybody_concerned_is_told_and_nobody_else(evaluation, admin):
    here = [
        make_user(role, region=evaluation.region) for role in ("STAFF", "OPERATOR", "REVIEWER", "LEADER", "VERIFIER")
    ]
    other_admin = make_user("ADMIN")
    gone = make_user("OPERATOR", region=evaluation.region)
    gone.is_active = False
    gone.save()
    for role in ("OPERATOR", "VERIFIER"):
        make_user(role, region=make_region("16.10"))

    move(evaluation, admin)

    told = dict(Notice.objects.values_list("user", "link"))
    case, listing = reverse("evaluations:overview", args=[evaluation.pk]), reverse("evaluations:index")
    assert told == dict.fromkeys([each.pk for each in here[:4]], case) | {here[4].pk: listing, other_admin.pk: listing}
    assert set(Notice.objects.values_list("text", flat=True)) == {
        "Evaluasi KLA 2024: tenggat Evaluasi mandiri dipindahkan dari 19 Juni 2025, 10.00 WITA menjadi 29 Juni 2025, "
        "10.00 WITA, surat B-12/KPPPA/2025."
    }


def test_shortening_is_asked_twice(evaluation, admin):
    with pytest.raises(actions.Unconfirmed) as doubt:
        move(evaluation, admin, NOW + timedelta(days=2))
    assert (closes(evaluation), doubt.value.shortens, doubt.value.crossings) == (OLD, True, [])

    move(evaluation, admin, NOW + timedelta(days=2), shorten=True)
    assert closes(evaluation) == NOW + timedelta(days=2)


@pytest.mark.parametrize("shorten", [True, False])
@pytest.mark.parametrize(
    ("closes_at", "opens_at"),
    [
        (NOW, NOW - timedelta(days=30)),  # not now, and not earlier
        (NOW - timedelta(seconds=1), NOW - timedelta(days=30)),
        (NEW, NEW),
        (OLD, NOW - timedelta(days=30)),  # nothing moves
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(evaluation, admin, closes_at, opens_at, shorten):
    with pytest.raises(actions.Refused):
        move(evaluation, admin, closes_at, opens=opens_at, shorten=shorten)

    assert (closes(evaluation), DeadlineMove.objects.count(), Notice.objects.count()) == (OLD, 0, 0)


def test_second_administrator_is_shown_what_the_first_did(client, evaluation, admin):
    first = move(evaluation, make_user("ADMIN"), letter=actions.Letter("B-1/LAIN", date(2025, 5, 18)))

    answer = post(client, evaluation)
    page = answer.content.decode()

    assert (answer.status_code, closes(evaluation)) == (409, NEW)
    assert ("B-1/LAIN" in page, 'value="2025-06-29T23:59"' in page, f'value="{first.pk}"' in page) == (True, True, True)
    assert post(client, evaluation, seen=str(first.pk)).status_code == 302
    assert closes(evaluation) == datetime(2025, 6, 29, 15, 59, tzinfo=UTC)


def test_same_letter_sent_twice_moves_once(client, evaluation, admin):
    statuses = [post(client, evaluation).status_code for _ in range(2)]

    assert (statuses, DeadlineMove.objects.count()) == ([302, 302], 1)


def test_stage_without_a_window_is_given_one(client, evaluation, admin):
    StageWindow.objects.filter(stage="VF").delete()

    answer = post(client, evaluation, "VF")

    rows = DeadlineMove.objects.values_list("window__stage", "closes_before", "opens_before")
    assert (answer.status_code, list(rows)) == (302, [("VF", None, None)])


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Asia/Jakarta", datetime(2025, 6, 29, 16, 59, tzinfo=UTC)),
        ("Asia/Makassar", datetime(2025, 6, 29, 15, 59, tzinfo=UTC)),
        ("Asia/Jayapura", datetime(2025, 6, 29, 14, 59, tzinfo=UTC)),
    ],
)
def test_wall_time_is_read_in_its_zone(client, evaluation, admin, zone, moment):
    post(client, evaluation, time_zone=zone)

    assert closes(evaluation) == moment


@pytest.mark.parametrize(
    "changes",
    [
        {"letter_number": ""}, {"letter_number": "x" * 81}, {"letter_number": "a\x00b"}, {"letter_on": "0001-01-01"},
        {"letter_on": ""}, {"closes_at": "besok"}, {"closes_at": "9999-12-31T23:59"}, {"closes_at": "2025-05-01T00:00"},
        {"closes_at": "2025-05-25T00:00"}, {"time_zone": "Europe/Berlin"}, {"seen": "9" * 30}, {"seen": "x"},
        {"opens_at": "2025-07-01T00:00"}, {"opens_at": ""}, {"reason": "x" * 301}, {"letter_on": "9" * 500},
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_a_sentence_and_keeps_what_was_typed(client, evaluation, admin, changes):
    answer = post(client, evaluation, **changes)

    assert (answer.status_code, closes(evaluation), DeadlineMove.objects.count()) == (422, OLD, 0)
    assert "field-error" in answer.content.decode() or "lebih awal" in answer.content.decode() or "seen" in changes


@pytest.mark.parametrize("address", [["2024", "XX"], ["2024", "TI"], ["tidak-ada", "EM"], ["2024", "em"]])
def test_stage_or_cycle_that_is_not_there_is_not_found(client, evaluation, admin, address):
    assert client.get(reverse("evaluations:move_deadline", args=address)).status_code == 404


def test_stepper_says_from_when_and_with_which_letter(client, evaluation, admin):
    move(evaluation, admin)

    page = client.get(reverse("evaluations:overview", args=[evaluation.pk])).content.decode()

    assert "dipindahkan dari 19 Juni 2025, 10.00 WITA dengan surat B-12/KPPPA/2025, 19 Mei 2025" in page


@pytest.mark.parametrize("more", [0, 2])
@pytest.mark.parametrize(("name", "count"), [("cycles", 7), ("cycle", 8)])
def test_pages_cost_the_same_for_one_and_three(client, evaluation, admin, name, count, more):
    for number in range(more):
        make_evaluation(make_region(), make_cycle(evaluation.cycle.instrument, code=f"lain-{number}"))
        last = DeadlineMove.objects.order_by("-pk").first()
        move(evaluation, admin, NEW + timedelta(days=number), seen=last.pk if last else 0)
    move(evaluation, admin, stage=Stage.VA)
    address = reverse(f"evaluations:{name}", args=[evaluation.cycle.code] if name == "cycle" else [])
    client.get(address)

    with CaptureQueriesContext(connection) as caught:
        client.get(address)

    assert len(statements(caught)) == count


@pytest.mark.parametrize(
    "change", [{"letter_number": ""}, {"closes_at": NOW - timedelta(days=90)}, {"opens_before": None}]
)
def test_database_refuses_what_the_action_would(evaluation, admin, change):
    done = move(evaluation, admin)

    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineMove.objects.filter(pk=done.pk).update(**change)
