"""Doors through which evidence changes; all answer with the evidence block, or lead back to the page it stands on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import UserRequest, address_of
from evaluations import rules
from evaluations.evidence import actions
from evaluations.evidence.arrivals.actions import receive_whole
from evaluations.evidence.arrivals.taking import take_place
from evaluations.evidence.blocks import Kept
from evaluations.evidence.forms import LibraryForm, LinkForm, ReplaceForm, UploadForm, sentences
from evaluations.evidence.sentences import REFUSALS
from evaluations.evidence.views.answers import answered, ask_for_change, back_to, to_document
from evaluations.evidence.views.found import answer_or_404, covers_in, evidence_or_404, use_or_404
from evaluations.uploads import refused_uploads


@require_POST
@login_required
def attach(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Upload one or more files as proof of an answer."""
    answer = answer_or_404(request, pk, code)
    ask_for_change(request, answer.evaluation)
    form = UploadForm(request.POST, request.FILES, refused=refused_uploads(request))
    if not form.is_valid():
        return answered(request, answer, refused=sentences(form))
    outcome = receive_whole(
        evaluation=answer.evaluation, answer=answer, uploads=form.uploads, by=request.user, at=timezone.now(),
        address=address_of(request), covers=covers_in(request, answer),
    )  # fmt: skip
    return answered(request, answer, said=outcome.said, refused=[*form.dropped, *outcome.refused])


@require_POST
@login_required
def attach_link(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Write down an https address as proof of an answer."""
    answer = answer_or_404(request, pk, code)
    ask_for_change(request, answer.evaluation)
    form, covers = LinkForm(request.POST), covers_in(request, answer)
    typed = Kept(
        form="tautan", url=request.POST.get("tautan", ""), title=request.POST.get("judul", ""), covers=frozenset(covers)
    )
    if not form.is_valid():
        return answered(request, answer, refused=sentences(form), kept=typed)
    try:
        actions.attach_link(
            answer=answer, url=form.cleaned_data["tautan"], title=form.cleaned_data["judul"], by=request.user,
            at=timezone.now(), address=address_of(request), covers=covers,
        )  # fmt: skip
    except actions.REFUSALS as refusal:
        return answered(request, answer, refused=[str(refusal)], kept=typed)
    return answered(request, answer, said=["Tautan tersimpan."])


@require_POST
@login_required
def attach_existing(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Let documents of the library prove this answer too."""
    answer = answer_or_404(request, pk, code)
    ask_for_change(request, answer.evaluation)
    form = LibraryForm(request.POST, choices=rules.visible_evidence(request.user).filter(evaluation_id=pk))
    if not form.is_valid():
        return answered(request, answer, refused=sentences(form))
    try:
        actions.attach_existing(
            evidence=form.cleaned_data["bukti"], answer=answer, by=request.user, at=timezone.now(),
            address=address_of(request), covers=covers_in(request, answer),
        )  # fmt: skip
    except actions.REFUSALS as refusal:
        return answered(request, answer, refused=[str(refusal)])
    return answered(request, answer, said=["Ditautkan dari pustaka."])


@require_POST
@login_required
def detach(request: UserRequest, pk: int, code: str, evidence_pk: int) -> HttpResponse:
    """Take a document away from an answer; the document stays in the library."""
    answer = answer_or_404(request, pk, code)
    ask_for_change(request, answer.evaluation)
    use = use_or_404(answer, evidence_pk)
    try:
        actions.detach(use=use, by=request.user, at=timezone.now(), address=address_of(request))
    except actions.REFUSALS as refusal:
        return answered(request, answer, refused=[str(refusal)])
    return answered(request, answer, said=["Bukti dilepas dari pertanyaan ini; berkasnya tetap ada di pustaka."])


@require_POST
@login_required
def replace(request: UserRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """Put a mended file in the place of an old one, for every question the person may answer."""
    evidence = evidence_or_404(request, pk, evidence_pk)
    ask_for_change(request, evidence.evaluation)
    form = ReplaceForm(request.POST, request.FILES, refused=refused_uploads(request))
    if not form.is_valid() or not form.uploads:
        return back_to(request, pk, evidence_pk, sentences(form) or [REFUSALS[code] for _, code in form.refused])
    try:
        fresh, said = take_place(
            evidence=evidence, upload=form.uploads[0], reason=form.cleaned_data["alasan"], by=request.user,
            at=timezone.now(), address=address_of(request),
        )  # fmt: skip
    except actions.REFUSALS as refusal:
        return back_to(request, pk, evidence_pk, [str(refusal)])
    messages.success(request, said)
    return to_document(request, pk, fresh.pk)
