"""Pages and forms beside a question lead back to the same place of the list that the question was opened from."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.evaluations.evidence.conftest import _own_store  # noqa: F401
from tests.evaluations.evidence.factories import attach
from tests.evaluations.matrices.tables import CODE, fields, give_columns, keep
from tests.factories import make_user

pytestmark = pytest.mark.django_db
TRAIL = "klaster=K&dari=tugas&urut=2"


@pytest.fixture
def visit(client, evaluation):
    """A page of the evaluation, opened from the list, as its operator."""
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    def _visit(name, *key, query=TRAIL, sent=None):
        address = f"{reverse(f'evaluations:{name}', args=[evaluation.pk, *key])}?{query}"
        return client.get(address) if sent is None else client.post(address, sent)

    return _visit


def forgetful(page):
    """Links and forms of the page's middle that lead to a question or a part of it and forget the list."""
    middle = page.content.decode().partition("<main")[2].partition("</main>")[0]
    found = {unescape(each) for each in re.findall(r'(?:href|action|hx-post|hx-get|data-list)="([^"]+)"', middle)}
    own = re.compile(r"/(pertanyaan|bukti)/[\w.]+/")
    leaving = ("/unduh/", "/contoh.xlsx", "/kecil/", "/halaman/", "/instrumen/", "/pembagian/")
    beside = {each for each in found if own.search(each) and not any(part in each for part in leaving)}
    return sorted(each for each in beside if TRAIL not in each)


def test_question_page_forgets_the_list_nowhere(visit, evaluation):
    attach(evaluation, make_user("OPERATOR", username="o2", region=evaluation.region), code=CODE)
    give_columns()
    keep(evaluation, [{"mitra": "PT Maju"}])

    page = visit("question", CODE)

    assert (page.status_code, forgetful(page)) == (200, [])


@pytest.mark.parametrize("name", ["matrix", "thread"])
def test_pages_beside_a_question_remember_the_list(visit, evaluation, name):
    give_columns()
    keep(evaluation, [{"mitra": f"Mitra {number}"} for number in range(60)])

    page = visit(name, CODE)

    assert (f"/pertanyaan/{CODE}/?{TRAIL}" in unescape(page.content.decode()), forgetful(page)) == (True, [])


def test_document_leads_back_to_the_question_it_was_opened_from(visit, evaluation):
    document = attach(evaluation, make_user("OPERATOR", username="o2", region=evaluation.region)).evidence.pk
    query = f"soal=1.1&{TRAIL}"

    read, form = visit("evidence", document, query=query), visit("evidence_details", document, query=query)
    saved = visit("evidence_details", document, query=query, sent={"versi": "0", "judul": "SK"})
    released = visit("detach", "1.1", document, sent={})

    back = f'href="{reverse("evaluations:question", args=[evaluation.pk, "1.1"])}?{TRAIL}#bukti"'
    assert [back in unescape(read.content.decode()), forgetful(read), forgetful(form)] == [True, [], []]
    assert saved["Location"].endswith(f"/bukti/{document}/?{query}")
    assert released["Location"].endswith(f"/pertanyaan/1.1/?{TRAIL}#bukti")


def test_document_names_no_question_that_it_does_not_prove(visit, evaluation):
    document = attach(evaluation, make_user("OPERATOR", username="o2", region=evaluation.region)).evidence.pk

    pages = [visit("evidence", document, query=query) for query in ("soal=1.2", 'soal="><b>', "")]

    assert ["Kembali ke pertanyaan" in page.content.decode() for page in pages] == [False, False, False]


def test_forms_without_script_lead_back_into_the_list(visit, evaluation):
    give_columns()
    where = reverse("evaluations:question", args=[evaluation.pk, CODE])

    said = visit("comment", CODE, sent={"teks": "Halo", "lembar": "a" * 32})
    kept = visit("save_matrix", CODE, sent=fields({"mitra": "PT Maju"}))
    linked = visit("attach_link", CODE, sent={"tautan": "https://contoh.go.id", "judul": "Berita"})

    assert said["Location"].startswith(f"{where}?{TRAIL}#komentar-")
    assert (kept["Location"], linked["Location"]) == (f"{where}?{TRAIL}#matriks", f"{where}?{TRAIL}#bukti")
