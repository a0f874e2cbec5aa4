"""What a house sets for its papers: its letterhead, with a preview that follows the typing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import UserRequest
from reports import letterheads, rules
from reports.forms import LetterheadForm
from reports.houses import House
from reports.settings import actions
from reports.shelves import shelf_of_house

NOT_YOURS = "Kop, naskah, dan templat diatur oleh operator daerah, verifikator provinsi, dan administrator."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def letterhead(request: UserRequest, code: str) -> HttpResponse:
    """The house's letterhead, with a preview."""
    house = house_to_set(request, code)
    form = _form(request, house)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        logo = values.pop("logo")
        actions.save_letterhead(house=house, values=values, logo=logo, by=request.user, at=timezone.now())
        messages.success(request, "Kop surat disimpan. Dokumen berikutnya memakai kop ini.")
        return redirect("reports:letterhead", code)
    context = {"form": form, "kop": _preview(form, house), **frame(request, house, "letterhead")}
    return render(request, "reports/letterhead.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def preview(request: UserRequest, code: str) -> HttpResponse:
    """The letterhead as it would look with what has been typed so far; stores nothing."""
    house = house_to_set(request, code)
    return render(request, "reports/_kop.html", {"kop": _preview(_form(request, house), house)})


def house_to_set(request: UserRequest, code: str) -> House:
    """The region or province of a code: 404 for one unknown to the user, 403 for one that others look after."""
    regions, provinces = rules.visible_houses(request.user)
    region = regions.select_related("province").filter(code=code).first() if "." in code else None
    province = provinces.filter(code=code).first() if region is None else None
    if region is None and province is None:
        raise Http404
    house = House(region=region, province=province)
    if not rules.can_set(request.user, house):
        raise PermissionDenied(NOT_YOURS)
    return house


def frame(request: UserRequest, house: House, current: str) -> dict[str, Any]:
    """What the pages of a house's settings share: whose they are, which tab is open, the way back."""
    return {"house": house, "current": current, "shelf_address": shelf_of_house(request.user, house)}


def _form(request: UserRequest, house: House) -> LetterheadForm:
    stored = letterheads.letterhead_of(house)
    return LetterheadForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        instance=stored,
        initial={} if stored else letterheads.suggested(house),
        refused=bool(getattr(request, "refused_uploads", None)),
        preview_address=reverse("reports:preview", args=[house.code]),
    )


def _preview(form: LetterheadForm, house: House) -> letterheads.Preview:
    return letterheads.preview(form.typed, house, letterheads.letterhead_of(house))
