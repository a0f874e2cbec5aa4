"""The list of phrases, changing one, and the doors through which the desk keeps and counts them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import UserRequest
from verification.models import Phrase, Verdict
from verification.phrases import actions, rules
from verification.phrases.forms import PhraseForm
from verification.phrases.panel import phrases_for


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: UserRequest) -> HttpResponse:
    """All phrases one may use, by reason; POST keeps a new one."""
    if not rules.can_keep(request.user):
        raise PermissionDenied("Frasa catatan dipakai oleh mereka yang menilai.")
    form = PhraseForm(request.POST if request.method == "POST" else None, may_share=rules.can_share(request.user))
    if form.is_valid():
        try:
            actions.keep(by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.TooMany as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Frasa tersimpan.")
            return redirect("verification:phrases")
    status = 422 if form.is_bound else 200
    return render(request, "verification/phrases/index.html", _listed(request, form), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change one's own phrase."""
    phrase = get_object_or_404(rules.own_phrases(request.user), pk=pk)
    initial = {"text": phrase.text, "reason": phrase.reason, "is_shared": phrase.is_shared}
    typed = request.POST if request.method == "POST" else None
    form = PhraseForm(typed, initial=initial, may_share=rules.can_share(request.user))
    if form.is_valid():
        try:
            actions.change(phrase=phrase, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.Known as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "Frasa diubah.")
            return redirect("verification:phrases")
    context = {"form": form, "phrase": phrase}
    return render(request, "verification/phrases/edit.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def drop(request: UserRequest, pk: int) -> HttpResponse:
    """Drop one's own phrase; again, nothing is left to do."""
    phrase = get_object_or_404(rules.own_phrases(request.user), pk=pk)
    actions.drop(phrase=phrase, by=request.user, at=timezone.now())
    messages.success(request, "Frasa dihapus.")
    return redirect("verification:phrases")


@require_POST
@login_required
def keep(request: UserRequest) -> HttpResponse:
    """Keep the note that is being written as a phrase; htmx gets the desk's list again."""
    if not rules.can_keep(request.user):
        raise PermissionDenied("Frasa catatan dipakai oleh mereka yang menilai.")
    sent = {"text": request.POST.get("note", ""), "reason": request.POST.get("reason", "")}
    form = PhraseForm(sent, may_share=False)
    sentence = ""
    if form.is_valid():
        try:
            actions.keep(by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.TooMany as refusal:
            sentence = str(refusal)
    else:
        sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if request.htmx:
        context = {"phrases": phrases_for(request.user), "sentence": sentence, "kept": not sentence}
        return render(request, "verification/phrases/_panel.html", context, status=422 if sentence else 200)
    (messages.error if sentence else messages.success)(request, sentence or "Frasa tersimpan.")
    return redirect("verification:phrases")


@require_POST
@login_required
def use(request: UserRequest, pk: int) -> HttpResponse:
    """Count a use; the desk has put the text into the note itself."""
    actions.count_use(phrase=get_object_or_404(rules.visible_phrases(request.user), pk=pk))
    return HttpResponse(status=204)


def _listed(request: UserRequest, form: PhraseForm) -> dict[str, object]:
    """The phrases under their reasons, the general ones first."""
    groups: dict[str, list[Phrase]] = {"": []}
    for phrase in rules.visible_phrases(request.user).select_related("author"):
        groups.setdefault(phrase.reason, []).append(phrase)
    labels = [("", "Semua alasan"), *Verdict.Reason.choices]
    found = [(label, groups[value]) for value, label in labels if groups.get(value)]
    return {"form": form, "groups": found, "own": request.user.pk}
