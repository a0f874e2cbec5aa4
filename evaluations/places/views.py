"""Doors of the tick sheets: fill one kecamatan's part, see how far all are, give kecamatan offices of their own."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import actions as people
from accounts.http import UserRequest
from accounts.models import Office
from clusters.catalogue import Entry, catalogue_of
from evaluations import question_page, rules, windows
from evaluations.evidence.views.found import answer_or_404
from evaluations.models import Answer
from evaluations.places import actions, districts
from evaluations.places.forms import rest_of, ticks_in
from evaluations.places.sheets import Group, Sheet, sheet_of
from evaluations.standing import standing_for
from evaluations.views.pages import visible_or_404
from evaluations.worklist.filters import Filters

NOT_YOURS = "Anda dapat membaca lembar ini, tetapi tidak mengisinya."


@require_POST
@login_required
def tick(request: UserRequest, pk: int, code: str, group: str) -> HttpResponse:
    """Fill one part of a sheet; the answer follows. A conflict shows the places in question and writes nothing."""
    answer = answer_or_404(request, pk, code)
    if not rules.can_answer(request.user, answer.evaluation) and not answer.evaluation.is_submitted:
        raise PermissionDenied(windows.why_closed(answer.evaluation, NOT_YOURS))
    entry = catalogue_of(answer.evaluation.cycle.instrument).by_pk[answer.question_id]
    part = _part_or_404(request, answer, entry, group)
    wanted, seen = ticks_in(request.POST, request.POST.get("isi", ""))
    own, trail = {row.place.pk for row in part.rows}, Filters.read(request.GET).trail_back
    try:
        changed = actions.tick(
            answer=answer, entry=entry, wanted={place: word for place, word in wanted.items() if place in own},
            seen=seen, by=request.user, at=timezone.now(),
        )  # fmt: skip
    except actions.Conflict as conflict:
        context = {
            "evaluation": answer.evaluation, "question": entry.question, "group": part, "conflict": conflict,
            "trail": trail, **rest_of(wanted, seen, conflict),
        }  # fmt: skip
        return render(request, "evaluations/places/conflict.html", context, status=409)
    except actions.REFUSALS as refusal:
        return _refused(request, answer, part, wanted, seen, str(refusal))
    said = f"Tersimpan: {changed} tempat diperbarui." if changed else "Tidak ada yang berubah."
    messages.success(request, said, extra_tags=f"tempat-{group}")  # said beside the ticks, where the page opens
    where = reverse("evaluations:question", args=[pk, code])
    return redirect(f"{where}?{trail}#tempat-{group}" if trail else f"{where}#tempat-{group}")


@require_safe
@login_required
def overview(request: UserRequest, pk: int) -> HttpResponse:
    """How far the sheets are, kecamatan by kecamatan."""
    evaluation = visible_or_404(request, pk)
    lines = districts.lines(request.user, evaluation)
    context = {
        "evaluation": evaluation,
        "standing": standing_for(request.user, evaluation),
        "current": "places",
        "lines": lines,
        "without_office": rules.can_manage(request.user, evaluation) and districts.without_office(evaluation),
    }
    return render(request, "evaluations/places/overview.html", context)


@require_POST
@login_required
def open_offices(request: UserRequest, pk: int) -> HttpResponse:
    """Give every kecamatan an office, so that it can have accounts; a second click finds them there."""
    evaluation = visible_or_404(request, pk)
    if not rules.can_manage(request.user, evaluation):
        raise PermissionDenied("Perangkat kecamatan dibuat oleh operator daerah.")
    whole = Office.objects.filter(region=evaluation.region, code=rules.ALL_DISTRICTS).first()
    if whole is None:
        raise Http404
    fresh = people.open_district_offices(whole=whole, by=request.user, at=timezone.now())
    messages.success(request, f"{fresh} perangkat kecamatan dibuat." if fresh else "Semua kecamatan sudah ada.")
    return redirect("evaluations:districts", pk)


def _refused(
    request: UserRequest, answer: Answer, part: Group, wanted: actions.Ticks, seen: actions.Ticks, sentence: str
) -> HttpResponse:
    """The question's page with the ticks as the person set them: they are not stored, but not lost either."""
    evaluation, filters = answer.evaluation, Filters.read(request.GET)
    context = question_page.build(
        request.user, evaluation, answer.question.code, can_edit=rules.can_answer(request.user, evaluation),
        at=timezone.now(), filters=filters,
    )  # fmt: skip
    context["panels"] = [
        replace(each, values=each.values.refusing(part.code, wanted, seen, sentence))
        if isinstance(each.values, Sheet)
        else each
        for each in context["panels"]
    ]
    return render(request, "evaluations/question.html", context, status=409)


def _part_or_404(request: UserRequest, answer: Answer, entry: Entry, code: str) -> Group:
    """The part of the sheet that this person may fill; another kecamatan's is not there."""
    sheet = sheet_of(request.user, answer.evaluation, entry, answer, can_edit=True)
    found = next((each for each in sheet.groups if each.code == code), None) if sheet else None
    if found is None or not found.can_edit:
        raise Http404
    return found
