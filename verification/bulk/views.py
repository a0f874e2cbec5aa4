"""The list to confirm, and the one act that accepts what is ticked in it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from clusters.models import Indicator
from evaluations import windows
from evaluations.models import Evaluation
from kla_portal.numbers import angka
from verification import desk, rules
from verification.actions.state import Refusal
from verification.bulk import actions
from verification.bulk.forms import BulkForm
from verification.bulk.offer import indicator_of, offers
from verification.desk import Standing


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def accept(request: UserRequest, pk: int, cluster_code: str, code: str) -> HttpResponse:
    """What the indicator still has unjudged; POST accepts what is ticked."""
    at = timezone.now()
    evaluation = get_object_or_404(rules.visible_desks(request.user).for_page(), pk=pk)
    standing = desk.standing_of(request.user, evaluation, at)
    indicator = indicator_of(standing, cluster_code, code)
    if indicator is None:
        raise Http404
    _require_reach(standing, indicator)
    if request.method != "POST":
        return _page(request, standing, indicator)
    form = BulkForm(request.POST)
    if not form.is_valid():
        return _page(request, standing, indicator, str(actions.NothingChosen()), 422)
    try:
        done = actions.accept(
            evaluation=evaluation, indicator=indicator, without=standing.second, by=request.user, at=at,
            **form.cleaned_data,
        )  # fmt: skip
    except actions.NothingChosen as refusal:
        return _page(request, standing, indicator, str(refusal), 422)
    except (Refusal, windows.WindowClosed) as refusal:
        evaluation.refresh_from_db(fields=["stage", "submitted_at"])
        return _page(request, desk.standing_of(request.user, evaluation, at), indicator, str(refusal), 409)
    return _done(request, evaluation, indicator, len(done))


def _require_reach(standing: Standing, indicator: Indicator) -> None:
    if standing.evaluation.stage and not standing.may_judge:
        raise PermissionDenied(standing.refusal)
    if standing.may_judge and not standing.reach.holds(indicator.cluster.code):
        raise PermissionDenied(desk.foreign(indicator.cluster))


def _page(
    request: UserRequest, standing: Standing, indicator: Indicator, sentence: str = "", status: int = 200
) -> HttpResponse:
    found = offers(standing, indicator)
    lines = [line for line in standing.lines if line.entry.question.indicator.pk == indicator.pk]
    judged = sum(line.judged is not None for line in lines)
    context: dict[str, Any] = {
        "evaluation": standing.evaluation,
        "standing": standing,
        "indicator": indicator,
        "offers": found,
        "ticked": request.POST.getlist("pilih") if request.method == "POST" else [e.sent for e in found if e.is_plain],
        "judged": judged,
        "sentence": sentence,
    }
    return render(request, "verification/bulk/accept.html", context, status=status)


def _done(request: UserRequest, evaluation: Evaluation, indicator: Indicator, count: int) -> HttpResponse:
    standing = desk.standing_of(request.user, evaluation, timezone.now())
    tier = standing.tier.name if standing.tier else "belum berpredikat"
    said = f"{count} pertanyaan indikator {indicator.code} diterima." if count else "Daftar itu sudah diterima tadi."
    messages.success(request, f"{said} Total sekarang {angka(standing.score.total)}, perkiraan dari skor: {tier}.")
    return redirect(f"{reverse('verification:desk', args=[evaluation.pk])}?klaster={indicator.cluster.code}&keadaan=")
