"""The machine room's pages, for the administrator: what waits, what runs, what was given up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jobs import actions, rules

SHOWN = 100


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Failed first, because they wait for a person; then running and waiting, oldest first."""
    if not rules.can_see_jobs(request.user):
        raise Http404
    jobs = rules.visible_jobs(request.user)
    groups = {
        "failed": jobs.failed().order_by("-finished_at")[:SHOWN],
        "open": jobs.open().order_by("promised_at", "pk")[:SHOWN],
        "open_count": jobs.open().count(),
    }
    return render(request, "jobs/index.html", groups)


@require_safe
@login_required
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """One job's progress, the fragment its row on the page is made of."""
    job = get_object_or_404(rules.visible_jobs(request.user), pk=pk)
    return render(request, "jobs/_status.html", {"job": job})


@require_POST
@login_required
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Order a job again that was given up."""
    job = get_object_or_404(rules.visible_jobs(request.user), pk=pk)
    if not rules.can_retry(request.user, job):
        raise PermissionDenied("Hanya pekerjaan yang gagal dapat dicoba lagi.")
    try:
        actions.retry(job=job, by=request.user, at=timezone.now())
    except actions.NotFailed:
        messages.warning(request, "Pekerjaan ini sudah dicoba lagi.")
    except actions.PromisedAgain:
        messages.warning(request, "Pekerjaan yang sama sudah diminta lagi dan sedang menunggu.")
    else:
        messages.success(request, "Pekerjaan akan dicoba lagi.")
    return redirect("jobs:index")
