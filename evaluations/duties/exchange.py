"""Pages through which the plan leaves as a spreadsheet and comes back: download, preview, confirm all or nothing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from evaluations import rules
from evaluations.duties import actions, workbook
from evaluations.duties.plan import from_token
from evaluations.duties.views import Desk, desk_or_404, due_limits, frame, require_editor
from kla_portal.spreadsheets import SpreadsheetRefused
from kla_portal.tables import HeadingsMissing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT, TWO_HOURS = "evaluations.duties.exchange", 2 * 60 * 60
STALE = "Pratinjau ini sudah lama atau tidak lengkap. Unggah berkasnya sekali lagi."
MOVED = "Pembagian tugas berubah sejak pratinjau dibuat. Tidak ada yang disimpan; unggah berkasnya sekali lagi."


@require_safe
@login_required
def download(request: UserRequest, pk: int) -> HttpResponse:
    """The plan as a workbook, for everybody who may read it."""
    desk = desk_or_404(request, pk)
    response = HttpResponse(workbook.written(desk.board, timezone.now()), content_type=XLSX)
    name = f"pembagian-tugas-{desk.evaluation.region.code}-{desk.evaluation.cycle.code}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: UserRequest, pk: int) -> HttpResponse:
    """GET asks for the file, POST shows what it would change; nothing is written yet."""
    desk = desk_or_404(request, pk)
    require_editor(desk)
    if request.method != "POST":
        return _page(request, desk)
    file = request.FILES.get("file")
    if file is None:
        too_large = bool(getattr(request, "refused_uploads", None))
        return _page(request, desk, "Berkas ini terlalu besar." if too_large else "Pilih berkasnya dulu.", 422)
    try:
        found = workbook.preview(file, desk.board, due_limits(desk.evaluation))
    except (SpreadsheetRefused, HeadingsMissing) as refusal:
        return _page(request, desk, str(refusal), 422)
    context = {**frame(request, desk.evaluation), "desk": desk, "found": found, "name": file.name,
               "changes": [_shown(desk, each) for each in found.changes]}  # fmt: skip
    if found.changes and not found.refused:
        context["signed"] = _signed(request, desk, found)
    return render(request, "evaluations/duties/preview.html", context, status=422 if found.refused else 200)


def _page(request: UserRequest, desk: Desk, fault: str = "", status: int = 200) -> HttpResponse:
    context = {**frame(request, desk.evaluation), "desk": desk, "fault": fault}
    return render(request, "evaluations/duties/upload.html", context, status=status)


def _shown(desk: Desk, change: workbook.Change) -> dict[str, Any]:
    """A change in words: only what differs."""
    name = desk.board.name
    gone, new = change.before.support - change.after.support, change.after.support - change.before.support
    return {
        "change": change,
        "lead": (
            name(change.before.lead) if change.before.lead is not None else "belum ada",
            name(change.after.lead) if change.after.lead is not None else "belum ada",
        ) if change.before.lead != change.after.lead else None,
        "new": sorted(name(each) for each in new),
        "gone": sorted(name(each) for each in gone),
        "due": (change.before.due_on, change.after.due_on) if change.before.due_on != change.after.due_on else None,
    }  # fmt: skip


def _signed(request: UserRequest, desk: Desk, found: workbook.Preview) -> str:
    """What was shown, carried by the browser and readable by nobody who could change it."""
    wishes = {pk: [wanted.token, seen.token] for pk, (wanted, seen) in found.wishes.items()}
    return signing.dumps([desk.evaluation.pk, request.user.pk, wishes], salt=SALT, compress=True)


@require_POST
@login_required
def confirm(request: UserRequest, pk: int) -> HttpResponse:
    """Write what the preview showed, all of it or nothing."""
    desk = desk_or_404(request, pk)
    require_editor(desk)
    wishes = _wishes(request, desk)
    if wishes is None:
        return _page(request, desk, STALE, 422)
    try:
        changed = actions.assign(
            evaluation=desk.evaluation, wishes=wishes, by=request.user, at=timezone.now(),
            after_sending=rules.can_share_after_sending(request.user),
        )  # fmt: skip
    except actions.Conflict:
        return _page(request, desk, MOVED, 409)
    except actions.PlanLocked as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, f"{changed} pertanyaan diubah dari berkas." if changed else "Susunannya sudah begitu.")
    return redirect("evaluations:duties", pk)


def _wishes(request: UserRequest, desk: Desk) -> dict[int, actions.Wish] | None:
    """The wishes of this person's preview of this plan; None for anything else."""
    try:
        evaluation, user, signed = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=TWO_HOURS)
    except signing.BadSignature:
        return None
    if (evaluation, user) != (desk.evaluation.pk, request.user.pk):
        return None
    wishes = {}
    for pk, (wanted, seen) in signed.items():
        duty = from_token(wanted)
        if duty is None or not duty.offices <= desk.board.offices.keys():
            return None
        wishes[int(pk)] = actions.Wish(duty, from_token(seen))
    return wishes
