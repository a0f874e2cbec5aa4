"""Repairs of an evaluation: read them, open the hours for what was returned, give more time."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from evaluations import windows
from evaluations.models import Evaluation
from kla_portal.numbers import saat
from verification import rules
from verification.actions import Refusal
from verification.repairs import actions
from verification.repairs import rules as repair_rules
from verification.repairs.forms import ExtendForm
from verification.repairs.page import build


@require_safe
@login_required
def index(request: UserRequest, pk: int) -> HttpResponse:
    """What is returned, open, mended and asked at the running stage."""
    return _page(request, _desk_or_404(request, pk))


@require_POST
@login_required
def open_window(request: UserRequest, pk: int) -> HttpResponse:
    """Open the hours for everything that was returned and not opened yet."""
    evaluation = _desk_or_404(request, pk)
    if not repair_rules.can_open_repairs(request.user, evaluation):
        raise PermissionDenied("Masa perbaikan dibuka oleh verifikator yang ditugaskan atau administrator.")
    stage = str(request.POST.get("stage", ""))[:2]
    try:
        opened = actions.open_window(evaluation=evaluation, stage=stage, by=request.user, at=timezone.now())
    except (Refusal, windows.WindowClosed) as refusal:
        return _page(request, evaluation, sentence=str(refusal), status=409)
    until = saat(opened.closes_at, evaluation.region.time_zone)
    messages.success(request, f"Masa perbaikan dibuka sampai {until}. Daerah sudah diberi tahu.")
    return redirect("verification:repairs", pk)


@require_POST
@login_required
def extend(request: UserRequest, pk: int, window_pk: int) -> HttpResponse:
    """Give more time, with a reason."""
    evaluation = _desk_or_404(request, pk)
    if not repair_rules.can_extend_repairs(request.user):
        raise PermissionDenied("Masa perbaikan diperpanjang oleh administrator.")
    window = get_object_or_404(evaluation.repairs, pk=window_pk)
    form = ExtendForm(request.POST, zone=evaluation.region.time_zone)
    if not form.is_valid():
        return _page(request, evaluation, form=form, form_of=window_pk, status=422)
    given = form.cleaned_data
    try:
        actions.extend(window=window, until=given["until"], reason=given["reason"], by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _page(request, evaluation, sentence=str(refusal), form=form, form_of=window_pk, status=409)
    messages.success(request, "Masa perbaikan diperpanjang. Daerah sudah diberi tahu.")
    return redirect("verification:repairs", pk)


def _desk_or_404(request: UserRequest, pk: int) -> Evaluation:
    desks = rules.visible_desks(request.user).for_page().filter(submitted_at__isnull=False)
    return get_object_or_404(desks, pk=pk)


def _page(request: UserRequest, evaluation: Evaluation, *, status: int = 200, **more: Any) -> HttpResponse:
    at = timezone.now()
    evaluation.refresh_from_db(fields=["stage", "repair_until"]) if status != 200 else None
    context = {
        "evaluation": evaluation,
        "page": build(request.user, evaluation, at),
        "can_open": repair_rules.can_open_repairs(request.user, evaluation),
        "can_extend": repair_rules.can_extend_repairs(request.user),
        **more,
    }
    return render(request, "verification/repairs/index.html", context, status=status)
