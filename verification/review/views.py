"""What a reviewer is told who comes to the desk after the evaluation was sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.http import UserRequest
from verification import rules

ENDED = "Telaah internal berakhir ketika evaluasi dikirim. Penilaian tidak dapat diubah lagi."


def ended_or_404(request: UserRequest, pk: int) -> HttpResponse:
    """To the overview with a sentence, for those whose desk this was; nothing else is known of it."""
    evaluation = get_object_or_404(rules.reviewed_desks(request.user), pk=pk)
    messages.info(request, ENDED)
    if request.htmx:
        target = reverse("evaluations:overview", args=[evaluation.pk])
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect("evaluations:overview", evaluation.pk)
