"""The door through which answers come: one save, one answer with the new totals."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from clusters.catalogue import Entry, catalogue_of
from evaluations import actions, cluster_page, question_page, rules, windows
from evaluations.actions import AlreadySubmitted, Conflict, FollowsTicks
from evaluations.claims import Claim
from evaluations.forms import AnswerForm, Typed
from evaluations.models import Answer
from evaluations.standing import Standing, standing_for
from evaluations.worklist import fragments, state_block
from evaluations.worklist.filters import Filters
from evaluations.worklist.opening import answer_to_save

CLAIMED = ("kind", "points", "option_id", "measure", "measure_before")
NOT_YOURS = "Anda dapat membaca jawaban ini, tetapi tidak mengubahnya."


@require_POST
@login_required
def save(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Save one answer; the response carries the answer as it stands, and the new totals and tier."""
    return _act(request, pk, code, timezone.now())()


@transaction.atomic
def _act(request: UserRequest, pk: int, code: str, at: datetime) -> Callable[[], HttpResponse]:
    """All that needs the lock; what is returned draws the answer when it is let go."""
    answer = answer_to_save(request.user, pk, code, at)
    if answer is None:
        raise Http404
    entry = catalogue_of(answer.evaluation.cycle.instrument).by_pk[answer.question_id]
    if not rules.can_claim(request.user, answer.evaluation):
        locked = windows.AwaitingApproval() if answer.evaluation.is_waiting else NOT_YOURS
        sentence = str(AlreadySubmitted() if answer.evaluation.is_submitted else locked)
        return partial(_shown, request, answer, entry, [sentence], 403)
    form = AnswerForm(request.POST, entry=entry, standing=answer)
    if not form.is_valid():
        errors = [str(line) for lines in form.errors.values() for line in lines]
        return partial(_shown, request, answer, entry, errors, 422)
    given = form.cleaned_data
    note = answer.note if form.keeps_note else given["note"]
    try:
        actions.save_held(
            answer=answer, version=given["version"], claim=given["claim"], note=note, by=request.user, at=at
        )
    except Conflict as conflict:
        return partial(_conflict, request, answer, entry, form, conflict.current)
    except (AlreadySubmitted, windows.WindowClosed, FollowsTicks) as refusal:
        status = 422 if isinstance(refusal, FollowsTicks) else 409
        return partial(_shown, request, answer, entry, [str(refusal)], status)
    return partial(_shown, request, answer, entry, [], 200)


def _shown(request: UserRequest, answer: Answer, entry: Entry, errors: list[str], status: int) -> HttpResponse:
    """The answer as it now stands: a row, a sheet or, without htmx, a whole page."""
    is_row = request.POST.get("tampilan") == "baris"
    if not request.htmx and not errors:
        return _back(request, answer, entry, "cluster" if is_row else "question")
    can_edit = rules.can_claim(request.user, answer.evaluation)
    if not request.htmx:
        filters = Filters.read(request.GET)
        code = entry.question.code
        context = question_page.build(
            request.user, answer.evaluation, code, can_edit=can_edit, at=timezone.now(), filters=filters
        )
        mends = context["can_edit"] and not context["follows_ticks"]
        kept = {"typed": Typed.sent(request.POST, answer)} if mends else {}
        return render(request, "evaluations/question.html", {**context, "errors": errors, **kept}, status=status)
    standing = standing_for(request.user, answer.evaluation)
    if is_row:
        state = standing.state(entry.question.pk)
        token = get_token(request)
        row = cluster_page.row_after_save(answer, entry, state, can_edit=can_edit, errors=errors, token=token)
        body: str = render_to_string("evaluations/_row.jinja", {"row": row}, using="jinja")
    else:
        body = _sheet(request, answer, entry, standing, errors, can_edit=can_edit)
    return HttpResponse(body + ("" if errors else _totals(standing, entry)), status=status)


def _back(request: UserRequest, answer: Answer, entry: Entry, place: str) -> HttpResponse:
    """To the row or the sheet that was saved, without losing the list that the question was opened from."""
    name = entry.question.indicator.cluster.code if place == "cluster" else entry.question.code
    trail, target = Filters.read(request.GET).trail_back, redirect(f"evaluations:{place}", answer.evaluation_id, name)
    query = f"?{trail}" if trail else ""
    target["Location"] += f"{query}#q-{entry.question.pk}"
    return target


def _sheet(
    request: UserRequest, answer: Answer, entry: Entry, standing: Standing, errors: list[str], *, can_edit: bool
) -> str:
    """The answer's card, and beside it how the question stands now."""
    evaluation, trail = answer.evaluation, Filters.read(request.GET).trail_back
    context = question_page.sheet(request.user, evaluation, entry, answer, can_edit=can_edit)
    context |= {"evaluation": evaluation, "errors": errors, "saved_now": not errors, "trail": trail}
    card = render_to_string("evaluations/_sheet.html", context, request)
    block = state_block.block_for(
        request.user, standing, entry, answer, context["responsible"], units=context["units"], trail=trail
    )
    return card + fragments.state_beside(block, request)


def _totals(standing: Standing, entry: Entry) -> str:
    """The new totals, the cluster's place in the rail and the counters, swapped beside the answer."""
    code = entry.question.indicator.cluster.code
    line = next(each for each in standing.rail if each.code == code)
    context = {"standing": standing, "cluster_score": standing.cluster(code), "line": line, "oob": True}
    totals = render_to_string("evaluations/_totals.jinja", context, using="jinja")
    return totals + fragments.counters(standing)


def _conflict(request: UserRequest, answer: Answer, entry: Entry, form: AnswerForm, current: Answer) -> HttpResponse:
    """Both versions side by side; nothing is written until the person chooses."""
    claim, sends_note = form.cleaned_data["claim"], not form.keeps_note
    mine_note = form.cleaned_data["note"] if sends_note else current.note
    context = {
        "evaluation": answer.evaluation,
        "question": entry.question,
        "current": current,
        "mine": claim,
        "mine_option": entry.option(claim.option_id),
        "mine_note": mine_note,
        "sends_note": sends_note,
        "can_join": mine_note != current.note and not _is_same(claim, current),
        "tampilan": request.POST.get("tampilan", ""),
        "row_id": f"q-{entry.question.pk}",
        "trail": Filters.read(request.GET).trail_back,
    }
    page = "evaluations/_conflict.html" if request.htmx else "evaluations/conflict.html"
    return render(request, page, context, status=409)


def _is_same(claim: Claim, answer: Answer) -> bool:
    """Whether both say the same, whatever their notes say."""
    return all(getattr(claim, each) == getattr(answer, each) for each in CLAIMED)
