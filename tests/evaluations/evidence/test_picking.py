"""The library as the place to find a proof for one question, however many documents there are."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluations.evidence.blocks import MOST_CHOICES
from evaluations.models import EvidenceUse
from tests.evaluations.evidence.factories import attach as _attach
from tests.evaluations.queries import statements
from tests.factories import make_office, make_user, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]
PICKING = "soal=1.1&daftar=cari%3Dperda%26opd%3D3%26dari%3Dtugas%26urut%3D2"
TRAIL = "opd=3&cari=perda&dari=tugas&urut=2"


def attach(evaluation, by, **options):
    return _attach(evaluation, by, at=timezone.now(), **options)


def shelf(client, evaluation, user, query=PICKING):
    client.force_login(user)
    return unescape(client.get(f"{reverse('evaluations:library', args=[evaluation.pk])}?{query}").content.decode())


def test_document_is_found_in_the_library_and_linked_from_there(client, evaluation, operator):
    proof = attach(evaluation, operator, code="1.2", name="Perda Lama.pdf").evidence
    question = reverse("evaluations:question", args=[evaluation.pk, "1.1"])

    page = shelf(client, evaluation, operator, f"{PICKING}&cari=lama")
    action = re.search(r'<form id="tautkan" method="post" action="([^"]+)"', page)[1]
    linked = client.post(action, {"bukti": proof.pk})

    assert (f'name="bukti" value="{proof.pk}"' in page, f'href="{question}?{TRAIL}#bukti"' in page) == (True, True)
    assert linked["Location"] == f"{question}?{TRAIL}#bukti"
    assert EvidenceUse.objects.filter(answer__question__code="1.1", evidence=proof).count() == 1
    assert ("Sudah di 1.1" in shelf(client, evaluation, operator), "Tautkan ke 1.1<" in page) == (True, True)


def test_library_offers_nothing_to_those_who_may_not_prove_the_question(client, evaluation, operator):
    attach(evaluation, operator, code="1.2")
    stranger = make_user("STAFF", office=make_office(evaluation.region, "polres"))
    found = [shelf(client, evaluation, user, query) for user, query in (
        (operator, "soal=9.9"), (operator, 'soal="><b>'), (operator, ""), (stranger, PICKING),
        (make_user("LEADER", region=evaluation.region), PICKING),
    )]  # fmt: skip
    send(evaluation, operator, at=timezone.now())
    found.append(shelf(client, evaluation, operator))

    assert ['id="tautkan"' in page or "Kembali ke pertanyaan" in page for page in found] == [False] * 6


def test_question_page_says_where_the_rest_of_a_large_library_is(client, evaluation, operator, monkeypatch):
    attach(evaluation, operator, code="1.2")
    client.force_login(operator)
    address = reverse("evaluations:question", args=[evaluation.pk, "1.1"])

    few = client.get(address).content.decode()
    monkeypatch.setattr("evaluations.evidence.blocks.MOST_CHOICES", 1)
    many = client.get(address).content.decode()

    assert (MOST_CHOICES, "dokumen pertama menurut nama" in few, "dokumen pertama menurut nama" in many) == (
        200, False, True
    )  # fmt: skip


def test_picking_costs_one_statement(client, evaluation, operator):
    attach(evaluation, operator, code="1.2")
    counts = []
    shelf(client, evaluation, operator)
    for query in ("", PICKING):
        with CaptureQueriesContext(connection) as captured:
            shelf(client, evaluation, operator, query)
        counts.append(len(statements(captured)))

    assert counts[1] - counts[0] == 1
