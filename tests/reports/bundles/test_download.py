"""A region's evidence as one file: what is in it, who gets it, what the trail says, how it is resumed."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from evaluations.evidence import actions as proving
from evaluations.models import Evidence, EvidenceUse
from reports.bundles import turnstile
from reports.bundles.archive import Torn
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.factories import answer_to, attach
from tests.factories import NOW, make_evaluation, make_region, make_user, send

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
FOLDER = "bukti-kabupaten-tanah-bumbu-2024"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    options = {"location": str(tmp_path)}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}


@pytest.fixture
def evaluation():
    return make_evaluation(make_region("63.10", "Kabupaten Tanah Bumbu"))


@pytest.fixture
def operator(client, evaluation):
    operator = make_user("OPERATOR", region=evaluation.region)
    client.force_login(operator)
    return operator


def address(evaluation):
    return reverse("reports:bundle_download", args=[evaluation.pk])


def fetched(client, evaluation, **headers):
    """The answer and its bytes."""
    response = client.get(address(evaluation), headers=headers)
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def furnished(evaluation, operator):
    """A document of two questions, one of the second cluster, a link, and one of each that stays out."""
    first = attach(evaluation, operator, good_files.pdf(2), name="SK Gugus: Tugas.pdf").evidence
    proving.attach_existing(answer=answer_to(evaluation, "1.2"), evidence=[first], by=operator, at=NOW)
    attach(evaluation, operator, good_files.pdf(3), code="3.1", name="Profil =1+1.pdf")
    proving.attach_link(
        answer=answer_to(evaluation, "1.1"), url="https://jdih.example.id/sk", title="JDIH", by=operator, at=NOW
    )
    infected = attach(evaluation, operator, good_files.pdf(4), name="Terinfeksi.pdf").evidence
    Evidence.objects.filter(pk=infected.pk).update(scan="INFECTED")
    lost = attach(evaluation, operator, good_files.pdf(5), name="Hilang.pdf").evidence
    Path(default_storage.path(lost.stored_as)).unlink()
    removed = attach(evaluation, operator, good_files.pdf(6), name="Dilepas.pdf").evidence
    proving.detach(use=EvidenceUse.objects.get(evidence=removed), by=operator, at=NOW)
    return first


def test_archive_holds_every_document_once_with_an_index(client, evaluation, operator):
    first = furnished(evaluation, operator)

    response, whole = fetched(client, evaluation)

    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        assert opened.testzip() is None
        names, page = opened.namelist(), opened.read(f"{FOLDER}/index.html").decode()
        rows = list(
            csv.reader(io.StringIO(opened.read(f"{FOLDER}/daftar-bukti.csv").decode("utf-8-sig")), delimiter=";")
        )
        sk = opened.read(f"{FOLDER}/0 K Kelembagaan/Indikator 01/1.1/01 SK Gugus Tugas.pdf")
    assert names == [
        f"{FOLDER}/index.html", f"{FOLDER}/daftar-bukti.csv", f"{FOLDER}/index.css",
        f"{FOLDER}/0 K Kelembagaan/Indikator 01/1.1/01 SK Gugus Tugas.pdf",
        f"{FOLDER}/1 I Hak Sipil/Indikator 03/3.1/01 Profil 1 1.pdf",
    ]  # fmt: skip
    assert [row[2] for row in rows[1:]] == ["1.1", "1.1", "1.2", "3.1", "", "", ""]
    assert rows[1][9:11] == [first.sha256, "1.1, 1.2"]
    assert sk == default_storage.open(first.stored_as).read()
    for said in ("Ditahan oleh pemindaian virus", "tidak ditemukan di penyimpanan", "Sudah dilepas", "https://jdih.example.id/sk",
                 "disimpan pada pertanyaan 1.1"):  # fmt: skip
        assert said in page
    assert (response.headers["Content-Length"], response.status_code) == (str(len(whole)), 200)


def test_download_is_written_down_before_its_first_byte(client, evaluation, operator):
    first = attach(evaluation, operator).evidence

    response = client.get(address(evaluation))

    event = AuditEvent.objects.get(action="evidence.bundled")
    assert (event.subject, event.by, event.chain.region) == (f"evaluation:{evaluation.pk}", operator, evaluation.region)
    said = event.details
    assert (said["files"], said["from"], said["evidence"]) == (1, 0, [first.pk])
    assert str(said["bytes"]) == response.headers["Content-Length"]
    assert said["address"]


def test_broken_download_is_resumed_where_it_broke(client, evaluation, operator):
    furnished(evaluation, operator)
    response, whole = fetched(client, evaluation)
    tag = response.headers["ETag"]

    again, rest = fetched(client, evaluation, range="bytes=700-", if_range=tag)
    other, all_of_it = fetched(client, evaluation, range="bytes=700-", if_range='"lain"')
    behind, _ = fetched(client, evaluation, range=f"bytes={len(whole)}-")

    assert (again.status_code, rest, again.headers["ETag"]) == (206, whole[700:], tag)
    assert again.headers["Content-Range"] == f"bytes 700-{len(whole) - 1}/{len(whole)}"
    assert (other.status_code, all_of_it) == (200, whole)
    assert (behind.status_code, behind.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")
    events = AuditEvent.objects.filter(action="evidence.bundled").order_by("pk")
    assert [event.details["from"] for event in events] == [0, 700, 0]


def test_new_document_makes_another_archive(client, evaluation, operator):
    attach(evaluation, operator)
    before, _ = fetched(client, evaluation)
    attach(evaluation, operator, good_files.pdf(2), name="Baru.pdf")

    after, whole = fetched(client, evaluation, range="bytes=10-", if_range=before.headers["ETag"])

    assert (after.status_code, len(whole)) == (200, int(after.headers["Content-Length"]))


def test_head_says_how_long_it_is_and_writes_nothing(client, evaluation, operator):
    attach(evaluation, operator)

    response = client.head(address(evaluation))

    assert (response.status_code, int(response.headers["Content-Length"]) > 500) == (200, True)
    assert not AuditEvent.objects.filter(action="evidence.bundled").exists()


@pytest.mark.parametrize(
    ("role", "code", "sent", "status"),
    [("OPERATOR", "63.10", False, 200), ("REVIEWER", "63.10", False, 200), ("LEADER", "63.10", False, 200),
     ("ADMIN", "63.10", False, 200), ("STAFF", "63.10", False, 403), ("VERIFIER", "63.10", False, 404),
     ("VERIFIER", "63.10", True, 200), ("VERIFIER", "16.10", True, 404), ("OPERATOR", "63.05", True, 404)],
)  # fmt: skip
def test_archive_is_for_those_who_see_the_whole_case(client, evaluation, role, code, sent, status):
    attach(evaluation, make_user("OPERATOR", region=evaluation.region))
    if sent:
        send(evaluation)
    client.force_login(make_user(role, region=make_region(code)))

    response, _ = fetched(client, evaluation)

    written = AuditEvent.objects.filter(action="evidence.bundled").count()
    assert (response.status_code, written) == (status, 1 if status == 200 else 0)


def test_file_that_disappears_meanwhile_breaks_the_archive_off(client, evaluation, operator):
    evidence = attach(evaluation, operator).evidence
    response = client.get(address(evaluation))
    Path(default_storage.path(evidence.stored_as)).unlink()

    with pytest.raises(Torn):
        list(response.streaming_content)

    for closer in response._resource_closers:  # what the server does; `close` would end the test's database as well
        closer()
    assert turnstile._inside.total() == 0


def test_too_many_archives_at_once_are_asked_to_wait(client, evaluation, operator):
    attach(evaluation, operator)
    turns = [turnstile.Turn(operator.pk) for _ in range(turnstile.PER_PERSON)]

    refused = client.get(address(evaluation))
    for turn in turns:
        turn.end()
    after, _ = fetched(client, evaluation)

    assert (refused.status_code, refused.headers["Retry-After"], after.status_code) == (503, "60", 200)
    assert "Unduhan lain sedang berjalan" in refused.content.decode()
    assert AuditEvent.objects.filter(action="evidence.bundled").count() == 1


@pytest.mark.parametrize("documents", [1, 3])
def test_number_of_documents_costs_no_queries(client, evaluation, operator, documents):
    for number in range(documents):
        attach(evaluation, operator, good_files.pdf(number + 1), name=f"Berkas {number}.pdf")
    client.get(reverse("reports:bundle", args=[evaluation.pk]))

    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("reports:bundle", args=[evaluation.pk]))

    assert (len(queries), f"{documents} berkas" in page.content.decode()) == (8, True)
