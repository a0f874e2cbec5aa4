"""Clarifications of a question: read, ask, answer, end."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from clusters.catalogue import Entry, catalogue_of
from evaluations import rules as evaluation_rules
from evaluations import windows
from evaluations.models import Answer
from verification.actions import Refusal
from verification.clarifications import actions, rules
from verification.clarifications.forms import MessageForm
from verification.clarifications.panel import evaluation_side, threads_of
from verification.models import Clarification


@require_safe
@login_required
def index(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """All clarifications of a question that the person may read."""
    return _page(request, *_answer_or_404(request, pk, code))


@require_POST
@login_required
def ask(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """A verifier asks about the answer."""
    answer, entry = _answer_or_404(request, pk, code)
    if not rules.can_ask(request.user, answer.evaluation, entry.question):
        raise PermissionDenied("Klarifikasi diminta oleh verifikator yang menilai pertanyaan ini.")
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, answer, entry, refused=str(form.errors["text"][0]), status=422)
    stage = str(request.POST.get("stage", ""))[:2]
    try:
        actions.ask(answer=answer, stage=stage, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
    except (Refusal, windows.WindowClosed) as refusal:
        return _page(request, answer, entry, refused=str(refusal), status=409)
    messages.success(request, "Klarifikasi terkirim. Perangkat daerah dan operator diberi tahu.")
    return redirect("verification:clarifications", pk, code)


@require_POST
@login_required
def reply(request: UserRequest, pk: int, thread_pk: int) -> HttpResponse:
    """The region answers."""
    thread = _thread_or_404(request, pk, thread_pk)
    answer, entry = _answer_or_404(request, pk, thread.answer.question.code)
    if not rules.can_reply(request.user, answer.evaluation):
        raise PermissionDenied("Klarifikasi dijawab oleh perangkat daerah atau operator daerah.")
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, answer, entry, refused=str(form.errors["text"][0]), status=422)
    try:
        actions.reply(clarification=thread, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _page(request, answer, entry, refused=str(refusal), status=409)
    messages.success(request, "Jawaban terkirim. Verifikator diberi tahu.")
    return redirect(reverse("evaluations:question", args=[pk, entry.question.code]) + "#klarifikasi")


@require_POST
@login_required
def settle(request: UserRequest, pk: int, thread_pk: int) -> HttpResponse:
    """The verifier knows enough."""
    thread = _thread_or_404(request, pk, thread_pk)
    answer, entry = _answer_or_404(request, pk, thread.answer.question.code)
    if not rules.can_ask(request.user, answer.evaluation, entry.question):
        raise PermissionDenied("Klarifikasi diselesaikan oleh verifikator yang menilai pertanyaan ini.")
    actions.settle(clarification=thread, by=request.user, at=timezone.now())
    messages.success(request, "Klarifikasi selesai.")
    return redirect("verification:clarifications", pk, entry.question.code)


def _answer_or_404(request: UserRequest, pk: int, code: str) -> tuple[Answer, Entry]:
    answers = evaluation_rules.visible_answers(request.user).filter(evaluation__submitted_at__isnull=False)
    found = answers.select_related("question", "evaluation__region", "evaluation__cycle__instrument")
    answer = get_object_or_404(found, evaluation_id=pk, question__code=code)
    entry = catalogue_of(answer.evaluation.cycle.instrument).by_code.get(code)
    if entry is None:
        raise Http404
    return answer, entry


def _thread_or_404(request: UserRequest, pk: int, thread_pk: int) -> Clarification:
    threads = rules.visible_clarifications(request.user).select_related("answer__question")
    return get_object_or_404(threads, answer__evaluation_id=pk, pk=thread_pk)


def _page(request: UserRequest, answer: Answer, entry: Entry, *, refused: str = "", status: int = 200) -> HttpResponse:
    threads = threads_of(request.user, answer.evaluation, entry, answer, timezone.now())
    threads = replace(threads, refused=refused, typed=str(request.POST.get("text", ""))[:4000] if refused else "")
    context = {
        "evaluation": answer.evaluation,
        "question": entry.question,
        "threads": threads,
        "is_region": evaluation_side(request.user),
    }
    return render(request, "verification/clarifications/index.html", context, status=status)
