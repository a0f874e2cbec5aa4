"""Who else is at the desk: asked again and again while a question is open."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from clusters.catalogue import catalogue_of
from verification import blinds, desk, rules
from verification.presence import seen


@require_safe
@login_required
def presence(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """The others, as a fragment; a plain click leads to the question. What is kept is kept in the cache alone."""
    evaluation = get_object_or_404(rules.visible_desks(request.user).for_page(), pk=pk)
    entry = catalogue_of(evaluation.cycle.instrument).by_code.get(code)
    if entry is None:
        raise Http404
    if not request.htmx:
        return redirect("verification:question", pk, code)
    is_second = entry.question.pk in blinds.own_readings(request.user, evaluation)  # which are, nobody need know
    stage = desk.stage_of(evaluation)
    visitors = [] if is_second else seen(request.user, evaluation.pk, stage, code, timezone.now())
    context = {"evaluation": evaluation, "question": entry.question, "visitors": visitors}
    return render(request, "verification/_here.html", context)
