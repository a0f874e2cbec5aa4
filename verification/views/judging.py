"""The desk: the list of questions, one question with its evidence, and the doors through which verdicts come and go."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from clusters.catalogue import Entry, catalogue_of
from clusters.stages import Stage
from evaluations import windows
from evaluations.models import Answer, Evaluation
from verification import actions, blinds, desk, drawing, question_page, rules
from verification.actions import Conflict
from verification.desk import Standing
from verification.findings import Lens
from verification.forms import KEEP_CLAIM, KEEP_EARLIER, UndoForm, VerdictForm
from verification.lines import Filter
from verification.models import Verdict
from verification.phrases import actions as phrases
from verification.phrases import rules as phrase_rules
from verification.reach import EVERYWHERE, Reach
from verification.review.views import ended_or_404
from verification.shelf import Shelf, shelf_of


@require_safe
@login_required
def index(request: UserRequest, pk: int) -> HttpResponse:
    """The questions of a cluster with what was claimed and judged."""
    evaluation = rules.DESK.first(request.user, pk)
    if evaluation is None:
        return ended_or_404(request, pk)
    standing, shelf = desk.standing_of(request.user, evaluation, timezone.now()), shelf_of(evaluation)
    chosen = _filter(request, evaluation, shelf=shelf, reach=standing.reach)
    groups = desk.listed(standing, chosen, shelf)
    context = {
        **_list_context(standing, chosen, groups),
        "evaluation": evaluation,
        "list_html": drawing.table(standing, groups, chosen),
        "start": desk.start_of(groups),
        "can_close": rules.can_close_stage(request.user, evaluation),
        "can_assign": rules.can_assign(request.user),
    }
    return render(request, "verification/desk.html", context)


@require_safe
@login_required
def question(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """One question with its evidence, ready to be judged; alone to htmx, which keeps the list as it is."""
    evaluation = rules.DESK.first(request.user, pk)
    if evaluation is None:
        return ended_or_404(request, pk)
    entry = _entry_or_404(evaluation, code)
    standing = desk.standing_of(request.user, evaluation, timezone.now())
    if request.htmx and not request.htmx.history_restore_request:
        chosen = _filter(request, evaluation, entry)
        context = _with_form(question_page.build(request.user, standing, entry, chosen))
        return render(request, "verification/_panes.html", {**context, "is_fragment": True})
    shelf = shelf_of(evaluation)
    chosen = _filter(request, evaluation, entry, shelf=shelf)
    context = _with_form(question_page.build(request.user, standing, entry, chosen))
    saved = catalogue_of(evaluation.cycle.instrument).by_code.get(request.GET.get("tersimpan", ""))
    return _page(request, {**context, "saved": saved}, shelf)


@require_POST
@login_required
def judge(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Record one verdict; the response carries the new total and tier."""
    at = timezone.now()
    answer = _answer(request, pk, code)
    if answer is None:
        return ended_or_404(request, pk)
    evaluation, entry = answer.evaluation, _entry_or_404(answer.evaluation, code)
    mandate = _require_mandate(request, evaluation, entry, at)
    if "pakai" in request.POST:
        return _with_phrase(request, evaluation, entry)
    form = VerdictForm(request.POST, entry=entry)
    if not form.is_valid():
        return _refused(request, evaluation, form, 422)
    stage = str(request.POST.get("stage", ""))[:2]
    try:
        verdict = actions.record_verdict(answer=answer, stage=stage, by=request.user, at=at, **form.cleaned_data)
    except (actions.ReasonNeeded, actions.NoteNeeded) as refusal:
        form.add_error("reason" if isinstance(refusal, actions.ReasonNeeded) else "note", str(refusal))
        return _refused(request, evaluation, form, 422)
    except Conflict as conflict:
        return _refused(request, evaluation, form, 409, conflict=conflict)
    except (actions.Refusal, windows.WindowClosed) as refusal:
        moved = isinstance(refusal, actions.Changed)
        return _refused(request, evaluation, form, 409, sentence=str(refusal), moved=moved)
    return _saved(request, entry, verdict, mandate)


