"""The doors through which evidence comes: forms of real browsers, cut bodies, lying lengths."""

import errno
import io
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils import timezone

from evaluations.evidence.sentences import REFUSALS
from evaluations.models import Evidence, EvidenceUse
from tests import factories
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.bad_files import EXE
from tests.evaluations.evidence.factories import attach, on_disk

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture
def evaluation():
    """Open at the moment the test runs: views ask the clock."""
    return factories.make_evaluation(cycle=factories.make_cycle(open_at=timezone.now()))


@pytest.fixture
def signed_in(client, operator):
    client.force_login(operator)
    return client


def door(evaluation, name="attach", code="1.1", **more):
    return reverse(f"evaluations:{name}", kwargs={"pk": evaluation.pk, "code": code, **more})


def file(content=None, name="sk.pdf"):
    return SimpleUploadedFile(name, good_files.pdf() if content is None else content, "application/pdf")


def post(client, evaluation, *files, **how):
    return client.post(door(evaluation), {"berkas": list(files), "selesai": "1"}, **how)


def said(response):
    return [str(each) for each in get_messages(response.wsgi_request)]


def proven(evaluation):
    rows = EvidenceUse.objects.filter(removed_at=None, answer__evaluation=evaluation)
    return sorted(rows.values_list("answer__question__code", "evidence__file_name"))


def test_attach_takes_several_files_without_javascript(signed_in, evaluation):
    response = post(signed_in, evaluation, file(), file(good_files.picture(), "foto.JPG"))

    assert (response.status_code, response["Location"]) == (302, f"/evaluasi/{evaluation.pk}/pertanyaan/1.1/#bukti")
    assert said(response) == ["sk: tersimpan.", "foto: tersimpan."]
    assert proven(evaluation) == [("1.1", "foto.jpg"), ("1.1", "sk.pdf")]


def test_attach_answers_htmx_with_the_block(signed_in, evaluation):
    response = post(signed_in, evaluation, file(), headers={"HX-Request": "true"})

    page = response.content.decode()
    assert (response.status_code, page.count('<article class="proof-item">')) == (200, 1)
    assert "sk: tersimpan." in page
    assert "<html" not in page


