"""The list of evaluations, and beginning a new one."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from clusters.models import Cycle
from clusters.stages import Stage
from evaluations import actions, listing, rules

PER_PAGE = 50


@require_safe
@login_required
def index(request: UserRequest) -> HttpResponse:
    """All evaluations this user may open; a region's people with only one go straight there."""
    words, stage = request.GET.get("cari", "").strip()[:80], request.GET.get("tahap", "")[:8]
    to_open = listing.cycles_to_open(request.user, timezone.now())
    found = listing.visible(request.user, words, stage)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    if rules.works_in_one_region(request.user) and page.paginator.count == 1 and not (to_open or words or stage):
        place = "tasks" if rules.begins_with_tasks(request.user) else "overview"
        return redirect(f"evaluations:{place}", page.object_list[0].pk)
    context = {
        "lines": listing.lines(request.user, list(page.object_list)),
        "page": page,
        "query": urlencode({"cari": words, "tahap": stage}) + "&",
        "words": words,
        "stage": stage,
        "stages": list(Stage),
        "to_open": to_open,
        "can_assign": rules.can_oversee(request.user),
    }
    return render(request, "evaluations/index.html", context)


@require_POST
@login_required
def open_cycle(request: UserRequest, code: str) -> HttpResponse:
    """Begin the user's region's evaluation in a cycle; a second click finds it there."""
    if not rules.can_open(request.user):
        raise PermissionDenied("Evaluasi dibuka oleh operator daerah.")
    cycle = get_object_or_404(Cycle, code=code)
    region = request.user.region
    assert region is not None  # can_open says so
    evaluation = actions.open_evaluation(region=region, cycle=cycle, by=request.user, at=timezone.now())
    return redirect("evaluations:overview", evaluation.pk)
