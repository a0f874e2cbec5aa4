"""Sharing a province's regions out: a preview, adjusted by the administrator, confirmed at once."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from accounts.models import Province, User
from clusters.models import Cycle
from verification import rules
from verification.actions import Refusal
from verification.models import Assignment
from verification.teams import proposal as proposals
from verification.teams import share_actions
from verification.teams.proposal import APART, WHOLE, Chosen, Proposal


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def share_out(request: UserRequest) -> HttpResponse:
    """The portal's proposal; POST counts the adjusted one again or confirms it."""
    if not rules.can_assign(request.user):
        raise PermissionDenied("Penugasan verifikator diatur oleh administrator.")
    asked = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(asked)
    if chosen is None:
        return render(request, "verification/teams/share.html", {"proposal": None})
    verifiers = list(rules.verifiers_of(chosen.province))
    proposal = proposals.build(chosen, verifiers)
    if request.method != "POST":
        return _page(request, proposal)
    picked, sentence = _picked(request.POST, proposal, verifiers)
    proposal = proposals.build(chosen, verifiers, picked)
    if sentence or "hitung" in request.POST:
        return _page(request, proposal, sentence, 422 if sentence else 200)
    return _confirmed(request, proposal)


def _confirmed(request: UserRequest, proposal: Proposal) -> HttpResponse:
    """Everything of it, or a sentence and nothing."""
    chosen = proposal.chosen
    wishes: dict[tuple[int, int], list[str]] = {}
    for row in proposal.rows:
        if row.person is not None:
            wishes.setdefault((row.piece.evaluation, row.person), []).extend(row.piece.clusters)
    try:
        count = share_actions.confirm(
            cycle=chosen.cycle, province=chosen.province, stage=chosen.stage, wishes=wishes,
            seen=str(request.POST.get("seen", "")), by=request.user, at=timezone.now(),
        )  # fmt: skip
    except share_actions.NothingChosen as refusal:
        return _page(request, proposal, str(refusal), 422)
    except Refusal as refusal:
        return _page(request, proposal, str(refusal), 409)
    messages.success(request, f"Penugasan {count} daerah ditetapkan. Para verifikator diberi tahu.")
    query = f"siklus={chosen.cycle.code}&provinsi={chosen.province.code}&tahap={chosen.stage}&cara={chosen.way}"
    return redirect(f"{reverse('verification:share_out')}?{query}")


def _page(request: UserRequest, proposal: Proposal, sentence: str = "", status: int = 200) -> HttpResponse:
    more = {"cycles": Cycle.objects.order_by("-award_year", "-code"), "provinces": _provinces(), "sentence": sentence}
    return render(request, "verification/teams/share.html", proposals.page(proposal, **more), status=status)


def _chosen(asked: QueryDict) -> Chosen | None:
    """What the address names; else the newest cycle and the first province that has something in it."""
    cycles = list(Cycle.objects.select_related("instrument").order_by("-award_year", "-code"))
    provinces = list(_provinces())
    cycle = next((each for each in cycles if each.code == asked.get("siklus")), cycles[0] if cycles else None)
    if cycle is None or not provinces:
        return None
    province = next((each for each in provinces if each.code == asked.get("provinsi")), provinces[0])
    stage = next((each.value for each in Assignment.STAGES if each == asked.get("tahap")), Assignment.STAGES[0].value)
    return Chosen(cycle, province, stage, APART if asked.get("cara") == APART else WHOLE)


def _provinces() -> QuerySet[Province]:
    return rules.judged_provinces()


def _picked(sent: Mapping[str, str], proposal: Proposal, verifiers: list[User]) -> tuple[dict[str, int | None], str]:
    """Who was chosen for each piece, and what is wrong with the first that cannot be."""
    people = {str(each.pk): each for each in verifiers}
    picked: dict[str, int | None] = {}
    sentence = ""
    for row in proposal.rows:
        value = sent.get(f"p-{row.piece.key}", "")
        person = people.get(value)
        picked[row.piece.key] = person.pk if person else None
        if value and person is None:
            sentence = sentence or "Hanya verifikator aktif dari provinsi daerah ini yang dapat ditugaskan."
        elif person in row.barred:
            picked[row.piece.key] = None
            sentence = sentence or (
                f"{person} mempunyai benturan kepentingan dengan {row.evaluation.region.name}. Pilih verifikator lain."
            )
    return picked, sentence
