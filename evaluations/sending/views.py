"""Handing in: what is weak, one button, once; and the leader's yes or no where the region wants it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from evaluations import rules, windows
from evaluations.actions import AlreadySubmitted
from evaluations.models import Evaluation, Sending
from evaluations.sending import actions, page
from evaluations.sending import rules as sending_rules
from evaluations.sending.forms import AnswerForm, SendForm, SwitchForm
from evaluations.views.pages import visible_or_404

SENT = "Evaluasi mandiri terkirim. Jawaban dan bukti kini terkunci."
ASKED = "Permintaan persetujuan dikirim kepada pimpinan. Jawaban terkunci sampai dijawab."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def send(request: UserRequest, pk: int) -> HttpResponse:
    """GET: everything that is weak. POST: send, or ask the leader; a second click finds it done and says so."""
    evaluation = visible_or_404(request, pk)
    if evaluation.is_submitted:
        messages.info(request, "Evaluasi mandiri ini sudah dikirim.")
        return redirect("evaluations:overview", pk)
    if not rules.can_submit(request.user, evaluation):
        raise PermissionDenied("Yang mengirim adalah operator atau sekretaris daerah, satu kali, sebelum tenggat.")
    if evaluation.is_waiting:
        return redirect("evaluations:approval", pk)
    form = SendForm(request.POST or None)
    if form.is_valid():
        try:
            sending = actions.hand_in(
                evaluation=evaluation, seal=form.cleaned_data["angka"], note=form.cleaned_data["note"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except actions.Refusal as refusal:
            form.add_error("note" if isinstance(refusal, actions.NoteNeeded) else None, str(refusal))
        except (AlreadySubmitted, windows.WindowClosed) as refusal:
            messages.error(request, str(refusal))
            return redirect("evaluations:overview", pk)
        else:
            return _handed_in(request, sending)
    return _list(request, evaluation, form)


def _handed_in(request: UserRequest, sending: Sending) -> HttpResponse:
    is_sent = sending.outcome == Sending.Outcome.SENT
    messages.success(request, SENT if is_sent else ASKED)
    return redirect("evaluations:overview" if is_sent else "evaluations:approval", sending.evaluation_id)


def _list(request: UserRequest, evaluation: Evaluation, form: SendForm) -> HttpResponse:
    context = page.build(request.user, evaluation, request.GET, timezone.now())
    return render(
        request, "evaluations/sending/send.html", {**context, "form": form}, status=409 if form.errors else 200
    )


@require_safe
@login_required
def approval(request: UserRequest, pk: int) -> HttpResponse:
    """The leader's one page: what would be sent, what is weak, yes or no. Others of the region read it."""
    evaluation = visible_or_404(request, pk)
    if not sending_rules.can_read(request.user):
        raise PermissionDenied("Halaman ini untuk operator, penelaah, dan pimpinan daerah.")
    context = page.build(request.user, evaluation, request.GET, timezone.now())
    return render(request, "evaluations/sending/approval.html", context)


@require_POST
@login_required
def approve(request: UserRequest, pk: int) -> HttpResponse:
    """The leader's yes sends the evaluation."""
    evaluation = visible_or_404(request, pk)
    if not sending_rules.can_approve(request.user, evaluation):
        raise PermissionDenied("Yang menyetujui pengiriman adalah pimpinan daerah.")

    def act(number: int, reason: str) -> None:
        actions.approve(evaluation=evaluation, request=number, by=request.user, at=timezone.now())

    return _answered(request, pk, act, SENT)


@require_POST
@login_required
def decline(request: UserRequest, pk: int) -> HttpResponse:
    """The leader's no goes back to the operator with its reason."""
    evaluation = visible_or_404(request, pk)
    if not sending_rules.can_approve(request.user, evaluation):
        raise PermissionDenied("Yang menjawab permintaan adalah pimpinan daerah.")

    def act(number: int, reason: str) -> None:
        actions.decline(evaluation=evaluation, request=number, reason=reason, by=request.user, at=timezone.now())

    return _answered(request, pk, act, "Permintaan dikembalikan kepada operator dengan alasan Anda.")


@require_POST
@login_required
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """The operator takes the request back."""
    evaluation = visible_or_404(request, pk)
    if not sending_rules.can_withdraw(request.user, evaluation):
        raise PermissionDenied("Yang menarik permintaan adalah operator daerah.")

    def act(number: int, reason: str) -> None:
        actions.withdraw(evaluation=evaluation, request=number, by=request.user, at=timezone.now())

    return _answered(request, pk, act, "Permintaan ditarik. Jawaban terbuka lagi.")


def _answered(request: UserRequest, pk: int, act: Callable[[int, str], None], said: str) -> HttpResponse:
    """Do it and say so, or say why not; back to the page that shows how things stand."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "; ".join(str(line) for lines in form.errors.values() for line in lines))
        return redirect("evaluations:approval", pk)
    try:
        act(form.cleaned_data["request"], form.cleaned_data["reason"])
    except (actions.Refusal, AlreadySubmitted, windows.WindowClosed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("evaluations:approval", pk)


@require_POST
@login_required
def switch(request: UserRequest, pk: int) -> HttpResponse:
    """Whether the leader must say yes before sending; back to where the switch was."""
    evaluation = visible_or_404(request, pk)
    if not rules.can_manage(request.user, evaluation):
        raise PermissionDenied("Yang mengatur adalah operator daerah atau administrator.")
    form = SwitchForm(request.POST)
    wanted = form.is_valid() and bool(form.cleaned_data["wanted"])
    try:
        actions.switch_approval(evaluation=evaluation, wanted=wanted, by=request.user, at=timezone.now())
    except (actions.Refusal, AlreadySubmitted) as refusal:
        messages.error(request, str(refusal))
    else:
        need = "memerlukan" if wanted else "tidak memerlukan"
        messages.success(request, f"Pengiriman {need} persetujuan pimpinan.")
    return redirect("evaluations:send" if rules.can_submit(request.user, evaluation) else "evaluations:approval", pk)
