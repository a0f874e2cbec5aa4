"""How views of tables find what a person may see, and how they answer."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.http import UserRequest
from evaluations import rules, windows
from evaluations.matrices.table import Table, table_of
from evaluations.mending import rules as mending
from evaluations.models import Answer
from evaluations.standing import counted_for
from evaluations.worklist.filters import Filters

NOT_YOURS = "Anda dapat membaca matriks ini, tetapi tidak mengubahnya."


def answer_or_404(request: UserRequest, pk: int, code: str) -> Answer:
    """The answer to a question that asks for a table."""
    answers = rules.visible_answers(request.user).select_related(
        "question__indicator__cluster", "evaluation__region", "evaluation__cycle__instrument"
    )
    answer = get_object_or_404(answers, evaluation_id=pk, question__code=code)
    if not answer.question.matrix:
        raise Http404
    return answer


def ask(request: UserRequest, answer: Answer) -> None:
    """Whether this person may fill in tables, which speak for the whole region: not a kecamatan.

    Once it is sent the action knows what is open again, and until when.
    """
    evaluation = answer.evaluation
    may = evaluation.is_submitted and mending.answers_here(request.user, evaluation)
    if not rules.speaks_for_region(request.user) or (not may and not rules.can_answer(request.user, evaluation)):
        raise PermissionDenied(windows.why_closed(evaluation, NOT_YOURS))


def table_for(request: UserRequest, answer: Answer, *, page: int = 1, on_page: bool = True) -> Table:
    """The table for the person who asks."""
    can_edit = mending.can_fill(request.user, answer, timezone.now())
    return table_of(answer, answer.evaluation, answer.question, can_edit=can_edit, page=page, on_page=on_page)


def trail_of(request: UserRequest) -> str:
    """The list that the question was opened from, as an address carries it on; empty when there is none."""
    return Filters.read(request.GET).trail_back


def led_to(request: UserRequest, answer: Answer, where: str, *key: int, page: int = 1) -> HttpResponse:
    """To a page about the table, without losing that list."""
    address = reverse(f"evaluations:{where}", args=[answer.evaluation_id, answer.question.code, *key])
    query = "&".join(filter(None, [f"hal={page}" if page > 1 else "", trail_of(request)]))
    return redirect(f"{address}{'?' if query else ''}{query}#matriks")


def shown(request: UserRequest, answer: Answer, table: Table, *, status: int = 200) -> HttpResponse:
    """The table alone for htmx, else on its page."""
    context = {"panel": table, "can_edit": table.can_edit, "evaluation": answer.evaluation, "question": answer.question,
               "trail": trail_of(request)}  # fmt: skip
    if not request.htmx:
        context["standing"] = counted_for(request.user, answer.evaluation)
    page = "evaluations/matrices/_matrix.html" if request.htmx else "evaluations/matrices/page.html"
    return render(request, page, context, status=status)
