"""Pages through which people and offices come in as a spreadsheet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import rules
from accounts.http import UserRequest
from accounts.models import Region
from accounts.roster import actions, files, planning
from accounts.roster.bounds import Rights
from accounts.roster.planning import Preview
from kla_portal.spreadsheets import SpreadsheetRefused
from kla_portal.tables import HeadingsMissing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT, TWO_HOURS = "accounts.roster", 2 * 60 * 60
STALE = "Pratinjau ini sudah lama atau tidak lengkap. Unggah berkasnya sekali lagi."


def _rights_or_403(request: UserRequest) -> Rights:
    if not rules.can_manage_users(request.user):
        raise PermissionDenied
    return Rights(frozenset(rules.roles_given_by(request.user)), rules.own_region_alone(request.user))


def _ask(request: UserRequest, rights: Rights, fault: str = "", status: int = 200) -> HttpResponse:
    page = {"fault": fault, "own_region": rights.own_region, "most": files.MOST_PEOPLE}
    return render(request, "accounts/roster/upload.html", page, status=status)


def _show(request: UserRequest, rows: files.Rows, found: Preview, status: int = 200, fault: str = "") -> HttpResponse:
    carried = [request.user.pk, found.fingerprint, rows.carried()]
    may_confirm = found.changes_anything and not found.is_refused
    page = {
        "found": found,
        "fault": fault,
        "counts": [(state, found.count(state)) for state in ("baru", "berubah", "tetap", "ditolak")],
        "signed": signing.dumps(carried, salt=SALT, compress=True) if may_confirm else "",
    }
    return render(request, "accounts/roster/preview.html", page, status=status)


@require_safe
@login_required
def example(request: UserRequest) -> HttpResponse:
    """A workbook to fill in: with the people and offices of one region, or with headings alone."""
    rights = _rights_or_403(request)
    region: Region | None = rights.own_region
    if region is None and request.GET.get("daerah"):
        region = get_object_or_404(rules.visible_regions(request.user), code=request.GET["daerah"])
    people = rules.visible_users(request.user).select_related("region", "office", "province").order_by("username")
    offices = rules.visible_offices(request.user).select_related("region").order_by("name")
    people = people.filter(region=region, is_active=True) if region else people.none()
    offices = offices.filter(region=region) if region else offices.none()
    made = files.example(people, offices, rights.roles, timezone.now())
    response = HttpResponse(made, content_type=XLSX)
    name = f"pengguna-{region.code}.xlsx" if region else "pengguna.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: UserRequest) -> HttpResponse:
    """GET asks for the file, POST shows what it would change; nothing is written yet."""
    rights = _rights_or_403(request)
    if request.method != "POST":
        return _ask(request, rights)
    file = request.FILES.get("file")
    if file is None:
        too_large = bool(getattr(request, "refused_uploads", None))
        return _ask(request, rights, "Berkas ini terlalu besar." if too_large else "Pilih berkasnya dulu.", 422)
    try:
        rows = files.read(file)
    except (SpreadsheetRefused, HeadingsMissing, files.TooMany) as refusal:
        return _ask(request, rights, str(refusal), 422)
    found = planning.plan(rows, rights)
    return _show(request, rows, found, 422 if found.is_refused else 200)


@require_POST
@login_required
def confirm(request: UserRequest) -> HttpResponse:
    """Write what the preview showed, all of it or nothing; newcomers then get their links."""
    rights = _rights_or_403(request)
    try:
        user, fingerprint, carried = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=TWO_HOURS)
    except signing.BadSignature:
        return _ask(request, rights, STALE, 422)
    if user != request.user.pk:
        return _ask(request, rights, STALE, 422)
    rows = files.from_carried(carried)
    try:
        taken = actions.take(rows=rows, fingerprint=fingerprint, rights=rights, by=request.user, at=timezone.now())
    except actions.MovedMeanwhile as moved:
        return _show(request, rows, planning.plan(rows, rights), 409, str(moved))
    messages.success(
        request, f"Tersimpan: {taken.created} pengguna baru, {taken.changed} berubah, {taken.offices} perangkat daerah."
    )
    return redirect("accounts:links" if taken.created else "accounts:users")
