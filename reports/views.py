"""The pages of an evaluation's documents, and of every single document."""

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from evaluations import rules as evaluation_rules
from evaluations.models import Evaluation
from evaluations.standing import standing_for
from reports import actions, documents, rules, subjects
from reports.content import NotSettled
from reports.forms import RequestForm
from reports.models import DocumentQuerySet

logger = logging.getLogger(__name__)

STAFF_ONLY = "Dokumen memuat seluruh evaluasi dan tersedia bagi operator, penelaah, pimpinan, dan verifikator."
NOT_YET = "Dokumen tersedia setelah verifikasi administrasi ditutup."
SETTLING = "Nilai verifikasi administrasi sedang ditetapkan. Coba lagi sebentar."
SANDBOX = "sandbox; default-src 'none'"


@require_safe
@login_required
def index(request: UserRequest, pk: int) -> HttpResponse:
    """Which documents there can be, and those that have been made."""
    evaluation = _evaluation(request, pk)
    shelf = documents.shelf(request.user, evaluation)
    return render(request, "reports/index.html", {"shelf": shelf, **_frame(request, evaluation)})


@require_POST
@login_required
def request_document(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for a document; equal content leads to the one that exists."""
    evaluation = _evaluation(request, pk)
    form = RequestForm(request.POST, region=evaluation.region)
    if not form.is_valid():
        raise PermissionDenied("Pilih salah satu dokumen yang ditawarkan di halaman Dokumen.")
    if not rules.can_request(request.user, evaluation, form.cleaned_data["kind"]):
        raise PermissionDenied(NOT_YET)
    try:
        document = actions.request_document(
            evaluation=evaluation, **form.cleaned_data, by=request.user, at=timezone.now()
        )
    except NotSettled:
        messages.warning(request, SETTLING)
        return redirect("reports:index", pk)
    except actions.NoSuchFormat as refusal:
        raise PermissionDenied(refusal.sentence) from refusal
    if document.is_ready:
        messages.success(request, "Isi dokumen tidak berubah. Dokumen yang sudah ada dapat langsung diunduh.")
    return redirect(f"{reverse('reports:index', args=[pk])}#dokumen-{document.pk}")


@require_safe
@login_required
def document(request: UserRequest, pk: int) -> HttpResponse:
    """One document: the fragment its row is made of, or, asked for by itself, a page around it."""
    found = get_object_or_404(_documents(request), pk=pk)
    subject = subjects.of(found)
    context = {
        "document": found,
        "zone": subject.house.zone,
        "can_request": rules.can_request_about(request.user, subject, found.kind),
    }
    if request.headers.get("HX-Request"):
        return render(request, "reports/_document.html", context)
    frame = _frame(request, subject.evaluation) if subject.evaluation else {}
    back = {"house": subject.house, "shelf_address": documents.shelf_address(found)}
    return render(request, "reports/document.html", {**context, **frame, **back})


@require_POST
@login_required
def retry(request: UserRequest, pk: int) -> HttpResponse:
    """Make once more what could not be made."""
    found = get_object_or_404(_documents(request), pk=pk)
    if not rules.can_request_about(request.user, subjects.of(found), found.kind):
        raise PermissionDenied(NOT_YET)
    actions.retry_document(document=found, by=request.user, at=timezone.now())
    return redirect(f"{documents.shelf_address(found)}#dokumen-{pk}")


@require_safe
@login_required
def download(request: UserRequest, pk: int) -> HttpResponseBase:
    """The file; who takes it is written down before its first byte leaves."""
    found = get_object_or_404(_documents(request).ready(), pk=pk)
    try:
        file = default_storage.open(found.stored_as, "rb")
    except FileNotFoundError:
        logger.error("document %s: its file %s is missing", found.pk, found.stored_as)
        messages.error(request, "Berkas dokumen ini hilang dari penyimpanan. Buat ulang dokumennya.")
        return redirect(documents.shelf_address(found))
    actions.record_download(document=found, by=request.user, at=timezone.now())
    response = FileResponse(file, as_attachment=True, filename=documents.file_name(found))
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response


def _evaluation(request: UserRequest, pk: int) -> Evaluation:
    evaluation = get_object_or_404(evaluation_rules.visible_evaluations(request.user).for_page(), pk=pk)
    if not rules.can_see_documents(request.user):
        raise PermissionDenied(STAFF_ONLY)
    return evaluation


def _documents(request: UserRequest) -> DocumentQuerySet:
    return rules.visible_documents(request.user).for_page().with_case().with_fate()


def _frame(request: UserRequest, evaluation: Evaluation) -> dict[str, Any]:
    standing = standing_for(request.user, evaluation)
    return {"evaluation": evaluation, "standing": standing, "current": "documents"}
