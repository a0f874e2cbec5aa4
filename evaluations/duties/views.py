"""Pages of the plan: read it, change a question in place, change several at once, take an act back."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import rules as account_rules
from accounts.http import UserRequest
from accounts.people import count_by_office
from clusters.catalogue import Entry, catalogue_of
from clusters.stages import Stage
from evaluations import rules, windows
from evaluations.duties import actions, page
from evaluations.duties.forms import DutyForm, Limits, SeveralForm, filters_from, ticked
from evaluations.duties.page import Board, Filters
from evaluations.models import Evaluation
from evaluations.question_page import entry_or_404
from evaluations.standing import standing_for
from evaluations.views.pages import visible_or_404
from evaluations.worklist.origin import Origin

NOT_YOURS = "Pembagian tugas diatur operator daerah. Anda dapat membacanya."


@dataclass(frozen=True, slots=True)
class Desk:
    """One request's view of the plan."""

    evaluation: Evaluation
    board: Board
    filters: Filters
    can_edit: bool
    origin: Origin  # the question whose page led to its duty

    @property
    def base(self) -> str:
        """Address of a question's duty, with "{code}" in its place."""
        address = reverse("evaluations:duty", args=[self.evaluation.pk, "-"]).replace("/-/", "/{code}/")
        query = "&".join(filter(None, [self.filters.query, self.origin.picking]))
        return f"{address}?{query}" if query else address

    @property
    def question(self) -> str:
        """Address of the question that one came from, with its list; empty when one came from the plan."""
        if not self.origin.code:
            return ""
        address = reverse("evaluations:question", args=[self.evaluation.pk, self.origin.code])
        return f"{address}?{self.origin.trail}" if self.origin.trail else address

    def back(self, anchor: str = "") -> HttpResponseRedirect:
        """To the question one came from, or to the list as it was filtered."""
        if self.question:
            return HttpResponseRedirect(self.question)
        address = reverse("evaluations:duties", args=[self.evaluation.pk])
        query = f"?{self.filters.query}" if self.filters.query else ""
        return HttpResponseRedirect(f"{address}{query}{anchor}")


def desk_or_404(request: UserRequest, pk: int, code: str = "") -> Desk:
    """The plan of an evaluation that this user may see, or the duty of the question `code` in it. Three queries."""
    evaluation = visible_or_404(request, pk)
    catalogue = catalogue_of(evaluation.cycle.instrument)
    board = page.board_of(request.user, evaluation, catalogue)
    filters = filters_from(request.GET, catalogue, board.offices)
    origin = Origin.beside_filters(request.GET)
    if origin.code != code:
        origin = Origin()
    return Desk(evaluation, board, filters, rules.can_share_duties(request.user, evaluation), origin)


def require_editor(desk: Desk) -> None:
    """Refuse those who may only read, with the reason."""
    if not desk.can_edit:
        sentence = str(actions.PlanLocked()) if desk.evaluation.is_submitted else NOT_YOURS
        raise PermissionDenied(windows.why_closed(desk.evaluation, sentence))


def due_limits(evaluation: Evaluation) -> Limits:
    """Today and the last day of self-evaluation, on the region's calendar. One query."""
    zone = ZoneInfo(evaluation.region.time_zone)
    window = windows.window_of(evaluation, Stage.EM)
    return Limits(timezone.now().astimezone(zone).date(), window.closes_at.astimezone(zone).date() if window else None)


def frame(request: UserRequest, evaluation: Evaluation) -> dict[str, Any]:
    """What the rail beside the page needs."""
    standing = standing_for(request.user, evaluation)
    return {"evaluation": evaluation, "standing": standing, "current": "duties"}


def _listed(request: UserRequest, desk: Desk, form: SeveralForm | None = None, status: int = 200) -> HttpResponse:
    entries = desk.board.shown(desk.filters)
    context = {
        **frame(request, desk.evaluation),
        "desk": desk,
        "board": desk.board,
        "parts": desk.board.parts(entries, desk.base, can_edit=desk.can_edit),
        "shown": len(entries),
        "mark": desk.board.mark(entries),
        "indicators": list(
            {each.question.indicator.pk: each.question.indicator for each in desk.board.catalogue.entries}.values()
        ),
        "acts": page.last_acts(desk.board),
        "form": form or SeveralForm(offices=desk.board.offices, limits=due_limits(desk.evaluation)),
        "ticked": set(ticked(request.POST.getlist("q"))),
    }
    return render(request, "evaluations/duties/plan.html", context, status=status)


@require_safe
@login_required
def duties(request: UserRequest, pk: int) -> HttpResponse:
    """Who answers what, for everybody who sees the evaluation."""
    return _listed(request, desk_or_404(request, pk))


