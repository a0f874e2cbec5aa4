"""Where a document proves an answer: the pages that are named are pages it has."""

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.models import Evidence, EvidenceUse
from tests import factories
from tests.evaluations.evidence.factories import attach

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def evaluation(db):
    """Open at the moment the test runs: views ask the clock."""
    return factories.make_evaluation(cycle=factories.make_cycle(open_at=timezone.now()))


@pytest.mark.parametrize(
    ("count", "pages", "refused"),
    [
        (2, "hal. 12-14", "Berkas ini hanya 2 halaman; halaman 14 tidak ada."),
        (2, "1, 3", "Berkas ini hanya 2 halaman; halaman 3 tidak ada."),
        (2, "0-2", "Halaman dihitung mulai dari 1."),
        (2, "1-2", ""),
        (2, "", ""),
        (None, "12-14", ""),
    ],
)
def test_pages_that_the_file_does_not_have_are_refused(client, evaluation, operator, count, pages, refused):
    evidence = attach(evaluation, operator, at=timezone.now()).evidence
    Evidence.objects.update(page_count=count)
    client.force_login(operator)

    address = reverse("evaluations:place_evidence", args=[evaluation.pk, "1.1", evidence.pk])
    response = client.post(address, {"dilihat": "|", "halaman": pages}, headers=HTMX)

    stored = "" if refused else pages
    assert (response.status_code, EvidenceUse.objects.get().pages) == (422 if refused else 200, stored)
    assert refused in response.content.decode()
