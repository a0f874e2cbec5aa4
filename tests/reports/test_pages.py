"""Pages of documents: who opens them, what they refuse, what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from jobs.kinds import find
from reports import actions
from reports.models import Document, Letterhead
from tests.factories import NOW, make_evaluation, make_office, make_region, make_user
from tests.reports.cases import closed_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Every test writes into a folder of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }


@pytest.fixture
def evaluation():
    return closed_case()


def ready(evaluation, by=None):
    """A CSV that is made."""
    by = by or make_user("OPERATOR", region=evaluation.region)
    document = actions.request_document(evaluation=evaluation, kind="LHV", format="csv", by=by, at=NOW)
    find("render").work(document_id=document.pk, by_id=by.pk)
    return document


ROLES = [
    ("OPERATOR", "63.10", 200, 302, 200),
    ("REVIEWER", "63.10", 200, 302, 403),
    ("LEADER", "63.10", 200, 302, 403),
    ("STAFF", "63.10", 403, 403, 403),
    ("VERIFIER", "63.10", 200, 302, 403),
    ("ADMIN", "63.10", 200, 302, 200),
    ("OPERATOR", "63.05", 404, 404, 404),
    ("VERIFIER", "16.10", 404, 404, 404),
]


@pytest.mark.parametrize(("role", "code", "list_status", "request_status", "letterhead_status"), ROLES)
def test_pages_by_role(client, evaluation, role, code, list_status, request_status, letterhead_status):
    client.force_login(make_user(role, region=make_region(code)))
    wanted = {"kind": "LHV", "format": "pdf"}

    statuses = (
        client.get(reverse("reports:index", args=[evaluation.pk])).status_code,
        client.post(reverse("reports:request", args=[evaluation.pk]), wanted).status_code,
        client.get(reverse("reports:letterhead", args=[evaluation.region.code])).status_code,
    )

    assert statuses == (list_status, request_status, letterhead_status)
    assert Document.objects.count() == (1 if request_status == 302 else 0)


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [("OPERATOR", "63.10", 200), ("LEADER", "63.10", 200), ("STAFF", "63.10", 404), ("OPERATOR", "63.05", 404),
     ("VERIFIER", "63.10", 200), ("VERIFIER", "16.10", 404)],
)  # fmt: skip
def test_download_is_authorised_and_logged(client, evaluation, role, code, status):
    document = ready(evaluation)
    client.force_login(make_user(role, region=make_region(code)))

    response = client.get(reverse("reports:download", args=[document.pk]))

    taken = AuditEvent.objects.filter(action="document.downloaded", subject=f"document:{document.pk}").count()
    assert (response.status_code, taken) == (status, 1 if status == 200 else 0)


def test_download_cannot_be_shown_inside_the_portal(client, evaluation):
    document = ready(evaluation)
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    headers = client.get(reverse("reports:download", args=[document.pk])).headers

    assert headers["Content-Disposition"].startswith("attachment")
    assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    "wanted", [{"kind": "XXX", "format": "pdf"}, {"kind": "LHV"}, {"kind": "VLH", "format": "csv"}, {}]
)
def test_request_of_an_unknown_document_makes_nothing(client, evaluation, wanted):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    response = client.post(reverse("reports:request", args=[evaluation.pk]), wanted)

    assert (response.status_code, Document.objects.count()) == (403, 0)


def test_request_before_verification_is_closed_says_when(client):
    evaluation = make_evaluation()
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    response = client.post(reverse("reports:request", args=[evaluation.pk]), {"kind": "LHV", "format": "pdf"})

    assert (response.status_code, Document.objects.count()) == (403, 0)
    assert "setelah verifikasi administrasi ditutup" in response.content.decode()


def test_double_click_makes_one_document_and_one_job(client, evaluation):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    for _ in range(2):
        client.post(reverse("reports:request", args=[evaluation.pk]), {"kind": "LHV", "format": "pdf"})

    document = Document.objects.get()
    assert (document.job.kind, document.job.key) == ("render", str(document.pk))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"signatory_number": "123"}, "NIP terdiri atas 18 angka"), ({"number_pattern": "{urut}/{x}"}, "Tidak dikenal"),
     ({"number_pattern": "tanpa nomor"}, "harus memuat {urut}"),
     ({"number_pattern": "{urut.__class__}"}, "Tidak dikenal"), ({"government": ""}, "tidak boleh kosong")],
)  # fmt: skip
def test_letterhead_refuses_with_a_sentence(client, evaluation, changed, sentence):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    values = {"government": "Pemerintah", "office": "Dinas", "city": "Kota", "number_pattern": "{urut}"}

    response = client.post(reverse("reports:letterhead", args=[evaluation.region.code]), {**values, **changed})

    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert Letterhead.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three_documents(client, evaluation, count):
    by = make_user("OPERATOR", region=evaluation.region)
    for format in ("pdf", "xlsx", "csv")[:count]:
        actions.request_document(evaluation=evaluation, kind="LHV", format=format, by=by, at=NOW)
    client.force_login(by)
    client.get(reverse("reports:index", args=[evaluation.pk]))

    with CaptureQueriesContext(connection) as caught:
        client.get(reverse("reports:index", args=[evaluation.pk]))

    assert len([each for each in caught.captured_queries if each["sql"].startswith(("SELECT", "EXECUTE"))]) == 9


def test_staff_of_an_office_are_told_why_there_are_no_documents(client, evaluation):
    client.force_login(make_user("STAFF", office=make_office(evaluation.region)))

    page = client.get(reverse("reports:index", args=[evaluation.pk]))

    assert (page.status_code, "Dokumen memuat seluruh evaluasi" in page.content.decode()) == (403, True)