@require_safe
@login_required
def offices(request: UserRequest, pk: int) -> HttpResponse:
    """The same plan office by office: how many questions, how many points, whether anybody can log in for it."""
    desk = desk_or_404(request, pk)
    lines = page.loads(desk.board, count_by_office(desk.evaluation.region))
    may = account_rules.can_manage_users(request.user)
    context = {**frame(request, desk.evaluation), "desk": desk, "lines": lines, "can_add_people": may}
    return render(request, "evaluations/duties/offices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def duty(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """One question's offices: a row that opens in place, or a small page of its own."""
    desk = desk_or_404(request, pk, code)
    entry = entry_or_404(desk.evaluation, code)
    if request.method != "POST":
        if "baris" in request.GET:
            return _row(desk, entry)
        return _edit(request, desk, entry, _form(desk, entry, None)) if desk.can_edit else _edit(request, desk, entry)
    require_editor(desk)
    form = _form(desk, entry, request.POST)
    if not form.is_valid():
        return _edit(request, desk, entry, form, status=422)
    wish = actions.Wish(form.wanted, form.cleaned_data["seen"])
    try:
        changed = _assign(request, desk, {entry.question.pk: wish})
    except actions.Conflict as conflict:
        return _edit(request, desk, entry, form, conflict=str(conflict), status=409)
    except actions.PlanLocked as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    if request.htmx:
        return _row(desk_or_404(request, pk), entry, changed_now=True)
    messages.success(
        request, f"Pembagian tugas {code} disimpan." if changed else f"Pembagian tugas {code} sudah begitu."
    )
    return desk.back(f"#d-{entry.question.pk}")


def _form(desk: Desk, entry: Entry, given: Any) -> DutyForm:
    standing = desk.board.duty(entry.question.pk)
    return DutyForm(given, offices=desk.board.offices, standing=standing, limits=due_limits(desk.evaluation))


def _assign(request: UserRequest, desk: Desk, wishes: dict[int, actions.Wish]) -> int:
    return actions.assign(
        evaluation=desk.evaluation, wishes=wishes, by=request.user, at=timezone.now(),
        after_sending=rules.can_share_after_sending(request.user),
    )  # fmt: skip


def _edit(
    request: UserRequest, desk: Desk, entry: Entry, form: DutyForm | None = None, conflict: str = "", status: int = 200
) -> HttpResponse:
    """The form in the row's place, or its page with the history of the question."""
    board = desk.board
    standing = board.duty(entry.question.pk)
    bound = form is not None and form.is_bound
    picked = form.data if form is not None and bound else {}
    support = {str(each) for each in standing.support}
    offices = [(str(pk), office.name) for pk, office in board.offices.items()]
    context = {
        "choices": sorted(offices, key=lambda each: each[0] not in support),  # those who help already come first
        "desk": desk, "entry": entry, "row": board.row(entry, desk.base, can_edit=desk.can_edit), "form": form,
        "conflict": conflict, "seen": standing.token if conflict or not bound else picked.get("seen", ""),
        "lead": picked.get("lead", "") if bound else str(standing.lead or ""),
        "support": set(request.POST.getlist("support")) if bound else support,
        "due_on": picked.get("due_on", "") if bound else standing.due_on.isoformat() if standing.due_on else "",
    }  # fmt: skip
    if request.htmx:
        return render(request, "evaluations/duties/_edit.html", context, status=status)
    former = page.former_of(board, entry.question.pk)
    context |= {**frame(request, desk.evaluation), "former": former}
    return render(request, "evaluations/duties/duty.html", context, status=status)


def _row(desk: Desk, entry: Entry, *, changed_now: bool = False) -> HttpResponse:
    """The row as it stands, and the alarm above the list."""
    row = desk.board.row(entry, desk.base, can_edit=desk.can_edit, changed_now=changed_now)
    body = render_to_string("evaluations/_duty.jinja", {"row": row, "ticked": set()}, using="jinja")
    if changed_now:
        body += render_to_string("evaluations/duties/_alarm.html", {"desk": desk, "oob": True})
    return HttpResponse(body)


@require_POST
@login_required
def several(request: UserRequest, pk: int) -> HttpResponse:
    """One act for the ticked questions or for all that the filters show."""
    desk = desk_or_404(request, pk)
    require_editor(desk)
    form = SeveralForm(request.POST, offices=desk.board.offices, limits=due_limits(desk.evaluation))
    if not form.is_valid():
        return _listed(request, desk, form, 422)
    wishes = _wishes(request, desk, form)
    if not wishes:
        form.add_error(None, "Centang dulu pertanyaannya, atau pilih semua yang tampil.")
        return _listed(request, desk, form, 422)
    try:
        changed = _assign(request, desk, wishes)
    except actions.Conflict as conflict:
        form.add_error(None, f"{conflict} Tidak ada yang disimpan.")
        return _listed(request, desk, form, 409)
    except actions.PlanLocked as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(
        request, f"{changed} pertanyaan diubah." if changed else "Susunannya sudah begitu; tidak ada yang diubah."
    )
    return desk.back()


def _wishes(request: UserRequest, desk: Desk, form: SeveralForm) -> dict[int, actions.Wish]:
    """What the act means for each question; all that is shown counts only as it was shown."""
    if form.cleaned_data["scope"] == "shown":
        entries = desk.board.shown(desk.filters)
        as_shown = request.POST.get("tampil") == desk.board.mark(entries)
        seen = {each.question.pk: desk.board.duty(each.question.pk) if as_shown else None for each in entries}
    else:
        known = desk.board.catalogue.by_pk
        seen = {pk: duty for pk, duty in ticked(request.POST.getlist("q")).items() if pk in known}
    unseen = actions.UNSEEN
    return {pk: actions.Wish(form.apply(duty or desk.board.duty(pk)), duty or unseen) for pk, duty in seen.items()}


@require_POST
@login_required
def undo(request: UserRequest, pk: int, event: int) -> HttpResponse:
    """Take an act back, as far as it still stands."""
    desk = desk_or_404(request, pk)
    require_editor(desk)
    try:
        count = actions.undo(
            evaluation=desk.evaluation, event_pk=event, by=request.user, at=timezone.now(),
            after_sending=rules.can_share_after_sending(request.user),
        )  # fmt: skip
    except (actions.NothingToUndo, actions.PlanLocked) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Perubahan dibatalkan; {count} pertanyaan kembali ke susunan sebelumnya.")
    return redirect("evaluations:duties", pk)
