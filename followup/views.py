"""The working paper: read it, edit a row, let rows follow the verdicts again, take it along."""

import io

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest, address_of
from evaluations.models import Evaluation
from evaluations.workbooks.views import XLSX, guarded
from followup import actions, page, rules, sheet
from followup.findings import NotReady
from followup.forms import RefillForm, RowForm
from followup.models import PaperRow
from followup.page import RowPage

NOT_YOURS = "Kertas kerja disunting oleh operator atau pimpinan daerah, dan administrator."


@require_safe
@login_required
def paper(request: UserRequest, pk: int) -> HttpResponse:
    """All clusters, or with `?klaster=` one of them."""
    evaluation = _evaluation(request, pk)
    content = page.content_of(evaluation, request.GET.get("klaster", "")[:5])
    context = {
        "evaluation": evaluation,
        "content": content,
        "clusters": page.clusters_of(evaluation),
        "can_edit": rules.can_edit(request.user, evaluation),
    }
    return render(request, "followup/paper.html", context)


@require_safe
@login_required
def download(request: UserRequest, pk: int) -> HttpResponseBase:
    """The same as a workbook."""
    evaluation, now = _evaluation(request, pk), timezone.now()
    content = page.content_of(evaluation, request.GET.get("klaster", "")[:5])
    if content is None:
        raise Http404
    actions.record_download(
        evaluation=evaluation, cluster=content.cluster_code, by=request.user, at=now, address=address_of(request)
    )
    made = io.BytesIO()
    sheet.write(made, content, now)
    part = f" klaster {content.cluster_code}" if content.cluster_code else ""
    name = f"Kertas kerja rapat {content.region} {content.cycle}{part}.xlsx"
    return guarded(HttpResponse(made.getvalue(), content_type=XLSX), name)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def row(request: UserRequest, pk: int, cluster: str, code: str) -> HttpResponse:
    """One row: its columns as a form, beside what the verdicts say."""
    evaluation = _editable(request, pk)
    indicator = page.indicator_of(evaluation, cluster, code)
    if indicator is None:
        raise Http404
    try:
        found = page.row_page(evaluation, indicator)
        form = RowForm(_typed(request), initial=found.initial(request.GET.get("versi", "")))
        if not form.is_valid():
            return _row(request, evaluation, found, form, status=422 if form.is_bound else 200)
        actions.save_row(
            evaluation=evaluation, indicator=indicator, version=form.cleaned_data["version"], written=form.written,
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except NotReady:
        return redirect("followup:paper", pk)
    except actions.Conflict as conflict:
        return _row(request, evaluation, found, form, status=409, theirs=conflict.current)
    messages.success(request, f"Indikator {indicator.code} tersimpan.")
    return redirect(f"{reverse('followup:paper', args=[pk])}#indikator-{cluster}-{code}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def refill(request: UserRequest, pk: int) -> HttpResponse:
    """Which edited rows shall follow the verdicts again: asked first, with their words."""
    evaluation = _editable(request, pk)
    rows = page.edited_rows(evaluation, request.GET.get("klaster", "")[:5])
    form = RefillForm(_typed(request))
    if not form.is_valid():
        return _refill(request, evaluation, rows, form, status=422 if form.is_bound else 200)
    try:
        count = actions.refill(evaluation=evaluation, seen=form.cleaned_data["row"], by=request.user, at=timezone.now())
    except NotReady:
        return redirect("followup:paper", pk)
    except actions.Conflict as conflict:
        return _refill(request, evaluation, rows, form, status=409, theirs=conflict.current)
    messages.success(request, f"{count} baris kembali mengikuti hasil verifikasi. Isi lamanya ada di riwayat baris.")
    return redirect("followup:paper", pk)


def _typed(request: UserRequest) -> QueryDict | None:
    """What was sent, be it nothing; None where a page is only read."""
    return request.POST if request.method == "POST" else None


def _evaluation(request: UserRequest, pk: int) -> Evaluation:
    return get_object_or_404(rules.visible_papers(request.user).for_page(), pk=pk)


def _editable(request: UserRequest, pk: int) -> Evaluation:
    evaluation = _evaluation(request, pk)
    if not rules.can_edit(request.user, evaluation):
        raise PermissionDenied(NOT_YOURS)
    return evaluation


def _row(
    request: UserRequest, evaluation: Evaluation, found: RowPage, form: RowForm, *, status: int,
    theirs: PaperRow | None = None,
) -> HttpResponse:  # fmt: skip
    context = {"evaluation": evaluation, "page": found, "form": form, "theirs": theirs, "is_conflict": status == 409}
    return render(request, "followup/row.html", context, status=status)


def _refill(
    request: UserRequest, evaluation: Evaluation, rows: list[PaperRow], form: RefillForm, *, status: int,
    theirs: PaperRow | None = None,
) -> HttpResponse:  # fmt: skip
    context = {"evaluation": evaluation, "rows": rows, "form": form, "theirs": theirs}
    return render(request, "followup/refill.html", context, status=status)
