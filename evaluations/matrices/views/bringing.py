"""Rows from elsewhere: pasted, or in a spreadsheet. Both are shown first and kept by the table's own door."""

import json
from dataclasses import replace
from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from evaluations.evidence.forms import sentences
from evaluations.matrices import sheets
from evaluations.matrices.forms import MOST_PASTED, FileForm, PasteForm, too_many
from evaluations.matrices.pasting import Found, found_in, split
from evaluations.matrices.rows import MOST_ROWS, columns_of
from evaluations.matrices.table import current_of
from evaluations.matrices.views.found import answer_or_404, ask, shown, table_for, trail_of
from evaluations.models import Answer
from kla_portal.spreadsheets import SpreadsheetRefused

NOTHING = "Tidak ada baris yang dapat dibaca. Salin baris dari Excel beserta judul kolomnya, lalu tempel lagi."
TOO_LONG = "Isi baris-baris ini terlalu panjang untuk sekali jalan. Bagi menjadi beberapa bagian."


@require_POST
@login_required
def paste(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Show what pasted text holds, row by row; nothing is kept yet."""
    answer = answer_or_404(request, pk, code)
    ask(request, answer)
    form = PasteForm(request.POST)
    kept = request.POST.get("teks", "").replace("\0", "")[:MOST_PASTED]
    if not form.is_valid():
        return _refused(request, answer, sentences(form)[0], kept)
    cells = split(form.cleaned_data["teks"])
    columns = columns_of(answer.question, current_of(answer))
    if len(cells) > MOST_ROWS + 1:
        return _refused(request, answer, too_many(len(cells)), kept)
    return _preview(request, answer, found_in(columns, cells), "tempel", kept)


@require_POST
@login_required
def upload(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Show what a spreadsheet holds, row by row; nothing is kept yet."""
    answer = answer_or_404(request, pk, code)
    ask(request, answer)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(request, answer, sentences(form)[0])
    columns = columns_of(answer.question, current_of(answer))
    try:
        found = sheets.read(form.cleaned_data["berkas"].file, columns)
    except (SpreadsheetRefused, sheets.NoTable) as refusal:
        return _refused(request, answer, str(refusal))
    return _preview(request, answer, found, "berkas")


@require_safe
@login_required
def template(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """An empty workbook with the table's columns."""
    answer = answer_or_404(request, pk, code)
    columns = columns_of(answer.question, current_of(answer))
    file = BytesIO()
    sheets.write_template(file, answer.question, columns, at=timezone.now())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(file.getvalue(), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="matriks-{code}.xlsx"'
    return response


def _preview(request: UserRequest, answer: Answer, found: Found, source: str, kept: str = "") -> HttpResponse:
    if not found.lines:
        return _refused(request, answer, NOTHING, kept)
    if len(found.lines) > MOST_ROWS:
        return _refused(request, answer, too_many(len(found.lines)), kept)
    typed = json.dumps(found.typed)
    if len(typed) > MOST_PASTED:
        return _refused(request, answer, TOO_LONG, kept)
    table = table_for(request, answer, on_page=request.POST.get("halaman", "") != "")
    context = {
        "evaluation": answer.evaluation,
        "question": answer.question,
        "table": table,
        "found": found,
        "typed": typed,
        "source": source,
        "fits": table.total + len(found.good) <= MOST_ROWS,
        "kept": kept if found.faulty else "",
        "most_rows": MOST_ROWS,
        "trail": trail_of(request),
    }
    page = "evaluations/matrices/_preview.html" if request.htmx else "evaluations/matrices/preview.html"
    return render(request, page, context, status=200 if found.good else 422)


def _refused(request: UserRequest, answer: Answer, sentence: str, kept: str = "") -> HttpResponse:
    table = table_for(request, answer, on_page=request.POST.get("halaman", "") != "")
    return shown(request, answer, replace(table, refused=sentence, kept=kept), status=422)
