"""What the administrator types: mandates and awards."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from accounts.models import User
from clusters.catalogue import catalogue_of
from evaluations import rules as evaluation_rules
from evaluations.models import Evaluation
from verification import actions, awards, mandates, rules
from verification.forms import AwardForm, MandateForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assign(request: UserRequest, pk: int) -> HttpResponse:
    """Who judges this evaluation; every button says what it wants, so that two administrators never undo each other."""
    evaluation = get_object_or_404(evaluation_rules.visible_evaluations(request.user).for_page(), pk=pk)
    if not rules.can_assign(request.user):
        raise PermissionDenied("Penugasan verifikator diatur oleh administrator.")
    form = MandateForm(
        request.POST or None,
        verifiers=rules.eligible_verifiers(evaluation),
        clusters=catalogue_of(evaluation.cycle.instrument).clusters,
    )
    sentence = form.sentence if form.is_bound and not form.is_valid() else ""
    if form.is_bound and not sentence:
        try:
            _mandate(evaluation, form.cleaned_data, request.user)
        except actions.Refusal as refusal:
            sentence = str(refusal)
        else:
            return redirect("verification:assign", pk)
    page = mandates.page_of(evaluation, rules.eligible_verifiers(evaluation))
    return render(request, "verification/assign.html", {**page, "sentence": sentence}, status=409 if sentence else 200)


def _mandate(evaluation: Evaluation, wish: dict[str, Any], by: User) -> None:
    """Give, change or take back one mandate."""
    if wish.pop("wanted"):
        actions.assign(evaluation=evaluation, by=by, at=timezone.now(), **wish)
    else:
        stage, verifier = wish["stage"], wish["verifier"]
        actions.unassign(evaluation=evaluation, stage=stage, verifier=verifier, by=by, at=timezone.now())


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
