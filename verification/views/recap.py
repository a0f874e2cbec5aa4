"""Stages side by side, for everybody who may open the evaluation."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from evaluations import rules as evaluation_rules
from verification import recap, rules, waterfalls


@require_safe
@login_required
def show(request: UserRequest, pk: int) -> HttpResponse:
    """The recap; `?hanya=turun` keeps what lost points, `?indikator=6` one indicator, `?alasan=…` one part."""
    evaluation = get_object_or_404(evaluation_rules.visible_evaluations(request.user).for_page(), pk=pk)
    found = recap.build(request.user, evaluation)
    only_fallen, indicator = request.GET.get("hanya") == "turun", request.GET.get("indikator", "")[:10]
    falls = waterfalls.of(found)
    part, only = falls.part(request.GET)
    context = {
        "evaluation": evaluation,
        "recap": found,
        "standing": found.standing,
        "current": "recap",
        "only_fallen": only_fallen,
        "opened": only_fallen or bool(indicator or part),
        "falls": falls,
        "indicator": indicator,
        "part": part,
        "sections": found.sections(only_fallen=only_fallen, indicator=indicator, only=only),
        "has_paper": rules.reads_own_region(request.user),
        "opens_desk": rules.opens_desk(request.user, evaluation),
    }
    return render(request, "verification/recap.html", context)
