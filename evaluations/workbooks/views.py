"""Doors of the workbooks: take one, bring it back, look at what it would change, decide."""

import io
import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest, address_of
from accounts.models import Office
from clusters.stages import Stage
from evaluations import rules, windows
from evaluations.actions import AlreadySubmitted
from evaluations.evidence import storing
from evaluations.evidence.names import disposition
from evaluations.evidence.sentences import EvidenceRefused
from evaluations.models import Evaluation, Import
from evaluations.standing import standing_for
from evaluations.views.pages import may_edit_now, visible_or_404
from evaluations.workbooks import actions, page, undoing, writing
from evaluations.workbooks import rules as workbook_rules
from evaluations.workbooks.forms import ConfirmForm, UploadForm
from evaluations.workbooks.guide import title_of
from evaluations.workbooks.lines import lines_of
from evaluations.workbooks.refusals import ImportClosed, Moved, WorkbookRefused
from kla_portal.spreadsheets import SpreadsheetRefused

logger = logging.getLogger(__name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFUSALS = (SpreadsheetRefused, WorkbookRefused, EvidenceRefused, AlreadySubmitted)
NOT_YOURS = "Buku kerja diunggah oleh staf perangkat daerah dan operator daerah."
DISTRICT = "Kecamatan mengisi lembar centang di halaman pertanyaan, bukan buku kerja."


@require_safe
@login_required
def index(request: UserRequest, pk: int) -> HttpResponse:
    """Take a workbook, bring one back, see what became of the last ones."""
    return _index(request, _evaluation_or_403(request, pk), [], 200)


@require_safe
@login_required
def download(request: UserRequest, pk: int, office_pk: int) -> HttpResponseBase:
    """An office's workbook, made now."""
    evaluation = _evaluation_or_403(request, pk)
    office = get_object_or_404(workbook_rules.workbook_offices(request.user, evaluation), pk=office_pk)
    return _workbook(request, evaluation, office)


@require_safe
@login_required
def download_all(request: UserRequest, pk: int) -> HttpResponseBase:
    """A workbook of all questions, for those who answer for the whole region."""
    evaluation = _evaluation_or_403(request, pk)
    if rules.sees_only_own_questions(request.user):
        raise PermissionDenied("Buku kerja semua pertanyaan dipakai oleh operator. Unduh buku kerja kantor Anda.")
    return _workbook(request, evaluation, None)


@require_POST
@login_required
def upload(request: UserRequest, pk: int) -> HttpResponse:
    """Bring a workbook back; it becomes a preview."""
    evaluation = _evaluation_or_403(request, pk)
    _ask(request, evaluation)
    form = UploadForm(request.POST, request.FILES, refused=refused_uploads(request))
    if not form.is_valid():
        return _index(request, evaluation, form.sentences, 422)
    try:
        found = actions.receive(
            evaluation=evaluation, upload=form.cleaned_data["berkas"], by=request.user, at=timezone.now()
        )
    except REFUSALS as refusal:
        return _index(request, evaluation, [str(refusal)], 422)
    return redirect("evaluations:workbook_import", pk, found.pk)


@require_safe
@login_required
def preview(request: UserRequest, pk: int, import_pk: int) -> HttpResponse:
    """What a workbook would change, or what it has changed."""
    found = import_or_404(request, pk, import_pk, Import.Kind.WORKBOOK)
    return _preview(request, found, [], 200)


@require_POST
@login_required
def confirm(request: UserRequest, pk: int, import_pk: int) -> HttpResponse:
    """Write what the preview shows."""
    found = import_or_404(request, pk, import_pk, Import.Kind.WORKBOOK)
    _ask(request, found.evaluation)
    form = ConfirmForm(request.POST)
    seal = form.cleaned_data["segel"] if form.is_valid() else ""
    try:
        found = actions.confirm(
            found=found, seal=seal, portal_loses=form.portal_loses, by=request.user, at=timezone.now()
        )
    except (Moved, ImportClosed, AlreadySubmitted, windows.WindowClosed) as refusal:
        return _preview(request, found, [str(refusal)], 409)
    messages.success(request, f"{page.words_of(found)} ditulis dari buku kerja.")
    return redirect("evaluations:workbook_import", pk, import_pk)


@require_POST
@login_required
def discard(request: UserRequest, pk: int, import_pk: int) -> HttpResponse:
    """Put a preview away."""
    found = import_or_404(request, pk, import_pk, Import.Kind.WORKBOOK)
    _ask(request, found.evaluation)
    try:
        actions.discard(found=found, by=request.user, at=timezone.now())
    except ImportClosed as refusal:
        return _preview(request, found, [str(refusal)], 409)
    messages.success(request, "Pratinjau dibuang. Tidak ada jawaban yang berubah.")
    return redirect("evaluations:workbooks", pk)


@require_POST
@login_required
def undo(request: UserRequest, pk: int, import_pk: int) -> HttpResponse:
    """Give the answers that the workbook wrote what they held before."""
    found = import_or_404(request, pk, import_pk, Import.Kind.WORKBOOK)
    _ask(request, found.evaluation)
    try:
        count = undoing.undo(found=found, in_time_only=True, by=request.user, at=timezone.now())
    except (undoing.NothingToUndo, AlreadySubmitted, windows.WindowClosed) as refusal:
        return _preview(request, found, [str(refusal)], 409)
    messages.success(request, f"{count} jawaban kembali ke isi sebelum buku kerja ini.")
    return redirect("evaluations:workbook_import", pk, import_pk)


@require_safe
@login_required
def file(request: UserRequest, pk: int, import_pk: int) -> HttpResponseBase:
    """The file as it was handed in."""
    visible_or_404(request, pk)
    found = get_object_or_404(workbook_rules.visible_imports(request.user), evaluation_id=pk, pk=import_pk)
    if not found.stored_as:
        return render(request, "evaluations/workbooks/missing.html", {"found": found, "is_over": True}, status=410)
    try:
        stored = storing.opened(found.stored_as)
    except FileNotFoundError:
        logger.error("import %s: its file %s is missing", found.pk, found.stored_as)
        return render(request, "evaluations/workbooks/missing.html", {"found": found}, status=410)
    actions.record_file_download(found=found, by=request.user, at=timezone.now(), address=address_of(request))
    return guarded(FileResponse(stored, content_type="application/octet-stream"), found.file_name)


def import_or_404(request: UserRequest, pk: int, import_pk: int, kind: Import.Kind) -> Import:
    """A file that this user may see, with its evaluation."""
    imports = workbook_rules.visible_imports(request.user).select_related(
        "evaluation__region__province", "evaluation__cycle__instrument", "office", "uploaded_by", "decided_by"
    )
    return get_object_or_404(imports, evaluation_id=pk, pk=import_pk, kind=kind)


def refused_uploads(request: UserRequest) -> list[tuple[str, str]]:
    """Files the upload handler dropped; reading FILES first makes it run."""
    _ = request.FILES
    return list(getattr(request, "refused_uploads", []))


def guarded(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """A download that is kept nowhere and runs nothing."""
    response["Content-Disposition"] = disposition(name)
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def frame(request: UserRequest, evaluation: Evaluation, current: str) -> dict[str, Any]:
    """What every page with the rail shows."""
    standing = standing_for(request.user, evaluation)
    return {"evaluation": evaluation, "standing": standing, "current": current}


def _evaluation_or_403(request: UserRequest, pk: int) -> Evaluation:
    evaluation = visible_or_404(request, pk)
    if not workbook_rules.can_use_workbooks(request.user, evaluation):
        raise PermissionDenied(NOT_YOURS)
    return evaluation


def _ask(request: UserRequest, evaluation: Evaluation) -> None:
    """Whether this person may change answers; an evaluation that is sent is refused later, with the reason."""
    if not rules.can_claim(request.user, evaluation) and not evaluation.is_submitted:
        sentence = DISTRICT if workbook_rules.can_use_workbooks(request.user, evaluation) else NOT_YOURS
        raise PermissionDenied(windows.why_closed(evaluation, sentence))


def _index(request: UserRequest, evaluation: Evaluation, refused: list[str], status: int) -> HttpResponse:
    files, lines = page.imports_of(
        request.user, evaluation, Import.Kind.WORKBOOK, request.GET.get("halaman"), timezone.now()
    )
    can_edit, closed = may_edit_now(request, evaluation)
    context = {
        **frame(request, evaluation, "workbooks"),
        "offices": page.offices_of(request.user, evaluation),
        "page": files,
        "lines": lines,
        "everything": not rules.sees_only_own_questions(request.user),
        "can_upload": can_edit and rules.can_claim(request.user, evaluation),
        "closed": closed or (str(AlreadySubmitted()) if evaluation.is_submitted else ""),
        "district": DISTRICT if can_edit and not rules.can_claim(request.user, evaluation) else "",
        "can_import_recap": rules.can_import_recap(request.user, evaluation.region),
        "refused": refused,
    }
    return render(request, "evaluations/workbooks/index.html", context, status=status)


def _preview(request: UserRequest, found: Import, refused: list[str], status: int) -> HttpResponse:
    state = Import.State(found.state_at(timezone.now()))
    can_edit, closed = may_edit_now(request, found.evaluation)
    can_edit = can_edit and rules.can_claim(request.user, found.evaluation)
    context = {
        **frame(request, found.evaluation, "workbooks"),
        "found": found,
        "state": state,
        "can_confirm": state is Import.State.PREVIEW and can_edit,
        "undone": undoing.last_of([found]).get(found.pk),
        "untouched": undoing.untouched(found, request.user).count() if can_edit else 0,
        "written": page.words_of(found),
        "comparison": actions.compare_now(found, request.user),
        "refused": refused or ([closed] if closed and state is Import.State.PREVIEW else []),
    }
    return render(request, "evaluations/workbooks/preview.html", context, status=status)


def _workbook(request: UserRequest, evaluation: Evaluation, office: Office | None) -> HttpResponseBase:
    now = timezone.now()
    window = windows.window_of(evaluation, Stage.EM)
    lines = lines_of(evaluation, office)
    made = io.BytesIO()
    closes_at = window.closes_at if window else None
    writing.write(made, lines, evaluation=evaluation, office=office, at=now, closes_at=closes_at)
    actions.record_download(
        evaluation=evaluation, office=office, rows=len(lines), by=request.user, at=now, address=address_of(request)
    )
    name = f"{title_of(office)} {evaluation.region.name} {evaluation.cycle.name}.xlsx"
    return guarded(HttpResponse(made.getvalue(), content_type=XLSX), name)
