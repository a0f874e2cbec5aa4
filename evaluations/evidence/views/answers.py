"""How doors of evidence answer: with the evidence block for htmx, else by leading back to the page it stands on."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.http import UserRequest
from evaluations import question_page, rules, windows
from evaluations.evidence.blocks import Kept
from evaluations.evidence.views.found import block_of
from evaluations.mending import rules as mending
from evaluations.models import Answer, Evaluation
from evaluations.worklist.filters import Filters
from evaluations.worklist.origin import Origin

NOT_YOURS = "Anda dapat melihat bukti ini, tetapi tidak mengubahnya."


def ask_for_change(request: UserRequest, evaluation: Evaluation) -> None:
    """Whether this person may change evidence; once it is sent the action knows what is open again, and until when."""
    may = evaluation.is_submitted and mending.answers_here(request.user, evaluation)
    if not may and not rules.can_answer(request.user, evaluation):
        raise PermissionDenied(windows.why_closed(evaluation, NOT_YOURS))


def answered(
    request: UserRequest,
    answer: Answer,
    *,
    said: Sequence[str] = (),
    refused: Sequence[str] = (),
    status: int | None = None,
    kept: Kept | None = None,
) -> HttpResponse:
    """The block of an answer with what just happened, the list of expected evidence beside it.

    `kept` is what somebody typed that was refused: it stays in its fields, without script too.
    """
    if not request.headers.get("HX-Request"):
        if kept is not None:
            return _whole_page(request, answer, refused, kept)
        for sentence in said:
            messages.success(request, sentence)
        for sentence in refused:
            messages.error(request, sentence)
        where = reverse("evaluations:question", kwargs={"pk": answer.evaluation_id, "code": answer.question.code})
        trail = Filters.read(request.GET).trail_back
        return redirect(f"{where}?{trail}#bukti" if trail else f"{where}#bukti")
    block = block_of(request, answer)
    context = {"block": block.saying(said=said, refused=refused, kept=kept), "oob": True}
    status = status or (422 if refused and not said else 200)
    return render(request, "evaluations/evidence/_evidence.html", context, status=status)


def _whole_page(request: UserRequest, answer: Answer, refused: Sequence[str], kept: Kept) -> HttpResponse:
    evaluation, code, filters = answer.evaluation, answer.question.code, Filters.read(request.GET)
    can_edit = rules.can_answer(request.user, evaluation)
    context = question_page.build(request.user, evaluation, code, can_edit=can_edit, at=timezone.now(), filters=filters)
    context["proofs"] = context["proofs"].saying(refused=refused, kept=kept)
    return render(request, "evaluations/question.html", context, status=422)


def back_to(request: UserRequest, pk: int, evidence_pk: int, refused: Sequence[str]) -> HttpResponse:
    """To the document, with what was refused."""
    for sentence in refused:
        messages.error(request, sentence)
    return to_document(request, pk, evidence_pk)


def to_document(request: UserRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """To the document, which goes on knowing the question that it was opened from."""
    where, query = reverse("evaluations:evidence", args=[pk, evidence_pk]), Origin.read(request.GET).query
    return redirect(f"{where}?{query}" if query else where)
