"""The form on which the administrator puts a closed stage's figure right."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest, address_of
from clusters.models import Indicator
from evaluations import rules as evaluation_rules
from evaluations.evidence.sentences import EvidenceRefused
from evaluations.models import Evaluation
from evaluations.progress import points_sheet
from evaluations.uploads import refused_uploads
from verification.actions import Refusal
from verification.corrections import figures, rules
from verification.corrections.forms import FigureCorrectionForm
from verification.figures.actions import mark_of
from verification.progress import is_past

TOTAL = "total"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def correct(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Put the figure of an indicator (its code), or the total, right."""
    evaluation = get_object_or_404(evaluation_rules.visible_evaluations(request.user).for_page(), pk=pk)
    if not rules.can_correct(request.user):
        raise PermissionDenied("Koreksi setelah tahap ditutup dilakukan oleh administrator.")
    indicator, at = _indicator_or_404(evaluation, code), timezone.now()
    most = indicator.maximum if indicator else evaluation.cycle.instrument.maximum
    refused = refused_uploads(request) if request.method == "POST" else []
    form = FigureCorrectionForm(
        request.POST or None, request.FILES or None, maximum=most, today=timezone.localdate(at), refused=refused
    )
    if not form.is_valid():
        return _form(request, evaluation, indicator, form, 422 if form.is_bound else 200)
    try:
        figures.correct(
            evaluation=evaluation, indicator=indicator, seen=form.cleaned_data["seen"], by=request.user, at=at,
            points=form.cleaned_data["points"], basis=form.basis, upload=form.uploads[0], address=address_of(request),
        )  # fmt: skip
    except (Refusal, EvidenceRefused) as refusal:
        return _form(request, evaluation, indicator, form, 409, sentence=str(refusal))
    messages.success(request, "Koreksi tersimpan. Hasil tahap sudah ditetapkan ulang dan daerah diberi tahu.")
    return redirect("verification:corrections", pk)


def _indicator_or_404(evaluation: Evaluation, code: str) -> Indicator | None:
    """None for the total; only the ministry's stage has figures, and only what is over is corrected."""
    if not evaluation.is_submitted or figures.STAGE not in evaluation.cycle.stages:
        raise Http404
    if not is_past(evaluation, figures.STAGE):
        raise Http404
    if code == TOTAL:
        return None
    found = Indicator.objects.filter(cluster__instrument=evaluation.cycle.instrument_id, code=code).first()
    if found is None:
        raise Http404
    return found


def _form(
    request: UserRequest,
    evaluation: Evaluation,
    indicator: Indicator | None,
    form: FigureCorrectionForm,
    status: int,
    *,
    sentence: str = "",
) -> HttpResponse:
    score = points_sheet(evaluation).score_at(figures.STAGE)
    context = {
        "evaluation": evaluation,
        "indicator": indicator,
        "code": indicator.code if indicator else TOTAL,
        "stage": figures.STAGE,
        "standing": figures.standing(score, indicator),
        "maximum": indicator.maximum if indicator else score.maximum,
        "seen": mark_of(evaluation, figures.STAGE),
        "form": form,
        "sentence": sentence,
    }
    return render(request, "verification/corrections/figure.html", context, status=status)
