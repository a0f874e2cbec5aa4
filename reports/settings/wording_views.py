"""The sentences of a house's papers, with a preview that follows the typing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import UserRequest
from reports import wording
from reports.houses import House
from reports.models import Wording
from reports.settings import actions
from reports.settings.forms import WordingForm
from reports.settings.previews import preview_of, standard_of
from reports.settings.views import frame, house_to_set


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def texts(request: UserRequest, code: str) -> HttpResponse:
    """The texts of a house; what is left empty comes from the house above, in the end from the portal."""
    house = house_to_set(request, code)
    form = _form(request, house)
    status = 422 if form.is_bound else 200
    conflict: Wording | None = None
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            actions.save_wording(house=house, texts=form.typed, version=version, by=request.user, at=timezone.now())
        except actions.Conflict as other:
            conflict, status = other.stored, 409
        else:
            messages.success(request, "Naskah disimpan. Dokumen berikutnya memakai naskah ini.")
            return redirect("reports:texts", code)
    context = {"form": form, "page": preview_of(house, form.typed), "known": wording.KNOWN.items()}
    more = {"conflict": _differences(conflict, form) if conflict else None, **frame(request, house, "texts")}
    return render(request, "reports/settings/texts.html", {**context, **more}, status=status)


@require_POST
@login_required
def preview(request: UserRequest, code: str) -> HttpResponse:
    """The papers' sentences as they would read with what has been typed so far; stores nothing."""
    house = house_to_set(request, code)
    page = preview_of(house, _form(request, house).typed)
    return render(request, "reports/settings/_texts.html", {"page": page})


def _form(request: UserRequest, house: House) -> WordingForm:
    stored = Wording.objects.filter(**house.keys).first()
    return WordingForm(
        request.POST if request.method == "POST" else None,
        initial={"version": stored.version, **stored.texts} if stored else {"version": 0},
        standard=standard_of(house),
        is_province=house.is_province,
        preview_address=reverse("reports:texts_preview", args=[house.code]),
    )


def _differences(stored: Wording, form: WordingForm) -> dict[str, Any]:
    """Both versions side by side, where they differ, and the version that overwrites knowingly."""
    mine = form.typed
    rows = [
        {"label": text.label, "mine": mine.get(name, ""), "theirs": stored.texts.get(name, "")}
        for name, text in form.texts.items()
        if mine.get(name, "") != stored.texts.get(name, "")
    ]
    return {"rows": rows, "by": stored.saved_by if stored.saved_by_id else "", "version": stored.version}
