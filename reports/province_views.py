"""The pages of a province's documents."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from accounts.models import Province
from clusters.models import Cycle
from reports import actions, rules, shelves
from reports.forms import RequestForm
from reports.houses import House
from reports.subjects import Subject

OTHERS = "Dokumen provinsi tersedia bagi verifikator provinsi dan administrator."


@require_safe
@login_required
def provinces(request: UserRequest) -> HttpResponse:
    """Provinces and cycles whose documents the user makes."""
    if not rules.can_see_provinces(request.user):
        raise PermissionDenied(OTHERS)
    return render(request, "reports/provinces.html", {"places": shelves.places(request.user)})


@require_safe
@login_required
def province(request: UserRequest, code: str, cycle_code: str) -> HttpResponse:
    """Which documents of a province there can be, and those that have been made."""
    found, cycle = _whole(request, code, cycle_code)
    shelf = shelves.shelf(request.user, found, cycle)
    house = House(province=found)
    context = {"province": found, "cycle": cycle, "shelf": shelf, "house": house, "zone": house.zone}
    return render(request, "reports/province.html", context)


@require_POST
@login_required
def request_document(request: UserRequest, code: str, cycle_code: str) -> HttpResponse:
    """Ask for a document of a province; equal content leads to the one that exists."""
    found, cycle = _whole(request, code, cycle_code)
    form = RequestForm(request.POST)
    if not form.is_valid():
        raise PermissionDenied("Pilih salah satu dokumen yang ditawarkan di halaman ini.")
    kind, format = form.cleaned_data["kind"], form.cleaned_data["format"]
    if not rules.can_request_about(request.user, Subject(province=found, cycle=cycle), kind):
        raise PermissionDenied(OTHERS)
    try:
        document = actions.request_document(
            province=found, cycle=cycle, kind=kind, format=format, by=request.user, at=timezone.now()
        )
    except actions.NoSuchFormat as refusal:
        raise PermissionDenied(refusal.sentence) from refusal
    if document.is_ready:
        messages.success(request, "Isi dokumen tidak berubah. Dokumen yang sudah ada dapat langsung diunduh.")
    return redirect(f"{reverse('reports:province', args=[code, cycle_code])}#dokumen-{document.pk}")


def _whole(request: UserRequest, code: str, cycle_code: str) -> tuple[Province, Cycle]:
    found = get_object_or_404(rules.visible_provinces(request.user), code=code)
    cycles = Cycle.objects.filter(evaluations__region__province=found).select_related("instrument").distinct()
    return found, get_object_or_404(cycles, code=cycle_code)
