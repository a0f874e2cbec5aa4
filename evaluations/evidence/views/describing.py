"""Doors through which people say something about a document: details, pages and ticks, doubts, that it still holds."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import UserRequest, address_of
from evaluations import rules, windows
from evaluations.actions import AlreadySubmitted
from evaluations.evidence import actions, suggestions
from evaluations.evidence.blocks import Kept
from evaluations.evidence.describing_forms import DetailsForm, PlaceForm, StillValidForm, WarningForm, initial_of
from evaluations.evidence.forms import sentences
from evaluations.evidence.views.answers import answered, ask_for_change, back_to, to_document
from evaluations.evidence.views.found import answer_or_404, covers_in, evidence_or_404, use_or_404
from evaluations.mending import rules as mending
from evaluations.models import Evidence
from evaluations.standing import counted_for
from evaluations.worklist.origin import Origin


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def details(request: UserRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """The form of a document's details; `?saran=1` fills what is empty with guesses, stored when they are saved."""
    evidence = evidence_or_404(request, pk, evidence_pk)
    may = rules.can_answer(request.user, evidence.evaluation)
    if not may and not mending.can_mend_document(request.user, evidence, timezone.now()):
        raise PermissionDenied(_locked(evidence))
    guessed = suggestions.of(evidence) if request.GET.get("saran") else None
    form = DetailsForm(request.POST or None, initial=initial_of(evidence, guessed))
    if not form.is_valid():
        return _form(request, evidence, form, 422 if form.is_bound else 200)
    try:
        actions.save_details(
            evidence=evidence, version=form.cleaned_data["versi"], details=form.details, by=request.user,
            at=timezone.now(), address=address_of(request),
        )  # fmt: skip
    except actions.DetailsConflict as conflict:
        return _form(request, conflict.current, form, 409)
    except actions.REFUSALS as refusal:
        return back_to(request, pk, evidence_pk, [str(refusal)])
    messages.success(request, "Rincian dokumen tersimpan.")
    return to_document(request, pk, evidence_pk)


@require_POST
@login_required
def place(request: UserRequest, pk: int, code: str, evidence_pk: int) -> HttpResponse:
    """Note on which pages a document proves this answer, and which expected evidence it covers."""
    answer = answer_or_404(request, pk, code)
    ask_for_change(request, answer.evaluation)
    use = use_or_404(answer, evidence_pk)
    form = PlaceForm(request.POST, expected=answer.question.evidence, page_count=use.evidence.page_count)
    if not form.is_valid():
        typed = Kept(
            evidence_id=evidence_pk, pages=request.POST.get("halaman", ""), covers=frozenset(covers_in(request, answer))
        )
        return answered(request, answer, refused=sentences(form), kept=typed)
    clean = form.cleaned_data
    try:
        actions.save_use(
            use=use, seen=form.seen, pages=clean["halaman"], covers=clean["mencakup"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except actions.UseConflict as conflict:
        return answered(request, answer, refused=[str(conflict)], status=409)
    except actions.REFUSALS as refusal:
        return answered(request, answer, refused=[str(refusal)])
    return answered(request, answer, said=["Tanda dan halaman bukti tersimpan."])


@require_POST
@login_required
def still_valid(request: UserRequest, pk: int, code: str, evidence_pk: int) -> HttpResponse:
    """Say that a document taken over from the last cycle still proves this answer, and until when it holds."""
    answer = answer_or_404(request, pk, code)
    ask_for_change(request, answer.evaluation)
    use = use_or_404(answer, evidence_pk)
    form = StillValidForm(request.POST)
    if not form.is_valid():
        return answered(request, answer, refused=sentences(form))
    try:
        actions.confirm_use(
            use=use, valid_until=form.cleaned_data["berlaku_sampai"], by=request.user, at=timezone.now()
        )
    except actions.REFUSALS as refusal:
        return answered(request, answer, refused=[str(refusal)])
    return answered(request, answer, said=["Dokumen dinyatakan masih berlaku."])


@require_POST
@login_required
def answer_warning(request: UserRequest, pk: int, evidence_pk: int, warning: str) -> HttpResponse:
    """Say why a doubt about a document is none; leads back to the question it was said on, or to the document."""
    evidence = evidence_or_404(request, pk, evidence_pk)
    ask_for_change(request, evidence.evaluation)
    doubt = get_object_or_404(evidence.warnings.select_related("evidence"), code=warning)
    form = WarningForm(request.POST)
    refused = [] if form.is_valid() else sentences(form)
    if not refused:
        try:
            actions.answer_warning(
                warning=doubt, answer=form.cleaned_data["alasan"], by=request.user, at=timezone.now()
            )
        except actions.REFUSALS as refusal:
            refused = [str(refusal)]
    said = [] if refused else ["Jawaban atas peringatan tersimpan."]
    if code := request.POST.get("pertanyaan", ""):
        return answered(request, answer_or_404(request, pk, code), said=said, refused=refused)
    for sentence in said:
        messages.success(request, sentence)
    return back_to(request, pk, evidence_pk, refused)


def _form(request: UserRequest, evidence: Evidence, form: DetailsForm, status: int) -> HttpResponse:
    context = {
        "evaluation": evidence.evaluation,
        "evidence": evidence,
        "standing": counted_for(request.user, evidence.evaluation),
        "form": form,
        "suggestions": suggestions.for_page(evidence),
        "is_filled": bool(request.GET.get("saran")),
        "origin": Origin.read(request.GET),
        "conflict": status == 409,
    }
    return render(request, "evaluations/evidence/details.html", context, status=status)


def _locked(evidence: Evidence) -> str:
    if evidence.evaluation.is_submitted:
        return str(AlreadySubmitted())
    return windows.why_closed(evidence.evaluation, "Anda dapat melihat rincian dokumen ini, tetapi tidak mengubahnya.")
