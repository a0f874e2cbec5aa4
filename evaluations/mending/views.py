"""The note of an answer that was opened again: the claim beside it stays."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from evaluations import actions, claims, rules, windows
from evaluations.mending import rules as mending
from evaluations.mending.forms import NoteForm
from evaluations.worklist.filters import Filters


@require_POST
@login_required
def save_note(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Say something more to the verifier, in time by the server's clock."""
    answers = rules.visible_answers(request.user).select_related("evaluation__region", "question")
    answer = get_object_or_404(answers, evaluation_id=pk, question__code=code)
    if not mending.answers_here(request.user, answer.evaluation):
        raise PermissionDenied("Catatan ditulis oleh perangkat daerah atau operator daerah.")
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return _back(request, pk, code)
    try:
        actions.save_answer(
            answer=answer, version=form.cleaned_data["version"], claim=claims.standing(answer),
            note=form.cleaned_data["note"], by=request.user, at=timezone.now(),
        )  # fmt: skip
    except actions.Conflict:
        messages.error(request, "Jawaban ini baru saja diubah orang lain. Periksa catatannya, lalu simpan lagi.")
    except (actions.AlreadySubmitted, windows.WindowClosed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Catatan tersimpan.")
    return _back(request, pk, code)


def _back(request: UserRequest, pk: int, code: str) -> HttpResponse:
    where, trail = reverse("evaluations:question", args=[pk, code]), Filters.read(request.GET).trail_back
    return redirect(f"{where}?{trail}#jawaban" if trail else f"{where}#jawaban")