def test_attach_keeps_the_good_and_names_the_bad(signed_in, evaluation):
    response = post(signed_in, evaluation, file(EXE, "program.pdf"), file(), headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert f"program: {REFUSALS['program']}" in response.content.decode()
    assert proven(evaluation) == [("1.1", "sk.pdf")]


def test_attach_of_nothing_but_bad_is_422_for_htmx(signed_in, evaluation):
    response = post(signed_in, evaluation, file(b"", "kosong.pdf"), headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert f"kosong: {REFUSALS['empty']}" in response.content.decode()
    assert on_disk() == []


def test_attach_drops_26_mb_while_it_arrives_and_keeps_the_rest(signed_in, evaluation):
    response = post(signed_in, evaluation, file(bytes(26 * MEGABYTE), "pindai.pdf"), file())

    assert sorted(said(response)) == sorted([f"pindai: {REFUSALS['too_large']}", "sk: tersimpan."])
    assert proven(evaluation) == [("1.1", "sk.pdf")]


def test_attach_of_a_body_that_breaks_off_stores_nothing(signed_in, evaluation):
    body = encode_multipart(BOUNDARY, {"berkas": file(good_files.pdf() + bytes(9000)), "selesai": "1"})

    response = signed_in.generic("POST", door(evaluation), body[: len(body) // 2], MULTIPART_CONTENT)

    assert said(response) == [REFUSALS["cut_off"]]
    assert (Evidence.objects.count(), on_disk()) == (0, [])


def test_attach_stops_reading_a_body_no_form_could_hold(signed_in, evaluation, settings):
    settings.EVIDENCE_MAX_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000, 10_000
    body = encode_multipart(BOUNDARY, {"berkas": [file(bytes(9 * MEGABYTE)), file()], "selesai": "1"})
    payload = io.BytesIO(body)

    body_as_it_comes = {"CONTENT_TYPE": MULTIPART_CONTENT, "CONTENT_LENGTH": str(len(body)), "wsgi.input": payload}
    response = signed_in.generic("POST", door(evaluation), **body_as_it_comes)

    assert said(response) == [f"sk: {REFUSALS['too_large']}"]
    assert payload.tell() < MEGABYTE


def test_attach_on_a_disk_that_fills_up_while_the_file_arrives(signed_in, evaluation, monkeypatch):
    def full(self, raw_data, start):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)

    response = post(signed_in, evaluation, file())

    assert said(response) == [f"sk: {REFUSALS['no_space']}"]
    assert on_disk() == []


@pytest.mark.parametrize(
    ("files", "code"), [((), "nothing"), (tuple(file(good_files.pdf(n), f"{n}.pdf") for n in range(1, 12)), "too_many")]
)
def test_attach_wants_one_to_ten_files(signed_in, evaluation, files, code):
    response = post(signed_in, evaluation, *files)

    assert said(response) == [REFUSALS[code]]
    assert Evidence.objects.count() == 0


def test_attach_after_the_window_says_when_it_closed(signed_in, evaluation):
    evaluation.cycle.windows.update(closes_at=timezone.now() - timedelta(seconds=1))

    response = post(signed_in, evaluation, file())

    assert len(said(response)) == 1
    assert "sudah ditutup" in said(response)[0]
    assert on_disk() == []


def test_attach_needs_the_token_of_its_form(client, operator, evaluation):
    client = client.__class__(enforce_csrf_checks=True)
    client.force_login(operator)

    assert post(client, evaluation, file()).status_code == 403
    assert on_disk() == []


def test_attach_link_and_its_refusal(signed_in, evaluation):
    url = door(evaluation, "attach_link")
    good = signed_in.post(url, {"tautan": "https://kla.go.id/sk", "judul": "SK"})
    bad = signed_in.post(url, {"tautan": "https://127.1/sk", "judul": "SK"})

    assert (good.status_code, bad.status_code, REFUSALS["link_inside"] in bad.content.decode()) == (302, 422, True)
    assert list(Evidence.objects.values_list("url", flat=True)) == ["https://kla.go.id/sk"]


def test_attach_existing_takes_from_the_library(signed_in, evaluation, operator):
    evidence = attach(evaluation, operator, at=timezone.now()).evidence

    signed_in.post(door(evaluation, "attach_existing", "2.1"), {"bukti": [evidence.pk]})

    assert proven(evaluation) == [("1.1", "SK Gugus Tugas.pdf"), ("2.1", "SK Gugus Tugas.pdf")]


def test_detach_twice_is_one_effect(signed_in, evaluation, operator):
    evidence = attach(evaluation, operator, at=timezone.now()).evidence
    url = door(evaluation, "detach", evidence_pk=evidence.pk)

    assert [signed_in.post(url).status_code for _ in range(2)] == [302, 302]

    assert (proven(evaluation), EvidenceUse.objects.count()) == ([], 1)


def test_replace_leads_to_the_new_version(signed_in, evaluation, operator):
    evidence = attach(evaluation, operator, at=timezone.now()).evidence
    url = reverse("evaluations:replace_evidence", kwargs={"pk": evaluation.pk, "evidence_pk": evidence.pk})

    silent = signed_in.post(url, {"berkas": file(good_files.pdf(2), "baru.pdf"), "selesai": "1"})
    assert (silent["Location"], Evidence.objects.count()) == (f"/evaluasi/{evaluation.pk}/bukti/{evidence.pk}/", 1)
    response = signed_in.post(
        url, {"berkas": file(good_files.pdf(2), "baru.pdf"), "selesai": "1", "alasan": "Versi bertanda tangan"}
    )

    fresh = Evidence.objects.get(replaces=evidence)
    assert fresh.replace_reason == "Versi bertanda tangan"
    assert response["Location"] == f"/evaluasi/{evaluation.pk}/bukti/{fresh.pk}/"
    assert proven(evaluation) == [("1.1", "baru.pdf")]


@pytest.mark.parametrize("name", ["attach", "attach_link", "attach_existing"])
def test_doors_only_take_posts(signed_in, evaluation, name):
    assert signed_in.get(door(evaluation, name)).status_code == 405
