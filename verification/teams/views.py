"""Pages about who judges together: conflicts of interest."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import UserRequest
from verification import rules
from verification.actions import Refusal
from verification.teams import actions
from verification.teams.forms import ConflictForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def conflicts(request: UserRequest) -> HttpResponse:
    """Conflicts of interest that stand; POST declares one."""
    if not rules.can_declare_conflicts(request.user):
        raise PermissionDenied("Benturan kepentingan dinyatakan verifikator atau dicatat administrator.")
    oversees = rules.can_oversee_conflicts(request.user)
    form = ConflictForm(
        request.POST if request.method == "POST" else None, verifiers=rules.declaring_verifiers(request.user),
        regions=rules.near_regions(request.user), alone=None if oversees else request.user,
    )  # fmt: skip
    if form.is_valid():
        try:
            found = actions.declare(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Tercatat: {found.verifier} tidak menilai {found.region.name}.")
            return redirect("verification:conflicts")
    known = rules.visible_conflicts(request.user).standing().select_related("verifier", "region", "declared_by")
    context = {"form": form, "conflicts": known.order_by("region__name", "verifier"), "oversees": oversees}
    return render(request, "verification/teams/conflicts.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def withdraw_conflict(request: UserRequest, conflict_pk: int) -> HttpResponse:
    """Take one back; only who assigns decides that somebody may judge again."""
    conflict = get_object_or_404(rules.visible_conflicts(request.user).select_related("region"), pk=conflict_pk)
    if not rules.can_oversee_conflicts(request.user):
        raise PermissionDenied("Pernyataan benturan kepentingan dicabut oleh administrator.")
    actions.withdraw(conflict=conflict, by=request.user, at=timezone.now())
    messages.success(request, f"Dicabut. {conflict.verifier} dapat ditugaskan lagi di {conflict.region.name}.")
    return redirect("verification:conflicts")
