"""The list that travels with the documents: a page for people and a table for spreadsheets, both the same twice."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string

from kla_portal.numbers import tanggal
from reports import csv_file
from reports.bundles.contents import Contents, Entry, Use

PAGE, TABLE, STYLE = "index.html", "daftar-bukti.csv", "index.css"
HEADINGS = (
    "Klaster", "Indikator", "Pertanyaan", "Dokumen", "Jenis", "Nomor", "Tanggal", "Halaman", "Berkas atau tautan",
    "SHA-256", "Dipakai pertanyaan", "Perangkat daerah",
)  # fmt: skip


def page(contents: Contents) -> bytes:
    """`index.html`: by cluster, indicator and question; a document that proves several is linked from each."""
    context = {"contents": contents, "lines": list(_lines(contents)), "style": STYLE}
    return render_to_string("reports/bundles/contents.html", context).encode()


def style() -> bytes:
    """How the page looks, beside it: it is opened without the portal."""
    return (settings.BASE_DIR / "static" / "css" / "bundle.css").read_bytes()


def table(contents: Contents) -> bytes:
    """`daftar-bukti.csv`, for an Indonesian Excel: one row for every document of every question."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for line in _lines(contents):
        writer.writerow([csv_file.cell(value) for value in line["cells"]])
    for out in contents.left_out:
        row = ["", "", "", out.evidence.title, "", out.evidence.number, "", "", f"Tidak disertakan: {out.reason}"]
        writer.writerow([csv_file.cell(value) for value in (*row, out.evidence.sha256, "", "")])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _lines(contents: Contents) -> Iterator[dict[str, Any]]:
    """Every question with each of its documents, in the instrument's order."""
    pairs = [(use, entry) for entry in contents.entries for use in entry.uses]
    before: tuple[object, object, object] = (None, None, None)
    for use, entry in sorted(pairs, key=lambda pair: (pair[0].question.position, pair[1].evidence.pk)):
        question = use.question
        here = (question.indicator.cluster_id, question.indicator_id, question.pk)
        yield {
            "use": use,
            "entry": entry,
            "address": quote(entry.path) if entry.path else "",
            "is_elsewhere": entry.uses[0].question.pk != question.pk,
            "new_cluster": here[0] != before[0],
            "new_indicator": here[1] != before[1],
            "new_question": here[2] != before[2],
            "cells": _cells(use, entry),
        }
        before = here


def _cells(use: Use, entry: Entry) -> list[str]:
    evidence, indicator = entry.evidence, use.question.indicator
    return [
        indicator.cluster.code, indicator.code, use.question.code, evidence.title, evidence.get_document_kind_display(),
        evidence.number, tanggal(evidence.dated_on) if evidence.dated_on else "", use.pages,
        entry.path or evidence.url, evidence.sha256, entry.codes, evidence.office.name if evidence.office else "",
    ]  # fmt: skip
