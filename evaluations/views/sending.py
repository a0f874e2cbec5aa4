"""Sending the self-evaluation: a look at what is weak, one button, once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from evaluations import actions, rules, sending_page, windows
from evaluations.actions import AlreadySubmitted
from evaluations.standing import standing_of
from evaluations.views.pages import visible_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def send(request: UserRequest, pk: int) -> HttpResponse:
    """GET: what is still empty or unproved. POST: send; a second click finds it sent and says so."""
    evaluation = visible_or_404(request, pk)
    if evaluation.is_submitted:
        messages.info(request, "Evaluasi mandiri ini sudah dikirim.")
        return redirect("evaluations:overview", pk)
    if not rules.can_submit(request.user, evaluation):
        raise PermissionDenied("Yang mengirim adalah operator atau sekretaris daerah, satu kali, sebelum tenggat.")
    standing = standing_of(None, evaluation)
    page = sending_page.build(evaluation, standing)
    confirmed = request.POST.get("kosong") == str(page.empty)
    if request.method != "POST" or not confirmed:
        context = {"evaluation": evaluation, "standing": standing, "page": page, "current": "overview"}
        return render(request, "evaluations/send.html", {**context, "unconfirmed": request.method == "POST"})
    try:
        actions.submit(evaluation=evaluation, by=request.user, at=timezone.now())
    except (AlreadySubmitted, windows.WindowClosed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Evaluasi mandiri terkirim. Jawaban dan bukti kini terkunci.")
    return redirect("evaluations:overview", pk)
