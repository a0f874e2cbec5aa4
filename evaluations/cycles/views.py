"""Settings of a cycle, and a new one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from clusters.models import Cycle
from evaluations import rules
from evaluations.cycles import actions
from evaluations.cycles.forms import NewCycleForm, SettingsForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def begin(request: UserRequest) -> HttpResponse:
    """A new cycle; its windows are set afterwards, each with its letter."""
    _require_administrator(request)
    form = NewCycleForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            cycle = actions.begin(
                code=given["code"], instrument=given["instrument"], settings=form.settings, by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Siklus dibuat. Tetapkan jadwal setiap tahapnya.")
            return redirect("evaluations:cycle", cycle.code)
    return render(request, "evaluations/cycles/form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: UserRequest, code: str) -> HttpResponse:
    """The settings of one cycle."""
    _require_administrator(request)
    cycle = get_object_or_404(Cycle, code=code)
    names = ("name", "award_year", "stages", "repair_hours", "regulations_until")
    initial: dict[str, Any] = {name: getattr(cycle, name) for name in names}
    form = SettingsForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.change(cycle=cycle, settings=form.settings, by=request.user, at=timezone.now())
        except actions.Refused as refusal:
            form.add_error("stages", str(refusal))
        else:
            messages.success(request, "Pengaturan siklus tersimpan.")
            return redirect("evaluations:cycle", code)
    context = {"form": form, "cycle": cycle}
    return render(request, "evaluations/cycles/form.html", context, status=422 if form.is_bound else 200)


def _require_administrator(request: UserRequest) -> None:
    if not rules.can_move_deadlines(request.user):
        raise PermissionDenied("Siklus diatur oleh administrator.")
