"""What is refused about evidence stays in its fields, with script and without."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.models import EvidenceUse
from tests.evaluations.evidence.factories import attach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]


def send(client, evaluation, name, *key, htmx, **fields):
    address = reverse(f"evaluations:{name}", args=[evaluation.pk, "1.1", *key])
    answer = client.post(f"{address}?klaster=K&dari=tugas", fields, headers={"HX-Request": "true"} if htmx else {})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("htmx", [True, False])
def test_refused_link_stays_in_its_fields(client, evaluation, operator, htmx):
    client.force_login(operator)

    status, page = send(client, evaluation, "attach_link", htmx=htmx, tautan="http://contoh.go.id", judul="Berita <b>")

    typed = re.search(r'<details class="more" open>\s*<summary>Tambah tautan', page) is not None
    assert (status, typed, 'value="http://contoh.go.id"' in page, 'value="Berita &lt;b&gt;"' in page) == (
        422, True, True, True
    )  # fmt: skip
    assert ("Tautan harus diawali https://" in page, EvidenceUse.objects.count()) == (True, 0)


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("pages", "sentence"), [("hal dua", "Tulis halaman sebagai angka"), ("14-12", "Halaman pertama lebih besar")]
)
def test_refused_pages_stay_beside_their_document(client, evaluation, operator, htmx, pages, sentence):
    use = attach(evaluation, operator, at=timezone.now())
    client.force_login(operator)

    status, page = send(
        client, evaluation, "place_evidence", use.evidence_id, htmx=htmx, halaman=pages, mencakup="0", dilihat="|"
    )

    opened = '<details class="proof-place" open>' in page
    assert (status, opened, f'name="halaman" value="{pages}"' in page, sentence in page) == (422, True, True, True)
    assert EvidenceUse.objects.get().pages == ""


def test_what_is_taken_leaves_empty_fields(client, evaluation, operator):
    client.force_login(operator)

    status, page = send(
        client, evaluation, "attach_link", htmx=True, tautan="https://contoh.go.id", judul="Berita kegiatan"
    )

    assert (status, 'name="tautan" value=""' in page, 'name="judul" value=""' in page) == (200, True, True)
