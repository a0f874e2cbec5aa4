"""The desk: the list of questions, one question, and the door through which verdicts come."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from clusters.catalogue import Entry, catalogue_of
from clusters.stages import Stage
from evaluations import rules as evaluation_rules
from evaluations import windows
from evaluations.models import Evaluation
from verification import actions, desk, question_page, rules
from verification.actions import Conflict
from verification.desk import Standing
from verification.forms import KEEP_CLAIM, KEEP_EARLIER, VerdictForm
from verification.lines import Filter
from verification.reach import EVERYWHERE, Reach
from verification.review.views import ended_or_404


@require_safe
@login_required
def index(request: UserRequest, pk: int) -> HttpResponse:
    """The questions of a cluster with what was claimed and judged."""
    evaluation = rules.visible_desks(request.user).for_page().filter(pk=pk).first()
    if evaluation is None:
        return ended_or_404(request, pk)
    standing = desk.standing_of(request.user, evaluation, timezone.now())
    chosen = _filter(request, evaluation, reach=standing.reach)
    context = {
        "evaluation": evaluation,
        "standing": standing,
        "chosen": chosen,
        "cluster": catalogue_of(evaluation.cycle.instrument).cluster(chosen.cluster),
        "groups": desk.listed(request.user, standing, chosen),
        "can_close": rules.can_close_stage(request.user, evaluation),
        "can_assign": rules.can_assign(request.user),
    }
    return render(request, "verification/desk.html", context)


@require_safe
@login_required
def question(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """One question with its evidence, ready to be judged."""
    evaluation = rules.visible_desks(request.user).for_page().filter(pk=pk).first()
    if evaluation is None:
        return ended_or_404(request, pk)
    entry = _entry_or_404(evaluation, code)
    standing = desk.standing_of(request.user, evaluation, timezone.now())
    context = question_page.build(request.user, standing, entry, _filter(request, evaluation, entry))
    saved = catalogue_of(evaluation.cycle.instrument).by_code.get(request.GET.get("tersimpan", ""))
    return render(request, "verification/question.html", {**_with_form(context), "saved": saved})


@require_POST
@login_required
def judge(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Record one verdict; the response carries the new total and tier and offers the next question."""
    at = timezone.now()
    evaluation = rules.visible_desks(request.user).for_page().filter(pk=pk).first()
    if evaluation is None:
        return ended_or_404(request, pk)
    entry = _entry_or_404(evaluation, code)
    if evaluation.stage:
        _require_mandate(request, evaluation, entry, at)
    answers = evaluation_rules.visible_answers(request.user).select_related("question")
    answer = get_object_or_404(answers, evaluation=evaluation, question__code=code)
    form = VerdictForm(request.POST, entry=entry)
    if not form.is_valid():
        return _refused(request, evaluation, form, 422)
    stage = str(request.POST.get("stage", ""))[:2]
    try:
        actions.record_verdict(answer=answer, stage=stage, by=request.user, at=at, **form.cleaned_data)
    except (actions.ReasonNeeded, actions.NoteNeeded) as refusal:
        form.add_error("reason" if isinstance(refusal, actions.ReasonNeeded) else "note", str(refusal))
        return _refused(request, evaluation, form, 422)
    except Conflict as conflict:
        return _refused(request, evaluation, form, 409, conflict=conflict)
    except (actions.Refusal, windows.WindowClosed) as refusal:
        moved = isinstance(refusal, actions.Changed)
        return _refused(request, evaluation, form, 409, sentence=str(refusal), moved=moved)
    return _saved(request, evaluation, form.entry)


def _require_mandate(request: UserRequest, evaluation: Evaluation, entry: Entry, at: datetime) -> None:
    """Raise `PermissionDenied` with why this person does not judge this question."""
    reach = rules.reach_of(request.user, evaluation)
    if not reach:
        raise PermissionDenied(desk.refusal(evaluation, desk.stage_of(evaluation), None, at, may_judge=False))
    if not reach.holds(entry.question.indicator.cluster.code):
        raise PermissionDenied(desk.foreign(entry.question.indicator.cluster))
    if not rules.can_judge_question(request.user, evaluation, entry.question):
        raise PermissionDenied(desk.SECOND)


def _filter(
    request: UserRequest, evaluation: Evaluation, entry: Entry | None = None, reach: Reach = EVERYWHERE
) -> Filter:
    """What the address says; without a word the desk opens at its first own cluster, a review everywhere."""
    catalogue, stage = catalogue_of(evaluation.cycle.instrument), desk.stage_of(evaluation)
    if stage is Stage.TI:
        return Filter.read(request.GET, catalogue, stage, "")
    own = next((each for each in catalogue.clusters if reach.holds(each.code)), catalogue.clusters[0])
    cluster = entry.question.indicator.cluster if entry else own
    return Filter.read(request.GET, catalogue, stage, cluster.code)


def _entry_or_404(evaluation: Evaluation, code: str) -> Entry:
    entry = catalogue_of(evaluation.cycle.instrument).by_code.get(code)
    if entry is None:
        raise Http404
    return entry


def _with_form(
    context: dict[str, Any], form: VerdictForm | None = None, conflict: Conflict | None = None
) -> dict[str, Any]:
    """The page's context with a form: the one that was sent, or one that says what stands."""
    verdict, entry = context["verdict"], context["entry"]
    form = form or VerdictForm(initial=VerdictForm.initial_of(verdict) if verdict else {"version": 0}, entry=entry)
    version = form["version"].value()
    if conflict is not None:
        version = conflict.current.version if conflict.current else 0
    cards = form.cards(context["line"].before, KEEP_EARLIER if len(context["stages"]) > 2 else KEEP_CLAIM)
    return {**context, "form": form, "version": version, "cards": cards, "conflict": conflict}


def _standing(request: UserRequest, evaluation: Evaluation) -> Standing:
    return desk.standing_of(request.user, evaluation, timezone.now())


def _refused(
    request: UserRequest,
    evaluation: Evaluation,
    form: VerdictForm,
    status: int,
    *,
    sentence: str = "",
    conflict: Conflict | None = None,
    moved: bool = False,
) -> HttpResponse:
    """The card, or without htmx the whole page, with everything the person typed and why nothing was saved.

    Where the answer has `moved` the card brings it along.
    """
    evaluation.refresh_from_db(fields=["stage", "submitted_at"])
    read = question_page.judgement if request.htmx and not moved else question_page.build
    context = read(request.user, _standing(request, evaluation), form.entry, _filter(request, evaluation, form.entry))
    context = {**_with_form(context, form, conflict), "sentence": sentence, "left_oob": request.htmx and moved}
    template = "verification/_judgement.html" if request.htmx else "verification/question.html"
    return render(request, template, context, status=status)


def _saved(request: UserRequest, evaluation: Evaluation, entry: Entry) -> HttpResponse:
    chosen = _filter(request, evaluation, entry)
    standing = _standing(request, evaluation)
    context = question_page.judgement(request.user, standing, entry, chosen)
    following = context["next"] if "lanjut" in request.POST else None
    if request.htmx and following is None:
        return render(request, "verification/_judgement.html", {**_with_form(context), "saved_now": True, "oob": True})
    code = following.question.code if following else entry.question.code
    target = (
        f"{reverse('verification:question', args=[evaluation.pk, code])}?{chosen.query}&tersimpan={entry.question.code}"
    )
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)
