"""The library of an evaluation with 2,000 documents against its own bytes after one query; and what searching costs."""

from datetime import date

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from evaluations.models import Answer, Evidence, EvidenceText, EvidenceUse, EvidenceWarning
from tests.bench import limits, timing
from tests.bench.pages import client_of
from tests.bench.table import Fact, Row, shown

DOCUMENTS = 2000
WORDS = "Laporan kegiatan pemenuhan hak anak di desa dan kelurahan layak anak tahun 2024. " * 40
KINDS = ["SK", "REPORT", "PHOTO", "DATA", "MOU", ""]
SHELF = "bukti"


def measure(world):
    """Rows and facts of the library of the region that is measured while it is being answered."""
    _fill(world.open, world.secretary)
    client, place = client_of(world.secretary), [world.open.pk]
    ours = reverse("evaluations:library", args=place)
    limit = reverse("limit_page", args=[world.open.pk, SHELF])
    response = client.get(ours)
    assert response.content.count(b'<article class="proof"') == 50
    limits.READY[world.open.pk, SHELF] = response.content
    cost = timing.in_turn(
        {"ours": lambda: client.get(ours), "limit": lambda: client.get(limit)}, rounds=11, calls=4
    )  # fmt: skip
    row = Row(
        f"library page of {DOCUMENTS:,} documents", connection.vendor, "CPU in-process", cost["ours"].app,
        cost["limit"].app, 20, statements=timing.statements(lambda: client.get(ours)), most_statements=14,
    )  # fmt: skip
    return [row], [_searched(client, ours, query) for query in ("?cari=pemenuhan", "?cari=1.1", "?tanda=peringatan")]


def _searched(client, address, query):
    count = timing.statements(lambda: client.get(address + query))
    cost = timing.in_turn({"page": lambda: client.get(address + query)}, rounds=5)["page"]
    value = f"{shown(cost.app)} CPU in-process, {shown(cost.wall)} on the wall, {count} statements"
    return Fact(f"library of {DOCUMENTS:,} documents, {query}, {connection.vendor}", value)


def _fill(evaluation, by):
    if Evidence.objects.filter(evaluation=evaluation, kind="FILE").exists():
        return
    now = timezone.now()
    documents = Evidence.objects.bulk_create(
        Evidence(
            evaluation=evaluation, kind="FILE", title=f"Dokumen {place}", file_name=f"dokumen-{place}.pdf",
            media_type="application/pdf", stored_as=f"evidence/{place}", sha256=f"{place:064d}", size=1000 + place,
            state="READY", page_count=3, document_kind=KINDS[place % 6], number=f"400/{place}",
            dated_on=date(2023 + place % 2, 1 + place % 12, 1), added_at=now, added_by=by,
        )
        for place in range(DOCUMENTS)
    )  # fmt: skip
    EvidenceText.objects.bulk_create(
        EvidenceText(evidence=each, text=f"{WORDS} Nomor {each.pk}.", read_at=now) for each in documents
    )
    EvidenceWarning.objects.bulk_create(
        EvidenceWarning(evidence=each, code=code, found_at=now)
        for each in documents[::3]
        for code in ("UNDATED", "BLANK_PAGES")
    )
    answers = list(Answer.objects.filter(evaluation=evaluation).values_list("pk", flat=True))
    EvidenceUse.objects.bulk_create(
        EvidenceUse(evidence=each, answer_id=answers[(place * 7 + step) % len(answers)], added_at=now, added_by=by)
        for place, each in enumerate(documents)
        for step in range(place % 4)
    )
