"""Pages about the windows of a cycle: all cycles, one cycle's schedule, moving one deadline."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from clusters.models import Cycle
from evaluations import rules
from evaluations.deadlines import actions, schedule
from evaluations.deadlines.forms import MoveForm
from evaluations.deadlines.schedule import StageLine


@require_safe
@login_required
def cycles(request: UserRequest) -> HttpResponse:
    """All cycles with their stages."""
    _require_administrator(request)
    return render(request, "evaluations/deadlines/cycles.html", {"cycles": schedule.cycles(timezone.now())})


@require_safe
@login_required
def cycle(request: UserRequest, code: str) -> HttpResponse:
    """The windows of one cycle and the letters that moved them."""
    _require_administrator(request)
    found = _found(code)
    lines = schedule.lines_of(found, timezone.now())
    context = {
        "cycle": found,
        "lines": lines,
        "moves": schedule.history_of(found),
        "crossed": schedule.crossed_of(lines),
    }
    return render(request, "evaluations/deadlines/cycle.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def move(request: UserRequest, code: str, stage: str) -> HttpResponse:
    """Set or move one window, with its letter."""
    _require_administrator(request)
    found = _found(code)
    line = next((each for each in schedule.lines_of(found, timezone.now()) if each.stage == stage), None)
    if line is None:
        raise Http404
    form = MoveForm(request.POST or None, initial=schedule.initial_of(line))
    if not form.is_valid():
        return _page(request, found, line, form, status=422 if form.is_bound else 200)
    return _moved(request, found, line, form)


def _moved(request: UserRequest, found: Cycle, line: StageLine, form: MoveForm) -> HttpResponse:
    try:
        actions.move(
            cycle=found, stage=line.stage, span=form.span, letter=form.letter, seen=form.cleaned_data["seen"],
            shorten=form.cleaned_data["shorten"], cross=form.cleaned_data["cross"], by=request.user, at=timezone.now(),
        )  # fmt: skip
    except actions.Refused as refusal:
        form.add_error("closes_at", str(refusal))
        return _page(request, found, line, form, status=422)
    except actions.Unconfirmed as doubt:
        return _page(request, found, line, form, status=422, doubt=doubt)
    except actions.MovedMeanwhile as meanwhile:
        return _page(request, found, line, form, status=409, meanwhile=meanwhile.last)
    messages.success(request, f"Jadwal {line.stage.label} disimpan. Semua yang terkait diberi tahu.")
    return redirect("evaluations:cycle", found.code)


def _page(
    request: UserRequest, found: Cycle, line: StageLine, form: MoveForm, *, status: int, **more: Any
) -> HttpResponse:
    context = {"cycle": found, "line": line, "form": form, "last": line.last.pk if line.last else 0, **more}
    return render(request, "evaluations/deadlines/move.html", context, status=status)


def _found(code: str) -> Cycle:
    cycles = Cycle.objects.select_related("instrument").prefetch_related("windows__moves__moved_by")
    return get_object_or_404(cycles, code=code)


def _require_administrator(request: UserRequest) -> None:
    if not rules.can_move_deadlines(request.user):
        raise PermissionDenied("Jadwal tahap diatur administrator.")
