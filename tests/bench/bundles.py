"""A region's evidence of 1 GB as one archive: memory, first byte, going on in the middle; and the trail's length."""

import os
import signal
import time
import tracemalloc
from http.client import HTTPConnection
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import audit, trail
from accounts.models import AuditChain, AuditEvent
from evaluations.models import Answer, Evidence, EvidenceUse
from scripts.with_services import free_port
from tests.bench.saves import Browser, start_server
from tests.bench.table import Fact
from tests.faults import flood

FILES, SIZE = 50, 20 * 1024 * 1024 + 512 * 1024  # 1,000 MB and a little more
FIRST_BYTE, GROWTH = 1.0, 24 * 1024 * 1024
EVENTS = 100_000


def measure(world):
    """Facts of the archive and of the trail."""
    _fill(world.judged, world.operator)
    return [], [*_archive(world.judged, world.operator), _trail()]


def _archive(evaluation, user):
    port, address = free_port(), reverse("reports:bundle_download", args=[evaluation.pk])
    connection.close()
    server = start_server(port)
    try:
        browser = Browser(port, user, reverse("reports:bundle", args=[evaluation.pk]))
        headers = {"Cookie": browser.headers["Cookie"], "Host": "localhost"}
        size, _, _ = _taken(port, address, {**headers, "Range": "bytes=0-99"})
        with flood.watched(server.pid) as memory:
            size, first, whole = _taken(port, address, headers)
        _, resumed, _ = _taken(port, address, {**headers, "Range": f"bytes={size * 9 // 10}-"})
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
    growth = memory.peak - memory.before
    said = (
        f"{size / 2**20:,.0f} MB in {whole:.1f} s, first byte after {first * 1000:.0f} ms (from nine tenths on: "
        f"{resumed * 1000:.0f} ms), memory of the web server +{growth / 2**20:.1f} MB"
    )
    holds = max(first, resumed) < FIRST_BYTE and growth < GROWTH and size > 1000 * 2**20
    return [Fact(f"archive of a region's evidence, {connection.vendor}", said, holds)]


def _taken(port, address, headers):
    """Bytes, seconds to the first one and to the last."""
    began = time.perf_counter()
    talk = HTTPConnection("127.0.0.1", port, timeout=60)
    talk.request("GET", address, headers=headers)
    response = talk.getresponse()
    assert response.status in (200, 206), response.status
    size, first, buffer = len(response.read(1)), time.perf_counter() - began, bytearray(2**20)
    while got := response.readinto(buffer):
        size += got
    talk.close()
    return size, first, time.perf_counter() - began


def _fill(evaluation, by):
    """Sparse files: they are read like others and take no room."""
    if Evidence.objects.filter(evaluation=evaluation, stored_as__startswith="evidence/besar").exists():
        return
    now, answers = timezone.now(), list(Answer.objects.filter(evaluation=evaluation).order_by("pk")[:FILES])
    folder = Path(default_storage.path("evidence"))
    folder.mkdir(parents=True, exist_ok=True)
    for place in range(FILES):
        with open(folder / f"besar-{place}", "wb") as file:
            file.truncate(SIZE)
    documents = Evidence.objects.bulk_create(
        Evidence(
            evaluation=evaluation, kind="FILE", title=f"Dokumen besar {place}", file_name=f"besar-{place}.pdf",
            media_type="application/pdf", stored_as=f"evidence/besar-{place}", sha256=f"{place:064x}", size=SIZE,
            state="READY", page_count=3, added_at=now, added_by=by,
        )
        for place in range(FILES)
    )  # fmt: skip
    EvidenceUse.objects.bulk_create(
        EvidenceUse(evidence=each, answer=answer, added_at=now, added_by=by)
        for each, answer in zip(documents, answers, strict=True)
    )


def _trail():
    """How long an auditor waits for a long chain, and what it takes of memory."""
    _write(EVENTS)
    began = time.perf_counter()
    found = list(trail.breaks())
    seconds = time.perf_counter() - began
    tracemalloc.start()
    assert list(trail.breaks()) == found == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    count = AuditEvent.objects.count()
    said = f"{seconds:.1f} s for {count:,} events, {peak / 2**20:.1f} MB at the most"
    return Fact(f"verify_audit, {connection.vendor}", said, seconds < 30 and peak < 64 * 2**20)


def _write(count):
    """Events sealed as `audit.record` seals them, in one chain, quickly."""
    chain = AuditChain.objects.get(region=None)
    now, events = timezone.now(), []
    for place in range(chain.sequence + 1, chain.sequence + count + 1):
        details = {"version": place, "old": "1.00", "new": "2.00"}
        event = AuditEvent(
            chain=chain, sequence=place, at=now, action="answer.saved", subject=f"answer:{place}", details=details,
            previous=events[-1].fingerprint if events else chain.head,
        )  # fmt: skip
        event.fingerprint = audit.fingerprint_of(event)
        events.append(event)
    AuditEvent.objects.bulk_create(events, batch_size=2000)
    AuditChain.objects.filter(pk=chain.pk).update(sequence=events[-1].sequence, head=events[-1].fingerprint)
