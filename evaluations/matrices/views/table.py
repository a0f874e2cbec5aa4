"""Read and save a table."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from clusters.matrices import Column
from evaluations import windows
from evaluations.actions import AlreadySubmitted
from evaluations.evidence.forms import sentences
from evaluations.matrices import actions
from evaluations.matrices.actions import Conflict, TooManyRows
from evaluations.matrices.differences import difference, merged
from evaluations.matrices.drafts import Draft, draft_of
from evaluations.matrices.forms import TableForm
from evaluations.matrices.rows import Row, columns_of, show
from evaluations.matrices.table import with_typed
from evaluations.matrices.views.found import answer_or_404, ask, led_to, shown, table_for, trail_of
from evaluations.models import Answer, MatrixVersion

MEND = "Belum disimpan: perbaiki isi yang ditandai, lalu simpan lagi. Yang Anda ketik tetap ada di bawah."
ORIGINS = {"tempel": MatrixVersion.Origin.PASTED, "berkas": MatrixVersion.Origin.UPLOADED}


@require_safe
@login_required
def read(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """The whole table, a page at a time."""
    answer = answer_or_404(request, pk, code)
    return shown(request, answer, table_for(request, answer, page=_page(request.GET.get("hal", ""))))


@require_POST
@login_required
def save(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Put what was typed in the place of a stretch of rows, or show it again with more room or with its faults."""
    answer = answer_or_404(request, pk, code)
    ask(request, answer)
    form = TableForm(request.POST)
    if not form.is_valid():
        return _refused(request, answer, sentences(form)[0], 422)
    draft = draft_of(answer, form)
    if draft.is_faulty or "tambah" in request.POST:
        return _again(request, answer, draft, more="tambah" in request.POST)
    try:
        saved = actions.save_rows(
            answer=answer, version=draft.version, columns=draft.columns, rows=draft.rows,
            origin=ORIGINS.get(form.cleaned_data["asal"], MatrixVersion.Origin.TYPED), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except Conflict as conflict:
        return _conflict(request, answer, draft, conflict.current)
    except (AlreadySubmitted, windows.WindowClosed) as refusal:
        return _refused(request, answer, str(refusal), 409, draft)
    except TooManyRows as refusal:
        return _refused(request, answer, str(refusal), 422, draft)
    return _saved(request, answer, draft, saved)


def _page(written: str) -> int:
    """A page's number; whatever is none means the first."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _saved(request: UserRequest, answer: Answer, draft: Draft, saved: MatrixVersion) -> HttpResponse:
    if not request.htmx:
        if draft.on_page:
            return led_to(request, answer, "matrix", page=draft.page)
        return led_to(request, answer, "question")
    table = table_for(request, answer, page=draft.page, on_page=draft.on_page)
    return shown(request, answer, replace(table, said=f"Tersimpan, {saved.row_count} baris."))


def _again(request: UserRequest, answer: Answer, draft: Draft, *, more: bool) -> HttpResponse:
    table = table_for(request, answer, page=draft.page, on_page=draft.on_page)
    table = with_typed(
        replace(table, start=draft.start, held=draft.held, version=draft.version), draft.lines, more=more
    )
    if more and not draft.is_faulty:
        return shown(request, answer, replace(table, said="Baris kosong ditambahkan. Simpan setelah diisi."))
    return shown(request, answer, replace(table, refused=MEND), status=422)


def _refused(
    request: UserRequest, answer: Answer, sentence: str, status: int, draft: Draft | None = None
) -> HttpResponse:
    """What was typed stays on the page, except where it may not be changed any more."""
    table = table_for(request, answer, page=draft.page if draft else 1, on_page=draft.on_page if draft else True)
    if draft and table.can_edit:
        table = with_typed(replace(table, start=draft.start, held=draft.held, version=draft.version), draft.lines)
    return shown(request, answer, replace(table, refused=sentence), status=status)


def _conflict(request: UserRequest, answer: Answer, draft: Draft, current: MatrixVersion | None) -> HttpResponse:
    """Both tables' difference; nothing is written until the person chooses."""
    theirs = current.rows if current else []
    columns = columns_of(answer.question, current)
    both, behind = merged(draft.base, theirs, draft.rows)
    context: dict[str, Any] = {
        "evaluation": answer.evaluation,
        "question": answer.question,
        "current": current,
        "version": current.version if current else 0,
        "difference": difference(columns, theirs, draft.rows),
        "mine": _as_typed(columns, draft.rows),
        "both": _as_typed(columns, both) if both not in (theirs, draft.rows) else "",
        "behind": behind,
        "on_page": draft.on_page,
        "trail": trail_of(request),
    }
    page = "evaluations/matrices/_conflict.html" if request.htmx else "evaluations/matrices/conflict.html"
    return render(request, page, context, status=409)


def _as_typed(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    """A whole table for a hidden field."""
    lines = show(columns, rows)
    return json.dumps([{column.code: cell.text for column, cell in line.pairs if cell.text} for line in lines])
