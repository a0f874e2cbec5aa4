"""What the administrator types: mandates and awards."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from evaluations import rules as evaluation_rules
from verification import actions, awards, mandates, rules
from verification.forms import AwardForm, MandateForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assign(request: UserRequest, pk: int) -> HttpResponse:
    """Who judges this evaluation; every button says what it wants, so that two administrators never undo each other."""
    evaluation = get_object_or_404(evaluation_rules.visible_evaluations(request.user).for_page(), pk=pk)
    if not rules.can_assign(request.user):
        raise PermissionDenied("Penugasan verifikator diatur oleh administrator.")
    form = MandateForm(request.POST or None, verifiers=rules.eligible_verifiers(evaluation))
    if form.is_valid():
        act = actions.assign if form.cleaned_data.pop("wanted") else actions.unassign
        try:
            act(evaluation=evaluation, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("verification:assign", pk)
    if form.is_bound:
        messages.error(request, str(actions.NotEligible()))
        return redirect("verification:assign", pk)
    context = {"evaluation": evaluation, "stages": mandates.of(evaluation, rules.eligible_verifiers(evaluation))}
    return render(request, "verification/assign.html", context)


@require_safe
@login_required
def award_list(request: UserRequest) -> HttpResponse:
    """The official predicates by region and year."""
    found = awards.listed(rules.visible_awards(request.user), request.GET)
    context = {**found, "can_award": rules.can_award(request.user)}
    return render(request, "verification/awards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def award(request: UserRequest) -> HttpResponse:
    """Type or correct one award."""
    if not rules.can_award(request.user):
        raise PermissionDenied("Predikat resmi dicatat oleh administrator.")
    at = timezone.now()
    initial = awards.initial(rules.visible_awards(request.user), request.GET)
    form = AwardForm(request.POST or None, initial=initial, bands=awards.bands(), today=timezone.localdate(at))
    if form.is_valid():
        recorded = actions.record_award(by=request.user, at=at, **form.cleaned_data)
        messages.success(request, f"Predikat {recorded.predicate} untuk {recorded.region} ({recorded.year}) tersimpan.")
        return redirect("verification:awards")
    return render(request, "verification/award.html", {"form": form}, status=422 if form.is_bound else 200)
