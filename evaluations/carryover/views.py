"""Doors of what is taken over: one answer, its documents, a whole cluster, and saying that a copy is right."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from clusters.catalogue import catalogue_of
from evaluations import rules, windows
from evaluations.actions import Conflict
from evaluations.carryover import actions, listing
from evaluations.carryover.previous import Old, old_answers
from evaluations.evidence.views.found import answer_or_404
from evaluations.models import Answer
from evaluations.standing import standing_for
from evaluations.views.pages import may_edit_now, visible_or_404
from evaluations.worklist.filters import Filters

NOT_YOURS = "Anda dapat membaca jawaban siklus lalu, tetapi tidak memakainya lagi."
CHANGED = "Jawaban ini baru saja diubah orang lain. Periksa yang tersimpan sekarang, lalu putuskan lagi."


@require_POST
@login_required
def take_answer(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Claim what the last cycle claimed; it waits to be checked."""
    answer = _answer_or_404(request, pk, code, claims=True)
    old = _old_or_404(request, answer)
    if old.claim is None:
        messages.error(request, old.why_not)
        return _back(request, pk, code)
    wish = actions.Wish(answer, _version(request), old.claim, old.answer)
    try:
        actions.take_answers(evaluation=answer.evaluation, wishes=[wish], by=request.user, at=timezone.now())
    except Conflict:
        messages.error(request, CHANGED)
    except actions.REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Jawaban siklus lalu dipakai lagi. Periksa dan sesuaikan sebelum dikirim.")
    return _back(request, pk, code)


@require_POST
@login_required
def take_documents(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Let the chosen documents of the last cycle prove this answer; they wait to be checked."""
    answer = _answer_or_404(request, pk, code)
    chosen = set(request.POST.getlist("bukti"))
    documents = [each.evidence for each in _old_or_404(request, answer).documents if str(each.evidence.pk) in chosen]
    try:
        fresh = actions.take_documents(answer=answer, documents=documents, by=request.user, at=timezone.now())
    except (*actions.REFUSALS, actions.FileGone) as refusal:
        messages.error(request, str(refusal))
    else:
        said = f"{fresh} dokumen dipakai lagi. Periksa apakah masih berlaku." if fresh else "Pilih dokumennya dulu."
        messages.success(request, said)
    return _back(request, pk, code)


@require_POST
@login_required
def check(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """A copied answer is right as it stands."""
    answer = _answer_or_404(request, pk, code, claims=True)
    try:
        actions.check(answer=answer, version=_version(request), by=request.user, at=timezone.now())
    except Conflict:
        messages.error(request, CHANGED)
    except actions.REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Jawaban dinyatakan sudah diperiksa.")
    return _back(request, pk, code)


@require_safe
@login_required
def overview(request: UserRequest, pk: int) -> HttpResponse:
    """The last cycle's answers of one cluster beside this cycle's, to take over together."""
    evaluation = visible_or_404(request, pk)
    if not rules.knows_old_cycles(request.user):
        raise Http404
    can_edit, closed = may_edit_now(request, evaluation)
    context = {
        "evaluation": evaluation,
        "standing": standing_for(request.user, evaluation),
        "current": "last_cycle",
        "page": listing.page_of(request.user, evaluation, request.GET.get("klaster", "")),
        "can_edit": can_edit and rules.can_claim(request.user, evaluation),
        "closed": closed,
    }
    return render(request, "evaluations/carryover/overview.html", context)


@require_POST
@login_required
def take_many(request: UserRequest, pk: int) -> HttpResponse:
    """Claim the chosen questions of one cluster again, all or none."""
    evaluation = visible_or_404(request, pk)
    if not rules.can_claim(request.user, evaluation) and not evaluation.is_submitted:
        raise PermissionDenied(windows.why_closed(evaluation, NOT_YOURS))
    cluster, chosen = request.POST.get("klaster", "")[:8], request.POST.getlist("soal")
    wishes = listing.wishes(request.user, evaluation, cluster, chosen)
    try:
        taken = actions.take_answers(evaluation=evaluation, wishes=wishes, by=request.user, at=timezone.now())
    except Conflict as conflict:
        code = conflict.current.question.code
        messages.error(request, f"Jawaban {code} baru saja diubah orang lain. Belum ada yang dipakai; pilih lagi.")
    except actions.REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{taken} jawaban dipakai lagi, semuanya perlu diperiksa.")
    return redirect(f"{reverse('evaluations:last_cycle', args=[pk])}?{urlencode({'klaster': cluster})}")


def _answer_or_404(request: UserRequest, pk: int, code: str, *, claims: bool = False) -> Answer:
    """The answer, for somebody who may change it; one that is sent is refused by the action, with the reason."""
    answer = answer_or_404(request, pk, code)
    may = rules.can_claim if claims else rules.can_answer
    if not may(request.user, answer.evaluation) and not answer.evaluation.is_submitted:
        raise PermissionDenied(windows.why_closed(answer.evaluation, NOT_YOURS))
    return answer


def _old_or_404(request: UserRequest, answer: Answer) -> Old:
    entry = catalogue_of(answer.evaluation.cycle.instrument).by_pk[answer.question_id]
    old = old_answers(request.user, answer.evaluation, [entry]).get(answer.question_id)
    if old is None:
        raise Http404
    return old


def _version(request: UserRequest) -> int:
    """The version the person has seen; what is no number fits no answer."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1


def _back(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """To the panel, without losing the list that the question was opened from."""
    trail = Filters.read(request.GET).trail_back
    return redirect(f"{reverse('evaluations:question', args=[pk, code])}{f'?{trail}' if trail else ''}#siklus-lalu")
