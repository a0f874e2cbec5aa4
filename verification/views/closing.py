"""The end of a stage: a summary to read, a number to confirm."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from evaluations import windows
from verification import actions, desk, rules
from verification.forms import CloseForm

NOT_THE_WHOLE = "Anda menilai sebagian klaster. Tahap ditutup oleh koordinator atau verifikator semua klaster."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def close(request: UserRequest, pk: int) -> HttpResponse:
    """Show what the stage comes to; POST closes it, once, and leads to the recap."""
    at = timezone.now()
    evaluation = get_object_or_404(rules.visible_desks(request.user).for_page(), pk=pk)
    standing = desk.standing_of(request.user, evaluation, at)
    stage = str(request.POST.get("stage", standing.stage))[:2]
    if stage == standing.stage and evaluation.stage and not rules.can_close_stage(request.user, evaluation):
        raise PermissionDenied(standing.refusal or NOT_THE_WHOLE)
    form = CloseForm(request.POST or None)
    sentence, repairs = "", False
    if form.is_valid():
        try:
            actions.close_stage(
                evaluation=evaluation, stage=stage, confirmed_unjudged=form.cleaned_data["unjudged"],
                unseen=standing.unseen, by=request.user, at=at,
            )  # fmt: skip
        except actions.AlreadyClosed as refusal:
            messages.info(request, str(refusal))
            return redirect("verification:recap", pk)
        except (actions.Refusal, windows.WindowClosed) as refusal:
            sentence, repairs = str(refusal), isinstance(refusal, actions.RepairsOpen)
        else:
            messages.success(request, f"{standing.stage.label} ditutup. Hasilnya sedang ditetapkan.")
            return redirect("verification:recap", pk)
    may = {"can_close": rules.can_close_stage(request.user, evaluation), "repairs": repairs}
    context = {**_page(standing, sentence), **may}
    return render(request, "verification/close.html", context, status=409 if sentence else 200)


def _page(standing: desk.Standing, sentence: str) -> dict[str, Any]:
    return {
        "evaluation": standing.evaluation,
        "standing": standing,
        "rows": desk.cluster_rows(standing),
        "sentence": sentence,
    }
