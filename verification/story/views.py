"""The story of a question, for everybody who may read the question."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from evaluations import rules as evaluation_rules
from verification import rules
from verification.story import telling


@require_safe
@login_required
def show(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Claims, evidence, verdicts and annotations of all stages and cycles."""
    answers = evaluation_rules.visible_answers(request.user).select_related(
        "question__indicator__cluster", "evaluation__region__province", "evaluation__cycle__instrument"
    )
    answer = get_object_or_404(answers, evaluation=pk, question__code=code)
    context = {
        "evaluation": answer.evaluation,
        "question": answer.question,
        "parts": telling.parts_of(request.user, answer),
        "opens_desk": rules.opens_desk(request.user, answer.evaluation),
    }
    return render(request, "verification/story/story.html", context)
