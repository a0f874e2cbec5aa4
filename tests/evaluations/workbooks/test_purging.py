"""Files of imports go when their time is over; what they did stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import AuditEvent
from evaluations.models import Import
from evaluations.workbooks import purging
from tests.evaluations.workbooks.books import Book, confirmed, made, received
from tests.factories import NOW, make_evaluation, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def applied(evaluation):
    """An import that was applied at NOW, its file as old."""
    operator = make_user("OPERATOR", region=evaluation.region)
    found, comparison = received(evaluation, Book(made(evaluation)).fill("1.1", option="Seluruhnya"), operator)
    confirmed(found, comparison, operator)
    os.utime(path_of(found), (NOW.timestamp(), NOW.timestamp()))
    return Import.objects.get(pk=found.pk)


def path_of(found):
    return Path(default_storage.path(found.stored_as))


def test_file_goes_ninety_days_after_its_import_was_decided(client, applied):
    path = path_of(applied)
    early = purging.purge(at=NOW + timedelta(days=90))
    stayed = path.is_file()

    late = [purging.purge(at=NOW + timedelta(days=90, seconds=1)) for _ in range(2)]

    kept = Import.objects.get(pk=applied.pk)
    assert (early, stayed, late, path.exists()) == (0, True, [1, 0], False)
    assert (kept.state, kept.counts, kept.sha256, kept.stored_as) == ("CONFIRMED", applied.counts, applied.sha256, "")
    assert AuditEvent.objects.get(action="import.purged").details == {"count": 1}
    client.force_login(applied.uploaded_by)
    page = client.get(reverse("evaluations:import_file", args=[applied.evaluation_id, applied.pk]))
    assert (page.status_code, "sesuai masa simpannya" in page.content.decode()) == (410, True)


def test_file_that_a_younger_import_needs_stays(applied):
    Import.objects.create(
        evaluation=make_evaluation(make_region("63.05", "Tapin"), applied.evaluation.cycle), kind="WORKBOOK",
        file_name="a.xlsx", stored_as=applied.stored_as, sha256=applied.sha256, size=1, uploaded_at=NOW,
        uploaded_by=applied.uploaded_by, expires_at=NOW + timedelta(days=400),
    )  # fmt: skip

    assert (purging.purge(at=NOW + timedelta(days=200)), path_of(applied).is_file()) == (0, True)


def test_file_that_was_handed_in_again_just_now_stays(applied):
    at = NOW + timedelta(days=200)
    os.utime(path_of(applied), (at.timestamp(), at.timestamp()))

    assert (purging.purge(at=at), path_of(applied).is_file()) == (0, True)
