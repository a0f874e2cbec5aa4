"""Marking evidence from the desk, and taking a mark back."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from evaluations import rules as evaluation_rules
from evaluations import windows
from evaluations.evidence.listing import uses_for, with_notes
from evaluations.models import Answer, Evaluation, Evidence
from verification import rules as judging_rules
from verification.actions import Refusal
from verification.notes import actions, rules
from verification.notes.forms import NoteForm


@require_POST
@login_required
def write(request: UserRequest, pk: int, code: str, evidence_pk: int) -> HttpResponse:
    """Mark a page of a document; the answer is the document's marks."""
    answer, evidence = _found(request, pk, code, evidence_pk)
    if not rules.can_note(request.user, answer.evaluation, answer.question):
        raise PermissionDenied("Catatan pada bukti ditulis oleh yang menilai pertanyaan ini.")
    form = NoteForm(request.POST)
    sentence = "" if form.is_valid() else str(next(iter(form.errors.values()))[0])
    if not sentence:
        try:
            actions.write(answer=answer, evidence=evidence, by=request.user, at=timezone.now(), **form.cleaned_data)
        except (Refusal, windows.WindowClosed) as refusal:
            sentence = str(refusal)
    return _marks(request, answer, evidence, form, sentence)


@require_POST
@login_required
def remove(request: UserRequest, pk: int, code: str, evidence_pk: int, note_pk: int) -> HttpResponse:
    """Take one's own mark back."""
    answer, evidence = _found(request, pk, code, evidence_pk)
    notes = rules.visible_notes(request.user).select_related("answer__evaluation")
    note = notes.filter(answer=answer, evidence=evidence, pk=note_pk).first()
    if note is not None and not rules.can_remove(request.user, note):
        raise PermissionDenied("Catatan hanya dapat dihapus penulisnya, selama tahapnya berjalan.")
    sentence = ""
    if note is not None:  # else it is gone already
        try:
            actions.remove(note=note, by=request.user, at=timezone.now())
        except (Refusal, windows.WindowClosed) as refusal:
            sentence = str(refusal)
    return _marks(request, answer, evidence, None, sentence)


def _found(request: UserRequest, pk: int, code: str, evidence_pk: int) -> tuple[Answer, Evidence]:
    """The answer and the document, for those who may open the desk; strangers: 404."""
    evaluation: Evaluation = get_object_or_404(judging_rules.visible_desks(request.user).for_page(), pk=pk)
    answers = evaluation_rules.visible_answers(request.user).select_related("question__indicator__cluster")
    answer = get_object_or_404(answers, evaluation=evaluation, question__code=code)
    answer.evaluation = evaluation
    documents = evaluation_rules.visible_evidence(request.user).filter(evaluation=evaluation)
    return answer, get_object_or_404(documents, pk=evidence_pk)


def _marks(
    request: UserRequest, answer: Answer, evidence: Evidence, form: NoteForm | None, sentence: str
) -> HttpResponse:
    """The document's marks alone for htmx; without it back to the desk, or a small page with what was typed."""
    uses = with_notes(uses_for([answer.pk], request.user)[answer.pk], answer.pk, request.user)
    use = next((each for each in uses if each.document.evidence_id == evidence.pk), None)
    desk = reverse("verification:question", args=[answer.evaluation_id, answer.question.code])
    if not request.htmx and not sentence:
        return redirect(f"{desk}#catatan-{evidence.pk}")
    context = {
        "evaluation": answer.evaluation, "question": answer.question, "evidence": evidence, "use": use, "desk": desk,
        "may_note": rules.can_note(request.user, answer.evaluation, answer.question),
        "typed": form if sentence else None, "sentence": sentence,
    }  # fmt: skip
    template = "verification/notes/_notes.html" if request.htmx else "verification/notes/refused.html"
    return render(request, template, context, status=422 if sentence else 200)
