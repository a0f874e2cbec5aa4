"""Figures of the ministry: type them, see what would change, save them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from clusters.stages import Stage
from evaluations import rules as evaluation_rules
from evaluations.models import Evaluation
from verification.actions import Refusal, StageClosed
from verification.figures import actions, page, rules
from verification.figures.forms import FiguresForm
from verification.progress import is_past


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def enter(request: UserRequest, pk: int) -> HttpResponse:
    """The form; POST shows what would change, and with `simpan` saves it."""
    evaluation = get_object_or_404(evaluation_rules.visible_evaluations(request.user).for_page(), pk=pk)
    if not rules.can_enter(request.user):
        raise PermissionDenied("Angka kementerian dimasukkan oleh administrator.")
    sheet = page.sheet_of(evaluation)
    form = FiguresForm(request.POST or None, initial=page.initial_of(sheet), edition=sheet.edition)
    if not form.is_valid():
        return _page(request, evaluation, form, status=422 if form.is_bound else 200)
    if "simpan" not in request.POST:
        return _page(request, evaluation, form)
    given = form.cleaned_data
    try:
        actions.enter(
            evaluation=evaluation, figures=form.figures, source=given["source"], seen=given["seen"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, evaluation, form, sentence=str(refusal), status=409)
    messages.success(request, "Angka tersimpan. Nilai verifikasi final sedang dihitung ulang.")
    return redirect("verification:recap", pk)


def _page(
    request: UserRequest, evaluation: Evaluation, form: FiguresForm, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    """With the figures as they stand now, so that a second administrator sees the first one's."""
    evaluation.refresh_from_db(fields=["stage"])
    sheet = page.sheet_of(evaluation)
    is_open = evaluation.stage == Stage.VF
    refusal = "" if is_open else str(StageClosed(Stage.VF.value, evaluation.stage))
    context = {
        "evaluation": evaluation,
        "form": form,
        "rows": page.rows_of(sheet, form),
        "score": sheet.score_at(Stage.VF),
        "preview": page.preview_of(sheet, form.figures) if form.is_bound and form.is_valid() else None,
        "seen": actions.mark_of(evaluation, Stage.VF.value),
        "is_open": is_open,
        "is_over": evaluation.is_submitted and is_past(evaluation, Stage.VF),
        "sentence": sentence or refusal,
    }
    return render(request, "verification/figures/enter.html", context, status=status)
