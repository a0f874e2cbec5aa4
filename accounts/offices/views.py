"""Pages about the offices of a region, for its operator and the administrator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import rules
from accounts.http import UserRequest
from accounts.models import Office, Region
from accounts.offices import actions, pages
from accounts.offices.forms import OfficeForm, RegionSearchForm, initial_of


def _region_or_404(request: UserRequest, code: str) -> Region:
    return get_object_or_404(rules.visible_regions(request.user), code=code)


def _office_or_404(request: UserRequest, region: str, pk: int) -> Office:
    offices = rules.visible_offices(request.user).select_related("region", "part_of", "district")
    return get_object_or_404(offices, pk=pk, region__code=region)


@require_safe
@login_required
def index(request: UserRequest) -> HttpResponse:
    """An operator goes straight to the own region; the administrator picks one."""
    if not rules.can_manage_users(request.user):
        raise PermissionDenied
    if request.user.region:
        return redirect("accounts:offices_of", request.user.region.code)
    form = RegionSearchForm(request.GET)
    page = pages.regions_page(form.wanted(), request.GET.get("halaman"))
    return render(request, "accounts/offices/regions.html", {"form": form, "page": page})


@require_safe
@login_required
def offices(request: UserRequest, region: str) -> HttpResponse:
    """All offices of a region: names, people, questions."""
    found = _region_or_404(request, region)
    lines = pages.lines_of(found, rules.visible_offices(request.user))
    return render(request, "accounts/offices/offices.html", {"region": found, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: UserRequest, region: str) -> HttpResponse:
    """An office that the instrument does not know."""
    found = _region_or_404(request, region)
    form = OfficeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            office = actions.create(
                region=found, name=given["name"], aliases=given["aliases"], by=request.user, at=timezone.now()
            )
            messages.success(request, f"{office.name} ditambahkan.")
            return redirect("accounts:offices_of", found.code)
        except actions.NameTaken as refusal:
            form.add_error(None, str(refusal))
    page = {"region": found, "form": form}
    return render(request, "accounts/offices/office.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def office(request: UserRequest, region: str, pk: int) -> HttpResponse:
    """Rename an office or change what else it is called."""
    found = _office_or_404(request, region, pk)
    form = OfficeForm(request.POST if request.method == "POST" else None, initial=initial_of(found))
    page = {"region": found.region, "office": found, "form": form, "seen": actions.standing_of(found)}
    if not form.is_valid():
        return render(request, "accounts/offices/office.html", page, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    try:
        actions.rename(
            office=found, name=given["name"], aliases=given["aliases"], seen=given["seen"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except actions.NameTaken as refusal:
        form.add_error(None, str(refusal))
        return render(request, "accounts/offices/office.html", page | {"seen": given["seen"]}, status=422)
    except actions.ChangedMeanwhile as conflict:
        now = {"current": conflict.current, "seen": actions.standing_of(conflict.current), "conflict": str(conflict)}
        return render(request, "accounts/offices/office.html", page | now, status=409)
    messages.success(request, "Nama perangkat daerah disimpan.")
    return redirect("accounts:offices_of", region)


@require_POST
@login_required
def retire(request: UserRequest, region: str, pk: int) -> HttpResponse:
    """Let an unused office go."""
    found = _office_or_404(request, region, pk)
    try:
        actions.retire(office=found, by=request.user, at=timezone.now())
    except actions.StillUsed as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:office", region, pk)
    messages.success(request, f"{found.name} dihapus.")
    return redirect("accounts:offices_of", region)
