"""The verifier's desk with 274 questions and 800 documents, and one verdict saved, each against the least possible."""

import os
import re
import signal

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from clusters.catalogue import catalogue_of
from evaluations.models import Answer, Evidence, EvidencePage, EvidenceUse
from scripts.with_services import free_port
from tests.bench import limits, saves, timing
from tests.bench.pages import client_of
from tests.bench.table import Fact, Row, shown

DOCUMENTS = 800
PEER = "737 statements (300 requirements)"
PEER_SAVE = "63 statements (300 requirements)"
ROUNDS, CALLS = 7, 40


def measure(world):
    """Rows and facts of the desk."""
    _fill(world.half_judged, world.verifier)
    case = world.half_judged.pk
    everywhere = "?klaster=&keadaan="
    question = reverse("verification:question", args=[case, "1.1"]) + everywhere
    pages = [
        _page(f"desk, list of 274 questions, {DOCUMENTS} documents", world, reverse("verification:desk", args=[case]) +
              everywhere, b'<a class="desk-link"', bound=20),
        _page(f"desk, one question beside 274, {DOCUMENTS} documents", world, question, b'<a class="ql-row"', bound=20),
    ]  # fmt: skip
    row, fact = _verdicts(world)
    return [*pages, row], [fact]


def _page(work, world, ours, row, bound):
    """A page against its own bytes after one query."""
    client, name = client_of(world.verifier), f"meja{len(limits.READY)}"
    limit = reverse("limit_page", args=[world.half_judged.pk, name])
    response = client.get(ours)
    assert (response.status_code, response.content.count(row)) == (200, 274)
    limits.READY[world.half_judged.pk, name] = response.content
    cost = timing.in_turn(
        {"ours": lambda: client.get(ours), "limit": lambda: client.get(limit)}, rounds=11, calls=4
    )  # fmt: skip
    asked = timing.statements(lambda: client.get(ours))
    return Row(
        work, connection.vendor, "CPU in-process", cost["ours"].app, cost["limit"].app, bound, asked, 20, PEER
    )  # fmt: skip


class Verdicts:
    """Answers judged again and again: accepted, then lowered by free points, each time with the version seen."""

    def __init__(self, evaluation):
        entries = catalogue_of(evaluation.cycle.instrument).by_pk
        rows = Answer.objects.filter(evaluation=evaluation, points__gte=1, option__isnull=False, verdicts__isnull=True)
        self.seen = [
            [each.pk, entries[each.question_id].question, 0] for each in rows.order_by("question__position")[:40]
        ]
        self.options = dict(rows.values_list("pk", "option_id"))
        self.evaluation, self.turn = evaluation, 0

    def next(self):
        """The next answer: its pk, its question, the version that stands."""
        self.turn += 1
        return self.seen[self.turn % len(self.seen)]

    def verdict(self):
        """(address, fields) of a verdict unlike the one that stands."""
        row = self.next()
        row[2] += 1
        choice = {"choice": "nilai", "points": "0,50", "reason": "INCOMPLETE"} if row[2] % 2 else {"choice": "terima"}
        address = reverse("verification:judge", args=[self.evaluation.pk, row[1].code])
        return address, {"stage": "VA", "version": row[2] - 1, "note": "Sampul saja.", **choice}


def _verdicts(world):
    verdicts, port = Verdicts(world.half_judged), free_port()
    connection.close()
    server = saves.start_server(port)
    try:
        browser = saves.Browser(
            port, world.verifier, reverse("verification:question", args=[world.half_judged.pk, "1.1"])
        )
        body = _judge(browser, verdicts)
        assert re.findall(r'id="(posisi|tersimpan)"', body) == ["posisi", "tersimpan"]
        cost = saves.in_turn(browser, verdicts, server.pid, _judge, _update)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
    count = timing.statements(lambda: _judge_here(browser, verdicts))
    row = Row(
        "save one verdict over HTTP, with totals, audit and the settlement promised", connection.vendor,
        "CPU server + database", cost["save"], cost["update"], 5, count, 15, PEER_SAVE,
    )  # fmt: skip
    return row, Fact(f"verdict over HTTP, {connection.vendor}", f"{shown(cost['wall'])} on the wall")


def _judge(browser, verdicts):
    address, fields = verdicts.verdict()
    return browser.post(address, **fields)


def _update(browser, verdicts):
    answer = verdicts.next()[0]
    return browser.post(reverse("limit_update", args=[answer]), stage="VA", option=verdicts.options[answer])


def _judge_here(browser, verdicts):
    address, fields = verdicts.verdict()
    assert browser.client.post(address, fields, headers={"HX-Request": "true"}).status_code == 200


def _fill(evaluation, by):
    """800 drawn documents, every fourth of them beside two questions; the first question has seven."""
    if EvidenceUse.objects.filter(answer__evaluation=evaluation).count() >= DOCUMENTS:
        return
    now = timezone.now()
    documents = Evidence.objects.bulk_create(
        Evidence(
            evaluation=evaluation, kind="FILE", title=f"Dokumen {place}", file_name=f"dokumen-{place}.pdf",
            media_type="application/pdf", stored_as=f"evidence/m{place}", sha256=f"{place + 10**6:064d}",
            size=1000 + place, state="READY", page_count=4, added_at=now, added_by=by,
        )
        for place in range(DOCUMENTS)
    )  # fmt: skip
    EvidencePage.objects.bulk_create(
        EvidencePage(evidence=each, number=number, stored_as=f"pages/{each.pk}", width=900, height=1200, size=9)
        for each in documents
        for number in range(1, 5)
    )
    answers = list(Answer.objects.filter(evaluation=evaluation).order_by("question__position"))
    EvidenceUse.objects.bulk_create(
        EvidenceUse(evidence=each, answer=answers[at % len(answers)], covers=[0], added_at=now, added_by=by)
        for place, each in enumerate(documents)
        for at in ([place, place + 9] if place % 4 == 0 else [place])
    )
