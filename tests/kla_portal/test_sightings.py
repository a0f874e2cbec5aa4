"""Who looked at what: written down once a day, by those whom the law asks about, without a cost for the next page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from kla_portal import sightings
from tests.evaluations.evidence.factories import attach
from tests.factories import make_evaluation, make_user, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noted(settings, tmp_path):
    settings.NOTE_SIGHTINGS = True
    options = {"location": str(tmp_path)}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    sightings.memory.clear()


def noted():
    events = AuditEvent.objects.filter(action__endswith=".viewed").order_by("pk")
    return [(event.action, event.subject, event.by.role, event.chain.region.code) for event in events]


def test_document_that_is_looked_at_stands_in_the_trail_once(client):
    evaluation = make_evaluation()
    operator = make_user("OPERATOR", region=evaluation.region)
    document = attach(evaluation, operator).evidence
    address = reverse("evaluations:evidence", args=[evaluation.pk, document.pk])
    client.force_login(operator)

    client.get(address)
    with CaptureQueriesContext(connection) as again:
        client.get(address)

    assert noted() == [("evidence.viewed", f"evidence:{document.pk}", "OPERATOR", "63.10")]
    assert not [query for query in again.captured_queries if "auditevent" in query["sql"]]


def test_case_is_noted_for_those_from_outside_alone(client):
    evaluation = make_evaluation()
    send(evaluation)
    address = reverse("evaluations:question", args=[evaluation.pk, "1.1"])
    for role in ("OPERATOR", "VERIFIER", "ADMIN"):
        client.force_login(make_user(role, region=evaluation.region))
        for _ in range(2):
            assert client.get(address).status_code == 200

    subject = f"evaluation:{evaluation.pk}"
    assert noted() == [
        ("evaluation.viewed", subject, "VERIFIER", "63.10"), ("evaluation.viewed", subject, "ADMIN", "63.10"),
    ]  # fmt: skip


def test_page_that_is_refused_is_not_noted(client):
    evaluation = make_evaluation()
    client.force_login(make_user("VERIFIER", region=evaluation.region))

    assert client.get(reverse("evaluations:question", args=[evaluation.pk, "1.1"])).status_code == 404
    assert noted() == []
