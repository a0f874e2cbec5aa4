"""Doors of recaps: take the portal's own, bring one in, look at what it says, decide."""

import io

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest, address_of
from clusters.stages import Stage
from evaluations import rules, windows
from evaluations.actions import AlreadySubmitted
from evaluations.evidence.sentences import EvidenceRefused
from evaluations.models import Evaluation, Import
from evaluations.recap_file import RecapRefused
from evaluations.views.pages import visible_or_404
from evaluations.workbooks import actions, page, recap_export, recaps, undoing
from evaluations.workbooks.forms import ConfirmForm, UploadForm
from evaluations.workbooks.refusals import ImportClosed, Moved
from evaluations.workbooks.views import XLSX, frame, guarded, import_or_404, refused_uploads
from kla_portal.spreadsheets import SpreadsheetRefused

MOST_FAULTS = 40
NOT_YOURS = "Rekap nasional diimpor oleh operator daerah atau administrator."


@require_safe
@login_required
def index(request: UserRequest, pk: int) -> HttpResponse:
    """Bring a recap in, take one out, see what became of the last ones."""
    return _index(request, _evaluation_or_403(request, pk), [], 200)


@require_safe
@login_required
def download(request: UserRequest, pk: int, form: str) -> HttpResponseBase:
    """The self-evaluation in the form of the national recap."""
    evaluation, now = _evaluation_or_403(request, pk), timezone.now()
    actions.record_recap_download(
        evaluation=evaluation, form=form, by=request.user, at=now, address=address_of(request)
    )
    name = f"Rekap {evaluation.region.name} {evaluation.cycle.name}.{form}"
    if form == "csv":
        return guarded(HttpResponse(recap_export.as_csv(evaluation), content_type="text/csv; charset=utf-8"), name)
    made = io.BytesIO()
    recap_export.write_xlsx(made, evaluation, now)
    return guarded(HttpResponse(made.getvalue(), content_type=XLSX), name)


@require_POST
@login_required
def upload(request: UserRequest, pk: int) -> HttpResponse:
    """Bring a recap in; it becomes a preview."""
    evaluation = _evaluation_or_403(request, pk)
    form = UploadForm(request.POST, request.FILES, refused=refused_uploads(request))
    if _closed(request, evaluation) or not form.is_valid():
        return _index(request, evaluation, form.sentences, 422)
    try:
        found = recaps.receive(
            evaluation=evaluation, upload=form.cleaned_data["berkas"], by=request.user, at=timezone.now()
        )
    except RecapRefused as refusal:
        return _index(request, evaluation, _faults(refusal), 422)
    except (SpreadsheetRefused, EvidenceRefused, AlreadySubmitted) as refusal:
        return _index(request, evaluation, [str(refusal)], 422)
    return redirect("evaluations:recap_preview", pk, found.pk)


@require_safe
@login_required
def preview(request: UserRequest, pk: int, import_pk: int) -> HttpResponse:
    """What a recap says and would change, or what it has changed."""
    _evaluation_or_403(request, pk)
    return _preview(request, import_or_404(request, pk, import_pk, Import.Kind.RECAP), [], 200)


