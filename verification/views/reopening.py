"""Giving a sent evaluation back: a reason to type, once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from evaluations import windows
from evaluations.sending import rules
from evaluations.views.pages import visible_or_404
from verification import actions
from verification.forms import ReopenForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Say what follows and ask for the reason; POST reopens."""
    evaluation = visible_or_404(request, pk)
    if evaluation.is_submitted and not rules.can_reopen(request.user, evaluation):
        raise PermissionDenied("Yang membuka kembali evaluasi adalah administrator.")
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.reopen(evaluation=evaluation, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.NotSent as refusal:
            messages.info(request, str(refusal))
            return redirect("evaluations:overview", pk)
        except (actions.Refusal, windows.WindowClosed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Evaluasi dibuka kembali. Semua yang terkait diberi tahu.")
            return redirect("evaluations:overview", pk)
    context = {"evaluation": evaluation, "form": form}
    return render(request, "verification/reopen.html", context, status=409 if form.errors else 200)
