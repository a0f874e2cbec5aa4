"""The pages one reads: overview, cluster, question."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from clusters.catalogue import catalogue_of
from clusters.stages import Stage
from evaluations import overview as overview_page
from evaluations import question_page, rules, windows
from evaluations.cluster_page import sections
from evaluations.deadlines import forecast
from evaluations.models import Evaluation
from evaluations.standing import standing_for
from evaluations.worklist.filters import Filters


def visible_or_404(request: UserRequest, pk: int) -> Evaluation:
    """The evaluation with what every page's head shows, if this user may see it."""
    return get_object_or_404(rules.visible_evaluations(request.user).for_page(), pk=pk)


def may_edit_now(request: UserRequest, evaluation: Evaluation) -> tuple[bool, str]:
    """Whether answers can be changed this moment, and if not for lack of time, the sentence that says so."""
    if not rules.can_answer(request.user, evaluation):
        return False, str(windows.AwaitingApproval()) if evaluation.is_waiting else ""
    try:
        windows.require_open(evaluation, Stage.EM, timezone.now())
    except windows.WindowClosed as closed:
        return False, str(closed)
    return True, ""


@require_safe
@login_required
def overview(request: UserRequest, pk: int) -> HttpResponse:
    """Where the evaluation stands, what is missing, who owes what."""
    evaluation = visible_or_404(request, pk)
    standing, now = standing_for(request.user, evaluation), timezone.now()
    page = overview_page.build(request.user, evaluation, standing, now)
    outlook = forecast.build(request.user, evaluation, standing.work.states, page.window, now)
    mending = {"mending_until": evaluation.mending_until(now), "left": (evaluation.repair_until or now) - now}
    context = {"evaluation": evaluation, "page": page, "outlook": outlook, **mending, **page.frame()}
    return render(request, "evaluations/overview.html", context)


@require_safe
@login_required
def cluster(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """All questions of one cluster, to be answered in place."""
    evaluation = visible_or_404(request, pk)
    catalogue = catalogue_of(evaluation.cycle.instrument)
    standing = standing_for(request.user, evaluation)
    can_edit, closed = may_edit_now(request, evaluation)
    can_edit = can_edit and rules.can_claim(request.user, evaluation)
    found = sections(request.user, evaluation, catalogue, standing, code, can_edit=can_edit, token=get_token(request))
    if not found:
        raise Http404
    context = {
        "evaluation": evaluation,
        "cluster": catalogue.cluster(code),
        "cluster_score": standing.cluster(code),
        "sections": found,
        "standing": standing,
        "current": code,
        "can_edit": can_edit,
        "closed": closed,
    }
    return render(request, "evaluations/cluster.html", context)


@require_safe
@login_required
def question(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """One question with its options, evidence and history."""
    evaluation = visible_or_404(request, pk)
    can_edit, closed = may_edit_now(request, evaluation)
    filters = Filters.read(request.GET)
    at = timezone.now()
    context = question_page.build(request.user, evaluation, code, can_edit=can_edit, at=at, filters=filters)
    return render(request, "evaluations/question.html", {**context, "closed": closed})