@require_POST
@login_required
def confirm(request: UserRequest, pk: int, import_pk: int) -> HttpResponse:
    """Write what the preview shows."""
    _evaluation_or_403(request, pk)
    found = import_or_404(request, pk, import_pk, Import.Kind.RECAP)
    form = ConfirmForm(request.POST)
    seal = form.cleaned_data["segel"] if form.is_valid() else ""
    try:
        found = recaps.confirm(
            found=found, seal=seal, in_time_only=rules.is_bound_by_window(request.user), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except (Moved, ImportClosed, AlreadySubmitted, RecapRefused, windows.WindowClosed) as refusal:
        return _preview(request, found, [str(refusal)], 409)
    messages.success(request, f"{found.counts['WRITTEN']} jawaban ditulis dari rekap.")
    return redirect("evaluations:recap_preview", pk, import_pk)


@require_POST
@login_required
def discard(request: UserRequest, pk: int, import_pk: int) -> HttpResponse:
    """Put a preview away."""
    _evaluation_or_403(request, pk)
    found = import_or_404(request, pk, import_pk, Import.Kind.RECAP)
    try:
        actions.discard(found=found, by=request.user, at=timezone.now())
    except ImportClosed as refusal:
        return _preview(request, found, [str(refusal)], 409)
    messages.success(request, "Pratinjau dibuang. Tidak ada jawaban yang berubah.")
    return redirect("evaluations:recaps", pk)


@require_POST
@login_required
def undo(request: UserRequest, pk: int, import_pk: int) -> HttpResponse:
    """Give the answers that the recap wrote what they held before."""
    _evaluation_or_403(request, pk)
    found = import_or_404(request, pk, import_pk, Import.Kind.RECAP)
    in_time_only = rules.is_bound_by_window(request.user)
    try:
        count = undoing.undo(found=found, in_time_only=in_time_only, by=request.user, at=timezone.now())
    except (undoing.NothingToUndo, AlreadySubmitted, windows.WindowClosed) as refusal:
        return _preview(request, found, [str(refusal)], 409)
    messages.success(request, f"{count} jawaban kembali ke isi sebelum rekap ini.")
    return redirect("evaluations:recap_preview", pk, import_pk)


def _closed(request: UserRequest, evaluation: Evaluation) -> str:
    """Why no recap is taken at this moment; empty when one is. The window does not bind an administrator."""
    if evaluation.is_submitted:
        return str(AlreadySubmitted())
    if evaluation.is_waiting:
        return str(windows.AwaitingApproval())
    try:
        if rules.is_bound_by_window(request.user):
            windows.require_open(evaluation, Stage.EM, timezone.now())
    except windows.WindowClosed as closed:
        return str(closed)
    return ""


def _evaluation_or_403(request: UserRequest, pk: int) -> Evaluation:
    evaluation = visible_or_404(request, pk)
    if not rules.can_import_recap(request.user, evaluation.region):
        raise PermissionDenied(NOT_YOURS)
    return evaluation


def _faults(refusal: RecapRefused) -> list[str]:
    """The first faults with their lines, and how many there are."""
    lines = [f"Baris {line}: {sentence}" for line, sentence in sorted(refusal.faults)]
    more = [f"Dan {len(lines) - MOST_FAULTS} kesalahan lain."] if len(lines) > MOST_FAULTS else []
    return [f"Rekap tidak dimuat, {len(lines)} kesalahan. Perbaiki, lalu unggah lagi.", *lines[:MOST_FAULTS], *more]


def _index(request: UserRequest, evaluation: Evaluation, refused: list[str], status: int) -> HttpResponse:
    files, lines = page.imports_of(
        request.user, evaluation, Import.Kind.RECAP, request.GET.get("halaman"), timezone.now()
    )
    context = {
        **frame(request, evaluation, "recaps"),
        "page": files,
        "lines": lines,
        "closed": _closed(request, evaluation),
        "refused": refused,
    }
    return render(request, "evaluations/workbooks/recaps.html", context, status=status)


def _preview(request: UserRequest, found: Import, refused: list[str], status: int) -> HttpResponse:
    state = Import.State(found.state_at(timezone.now()))
    closed = _closed(request, found.evaluation)
    context = {
        **frame(request, found.evaluation, "recaps"),
        "found": found,
        "state": state,
        "can_confirm": state is Import.State.PREVIEW and not closed,
        "undone": undoing.last_of([found]).get(found.pk),
        "untouched": 0 if closed else undoing.untouched(found, request.user).count(),
        "preview": None,
        "refused": refused or ([closed] if closed and state is Import.State.PREVIEW else []),
    }
    try:
        context["preview"] = recaps.preview_of(found)
    except RecapRefused as refusal:
        context["refused"] = refused or _faults(refusal)
        context["can_confirm"] = False
    return render(request, "evaluations/workbooks/recap.html", context, status=status)