@require_POST
@login_required
def undo(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Take back one's own last verdict; what stood before stands again."""
    at = timezone.now()
    answer = _answer(request, pk, code)
    if answer is None:
        return ended_or_404(request, pk)
    entry, form = _entry_or_404(answer.evaluation, code), UndoForm(request.POST)
    mandate = _require_mandate(request, answer.evaluation, entry, at)
    if not form.is_valid():
        return _not_undone(request, answer.evaluation, entry, str(actions.NotUndone()), 422)
    try:
        verdict = actions.undo_verdict(answer=answer, by=request.user, at=at, **form.cleaned_data)
    except (actions.Refusal, windows.WindowClosed) as refusal:
        return _not_undone(request, answer.evaluation, entry, str(refusal), 409)
    return _saved(request, entry, verdict, mandate, undone=True)


def _with_phrase(request: UserRequest, evaluation: Evaluation, entry: Entry) -> HttpResponse:
    """Without scripts: the page again with a phrase put into the note; nothing is saved."""
    wanted = str(request.POST["pakai"])
    known = phrase_rules.visible_phrases(request.user).filter(
        pk=wanted if wanted.isdecimal() and len(wanted) < 16 else 0
    )
    phrase, typed = known.first(), request.POST.dict()
    if phrase is not None:
        phrases.count_use(phrase=phrase)
        typed["note"] = f"{typed.get('note', '').strip()} {phrase.text}".strip()
    standing = desk.standing_of(request.user, evaluation, timezone.now())
    context = question_page.build(request.user, standing, entry, _filter(request, evaluation, entry))
    return _page(request, _with_form(context, VerdictForm(initial=typed, entry=entry)), shelf_of(evaluation))


def _filter(
    request: UserRequest,
    evaluation: Evaluation,
    entry: Entry | None = None,
    *,
    shelf: Shelf | None = None,
    reach: Reach = EVERYWHERE,
) -> Filter:
    """What the address says; without a word the desk opens at its first own cluster, a review everywhere."""
    catalogue, stage = catalogue_of(evaluation.cycle.instrument), desk.stage_of(evaluation)
    own = next((each for each in catalogue.clusters if reach.holds(each.code)), catalogue.clusters[0])
    cluster = entry.question.indicator.cluster if entry else own
    chosen = Filter.read(request.GET, catalogue, stage, "" if stage is Stage.TI else cluster.code)
    if shelf is None and chosen.finding != Lens.SHARED:
        return chosen
    return replace(chosen, shared=(shelf or shelf_of(evaluation)).shared)


def _list_context(standing: Standing, chosen: Filter, groups: list[desk.Group]) -> dict[str, Any]:
    return {
        "standing": standing,
        "chosen": chosen,
        "cluster": catalogue_of(standing.evaluation.cycle.instrument).cluster(chosen.cluster),
        "filters": desk.counted(standing, chosen),
        "listed_count": sum(len(group.rows) for group in groups),
    }


def _page(request: UserRequest, context: dict[str, Any], shelf: Shelf, status: int = 200) -> HttpResponse:
    """The whole page of a question, the list beside it."""
    standing, chosen = context["standing"], context["chosen"]
    groups = desk.listed(standing, chosen, shelf, context["entry"])
    html = drawing.listed(standing, groups, chosen, context["entry"])
    context = {**context, **_list_context(standing, chosen, groups), "list_html": html}
    return render(request, "verification/question.html", context, status=status)


def _entry_or_404(evaluation: Evaluation, code: str) -> Entry:
    entry = catalogue_of(evaluation.cycle.instrument).by_code.get(code)
    if entry is None:
        raise Http404
    return entry


def _answer(request: UserRequest, pk: int, code: str) -> Answer | None:
    """The answer with its evaluation, where the desk is the user's to see; None where there is no such evaluation."""
    found = rules.answer_to_judge(request.user, pk, code)
    if found is None and rules.visible_desks(request.user).filter(pk=pk).exists():
        raise Http404
    return found


def _require_mandate(request: UserRequest, evaluation: Evaluation, entry: Entry, at: datetime) -> desk.Mandate:
    """How far the person's mandate reaches. Raises `PermissionDenied` with why they do not judge this question."""
    reach = rules.reach_of(request.user, evaluation)
    if evaluation.stage and not reach:
        raise PermissionDenied(desk.refusal(evaluation, desk.stage_of(evaluation), None, at, may_judge=False))
    if evaluation.stage and not reach.holds(entry.question.indicator.cluster.code):
        raise PermissionDenied(desk.foreign(entry.question.indicator.cluster))
    second = blinds.own_readings(request.user, evaluation)
    if entry.question.pk in second:
        raise PermissionDenied(desk.SECOND)
    return desk.Mandate(reach, second)


def _with_form(
    context: dict[str, Any], form: VerdictForm | None = None, conflict: Conflict | None = None
) -> dict[str, Any]:
    """The page's context with a form: the one that was sent, or one that says what stands."""
    verdict, entry = context["verdict"], context["entry"]
    form = form or VerdictForm(initial=VerdictForm.initial_of(verdict) if verdict else {}, entry=entry)
    version = conflict.version if conflict else form["version"].value() if form.is_bound else context["version"]
    cards = form.cards(context["line"].before, KEEP_EARLIER if len(context["stages"]) > 2 else KEEP_CLAIM)
    return {**context, "form": form, "version": version, "cards": cards, "conflict": conflict}


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

    Where the answer has `moved` everything beside it comes along.
    """
    evaluation.refresh_from_db(fields=["stage", "submitted_at"])
    read = question_page.judgement if request.htmx and not moved else question_page.build
    standing = desk.standing_of(request.user, evaluation, timezone.now())
    chosen = _filter(request, evaluation, form.entry)
    context = _with_form(read(request.user, standing, form.entry, chosen), form, conflict) | {"sentence": sentence}
    if not request.htmx:
        return _page(request, context, shelf_of(evaluation), status)
    place, template = ("#meja", "_panes") if moved else ("#penilaian", "_refused")
    live = drawing.live(context["line"]) if conflict else ""  # somebody else's verdict stands in head and list too
    said = {**context, "is_fragment": moved, "live_html": live}
    response = render(request, f"verification/{template}.html", said, status=status)
    return _put_in(response, place)


def _put_in(response: HttpResponse, place: str) -> HttpResponse:
    """Tell htmx where a fragment belongs that was not asked for: the form itself changes nothing."""
    response["HX-Retarget"], response["HX-Reswap"] = place, "outerHTML show:none"
    return response


def _saved(
    request: UserRequest, entry: Entry, verdict: Verdict, mandate: desk.Mandate, *, undone: bool = False
) -> HttpResponse:
    """To htmx what has changed beside the form; without it the next question, or this one again."""
    evaluation = verdict.answer.evaluation
    standing = desk.standing_of(request.user, evaluation, verdict.given_at, saved_with=mandate)
    chosen = _filter(request, evaluation, entry)
    here = reverse("verification:question", args=[evaluation.pk, entry.question.code])
    if not request.htmx:
        following = question_page.following(standing, entry, chosen, request.POST.get("berikut", ""))
        if following is not None and "lanjut" in request.POST:
            here = reverse("verification:question", args=[evaluation.pk, following.question.code])
        return redirect(f"{here}?{chosen.query}&tersimpan={entry.question.code}")
    context = question_page.after_save(standing, entry, verdict)
    said = {"saved": entry, "saved_verdict": verdict, "saved_at": verdict.given_at, "undone": undone}
    live = drawing.live(context["line"])
    response = render(request, "verification/_saved.html", {**context, **said, "chosen": chosen, "live_html": live})
    if undone:
        response["HX-Trigger-After-Settle"] = f'{{"meja:buka": {{"path": "{here}?{chosen.query}"}}}}'
    return response


def _not_undone(request: UserRequest, evaluation: Evaluation, entry: Entry, sentence: str, status: int) -> HttpResponse:
    """The question as it stands, with the sentence above it."""
    evaluation.refresh_from_db(fields=["stage", "submitted_at"])
    standing = desk.standing_of(request.user, evaluation, timezone.now())
    chosen = _filter(request, evaluation, entry)
    context = _with_form(question_page.build(request.user, standing, entry, chosen)) | {"sentence": sentence}
    if not request.htmx:
        return _page(request, context, shelf_of(evaluation), status)
    return _put_in(
        render(request, "verification/_panes.html", {**context, "is_fragment": True}, status=status), "#meja"
    )
