"""Corrections of an evaluation: read them, make one, take its document."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest, address_of
from clusters.rulebook import edition_of
from clusters.stages import Stage, walked
from evaluations import rules as evaluation_rules
from evaluations.evidence.sentences import EvidenceRefused
from evaluations.evidence.views.files import original
from evaluations.models import Answer, Evaluation
from evaluations.uploads import refused_uploads
from verification.actions import Refusal
from verification.corrections import actions, rules
from verification.corrections.figure_views import TOTAL
from verification.corrections.forms import CorrectionForm
from verification.models import Verdict
from verification.progress import is_past


@require_safe
@login_required
def index(request: UserRequest, pk: int) -> HttpResponse:
    """Corrections of the evaluation; the administrator finds the way to a new one."""
    evaluation = _evaluation_or_404(request, pk)
    figures = _figures(evaluation) if rules.can_correct(request.user) else []
    if request.GET.get("angka") in [code for code, _ in figures]:
        return redirect("verification:correct_figure", pk, request.GET["angka"])
    wanted = (request.GET.get("tahap", ""), request.GET.get("soal", "").strip())
    can_correct = rules.can_correct(request.user)
    if can_correct and all(wanted):
        is_asked = evaluation.answers.filter(question__code=wanted[1][:20]).exists()
        if is_asked and wanted[0] in _closed(evaluation):
            return redirect("verification:correct", pk, *wanted)
        messages.error(request, "Pertanyaan atau tahap itu tidak ada, atau tahapnya belum ditutup.")
    found = rules.visible_corrections(request.user).filter(evaluation=evaluation)
    rows = found.select_related("answer__question", "indicator", "document", "corrected_by").order_by(
        "-corrected_at", "-pk"
    )
    context = {
        "evaluation": evaluation,
        "corrections": rows,
        "can_correct": can_correct,
        "stages": [Stage(each) for each in _closed(evaluation)],
        "figures": figures,
    }
    return render(request, "verification/corrections/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def correct(request: UserRequest, pk: int, stage: str, code: str) -> HttpResponse:
    """Put one answer's points of a closed stage right."""
    evaluation = _evaluation_or_404(request, pk)
    if not rules.can_correct(request.user):
        raise PermissionDenied("Koreksi setelah tahap ditutup dilakukan oleh administrator.")
    answers = evaluation_rules.visible_answers(request.user).select_related("question", "evaluation__cycle")
    answer = get_object_or_404(answers, evaluation=evaluation, question__code=code)
    if stage not in _closed(evaluation):
        raise Http404
    at = timezone.now()
    sent = {"refused": refused_uploads(request)} if request.method == "POST" else {"refused": []}
    form = CorrectionForm(
        request.POST or None,
        request.FILES or None,
        maximum=answer.question.maximum,
        today=timezone.localdate(at),
        **sent,
    )
    if not form.is_valid():
        return _form(request, answer, stage, form, 422 if form.is_bound else 200)
    try:
        actions.correct(
            answer=answer, stage=stage, version=form.cleaned_data["version"], points=form.cleaned_data["points"],
            basis=form.basis, upload=form.uploads[0], by=request.user, at=at, address=address_of(request),
        )  # fmt: skip
    except (Refusal, EvidenceRefused) as refusal:
        return _form(request, answer, stage, form, 409, sentence=str(refusal))
    messages.success(request, "Koreksi tersimpan. Hasil tahap sudah ditetapkan ulang dan daerah diberi tahu.")
    return redirect("verification:corrections", pk)


@require_safe
@login_required
def document(request: UserRequest, pk: int, correction_pk: int) -> HttpResponseBase:
    """The paper a correction stands on; who takes it is written down."""
    found = rules.visible_corrections(request.user).select_related("document__evaluation")
    correction = get_object_or_404(found, evaluation_id=pk, pk=correction_pk)
    return original(request, correction.document)


def _evaluation_or_404(request: UserRequest, pk: int) -> Evaluation:
    return get_object_or_404(evaluation_rules.visible_evaluations(request.user).for_page(), pk=pk)


def _closed(evaluation: Evaluation) -> list[str]:
    """Stages that can be corrected."""
    if not evaluation.is_submitted:
        return []
    used = walked(evaluation.cycle.stages)
    return [each.value for each in used if each is not Stage.EM and is_past(evaluation, each)]


def _figures(evaluation: Evaluation) -> list[tuple[str, str]]:
    """Figures that can be put right: code and name of each indicator, once the ministry's stage is closed."""
    if Stage.VF.value not in _closed(evaluation):
        return []
    book = edition_of(evaluation.cycle.instrument).book
    rules_of = [rule for cluster in book.clusters for rule in cluster.indicators]
    return [(TOTAL, "Total"), *((rule.code, f"{rule.code} {rule.name}") for rule in rules_of)]


def _form(
    request: UserRequest, answer: Answer, stage: str, form: CorrectionForm, status: int, *, sentence: str = ""
) -> HttpResponse:
    verdicts = list(Verdict.objects.for_reading().filter(answer=answer, stage=stage).order_by("-version"))
    current = next((each for each in verdicts if each.is_current), None)
    context: dict[str, Any] = {
        "evaluation": answer.evaluation,
        "answer": answer,
        "question": answer.question,
        "stage": Stage(stage),
        "current": current,
        "version": current.version if current else 0,
        "form": form,
        "reasons": form.fields["cause"].choices,  # type: ignore[attr-defined]
        "sentence": sentence,
        "back": reverse("verification:corrections", args=[answer.evaluation_id]),
    }
    return render(request, "verification/corrections/correct.html", context, status=status)
