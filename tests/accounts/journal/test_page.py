"""The page of the trail: who reads what, how it is narrowed, read on and taken away as a file."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import audit
from accounts.events import WORDS
from accounts.journal import exporting, listing
from accounts.models import AuditEvent
from kla_portal.spreadsheets import reading
from tests.evaluations.evidence.factories import answer_to
from tests.factories import NOW, make_evaluation, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation():
    return make_evaluation()


@pytest.fixture
def admin(client):
    admin = make_user("ADMIN", username="admin.portal")
    client.force_login(admin)
    return admin


def tell(action="answer.saved", subject="answer:1", *, by=None, region=None, days=0, **details):
    """One event, `days` before NOW."""
    return audit.record(
        action=action, subject=subject, by=by, at=NOW - timedelta(days=days), region=region, details=details
    )


def shown(client, **wanted):
    """Keys of the events on the page, in its order."""
    page = client.get(reverse("accounts:audit"), wanted).context["page"]
    return [line.event.pk for line in page.lines]


def test_trail_is_narrowed_by_everything_people_look_for(client, admin, evaluation):
    region, person = evaluation.region, make_user("OPERATOR", username="siti.operator", region=evaluation.region)
    saved = tell(
        subject=f"answer:{answer_to(evaluation, '1.2').pk}", by=person, region=region, note="Rapat Forum Anak"
    ).pk
    taken = tell("evidence.downloaded", "evidence:5", by=admin, region=region, days=40).pk
    seen = tell("evidence.viewed", "evidence:5", region=make_region("63.05", "Kabupaten Tapin")).pk
    opened = tell("user.created", f"user:{person.pk}", by=admin).pk

    wanted = {
        "by=SITI": ({"by": "SITI"}, [saved]), "by=portal": ({"by": "portal", "words": "dilihat"}, [seen]),
        "region": ({"region": str(region.pk), "action": "mengunduh"}, [taken]),
        "own chain": ({"region": "portal", "words": "akun"}, [opened]),
        "kind": ({"action": "mengunduh"}, [taken]), "act": ({"action": "evidence.viewed"}, [seen]),
        "code": ({"about": "1.2"}, [saved]), "name": ({"about": "bukti 5"}, [seen, taken]),
        "account": ({"about": "siti.operator"}, [opened]), "details": ({"words": "forum"}, [saved]),
        "nothing": ({"words": "forum dilihat"}, []), "period": ({"end": "2025-05-01"}, [taken]),
    }  # fmt: skip
    assert {name: shown(client, **fields) for name, (fields, _) in wanted.items()} == {
        name: found for name, (_, found) in wanted.items()
    }


@pytest.mark.parametrize(
    "hostile",
    [{"region": "x"}, {"region": "9" * 30}, {"action": "' OR 1"}, {"before": "-1"}, {"after": "x" * 1000},
     {"about": ":"}, {"about": "answer:" + "9" * 40}, {"words": "%" * 120}, {"by": "a\u202e"},
     {"start": "2025-13-40"}, {"words": "x" * 5000}],
)  # fmt: skip
def test_filter_that_cannot_be_read_is_no_error(client, admin, hostile):
    assert client.get(reverse("accounts:audit"), hostile).status_code == 200


def test_trail_is_read_on_from_where_one_was(client, admin, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    first, second, third, fourth, fifth = (tell(days=n).pk for n in range(5))

    page = client.get(reverse("accounts:audit")).context["page"]
    older = client.get(reverse("accounts:audit"), {"before": page.older}).context["page"]
    back = client.get(reverse("accounts:audit"), {"after": older.newer}).context["page"]
    last = client.get(reverse("accounts:audit"), {"before": second}).context["page"]

    assert [[line.event.pk for line in each.lines] for each in (page, older, back, last)] == [
        [fifth, fourth], [third, second], [fifth, fourth], [first],
    ]  # fmt: skip
    assert (page.newer, back.newer, last.older) == (None, None, None)


def test_operator_reads_the_own_region_alone(client, evaluation):
    own, other = evaluation.region, make_region("63.05", "Kabupaten Tapin")
    mine = tell(region=own).pk
    theirs = tell(subject="answer:4711", region=other).pk
    client.force_login(make_user("OPERATOR", region=own))

    opened = AuditEvent.objects.get(action="evaluation.opened").pk
    pages = [shown(client), shown(client, region=str(other.pk)), shown(client, before=theirs + 1)]
    assert pages == [[mine, opened]] * 3


def test_event_leads_to_what_it_is_about_where_the_reader_may_open_it(client, evaluation):
    answer = answer_to(evaluation, "1.2")
    tell(subject=f"answer:{answer.pk}", region=evaluation.region)
    tell(subject="answer:4711", region=evaluation.region)
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    page = client.get(reverse("accounts:audit")).content.decode()

    assert f'<a href="{reverse("evaluations:question", args=[evaluation.pk, "1.2"])}">pertanyaan 1.2, 2024</a>' in page
    assert "jawaban 4711" in page


@pytest.mark.parametrize("events", [1, 3])
def test_number_of_events_costs_no_queries(client, admin, evaluation, events):
    for code in ("1.1", "1.2", "2.1")[:events]:
        tell(subject=f"answer:{answer_to(evaluation, code).pk}", by=admin, region=evaluation.region)
        tell("user.changed", f"user:{make_user('REVIEWER').pk}", by=admin)

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("accounts:audit"))

    assert len(queries) == 14


def test_export_holds_what_is_narrowed_and_is_written_down(client, admin, evaluation):
    kept = tell(subject="answer:1", region=evaluation.region, note="=1+1")
    tell("user.created", "user:1")

    wanted = {"region": str(evaluation.region.pk), "words": "1+1"}
    response = client.get(reverse("accounts:audit_export"), {"format": "csv", **wanted})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";"))

    assert rows[0] == list(exporting.HEADINGS)
    assert [(row[2], row[3], row[9], row[12]) for row in rows[1:]] == [
        (WORDS["answer.saved"], "answer.saved", "2", kept.fingerprint)
    ]
    event = AuditEvent.objects.get(action="trail.exported")
    assert (event.by, event.details["rows"], event.details["format"]) == (admin, 1, "csv")
    assert event.details["wanted"] == wanted


def test_export_as_workbook_is_cut_off_with_a_sentence(client, admin, monkeypatch):
    tell(), tell()
    address = reverse("accounts:audit_export")

    response = client.get(address, {"format": "xlsx"})
    (sheet,) = reading.read(io.BytesIO(b"".join(response.streaming_content)))
    monkeypatch.setattr(exporting, "MOST_IN_SHEET", 1)
    refused = client.get(address, {"format": "xlsx"})

    assert ([row[3] for row in sheet.rows[1:]], response.status_code) == (["answer.saved"] * 2, 200)
    assert (refused.status_code, "paling banyak 1." in refused.content.decode()) == (422, True)
    assert client.get(address, {"format": "exe"}).status_code == 403
    assert AuditEvent.objects.filter(action="trail.exported").count() == 1
