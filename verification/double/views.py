"""Pages of double scoring: the sample, the second reading, the coordinator's decision, agreement, the share."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from clusters.catalogue import Entry
from clusters.models import Cycle
from evaluations import windows
from evaluations.models import Evaluation
from verification import desk, question_page
from verification import rules as judging
from verification.actions import Conflict, ReasonNeeded, Refusal
from verification.double import actions, agreement, page, rules
from verification.double.forms import SettleForm, ShareForm
from verification.double.pairs import Pair
from verification.forms import KEEP_CLAIM, KEEP_EARLIER, VerdictForm
from verification.lines import Filter


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: UserRequest, pk: int) -> HttpResponse:
    """What is read twice here; POST draws the sample."""
    evaluation = _sent_or_404(request, pk)
    sentence = ""
    if request.method == "POST":
        if not rules.can_draw(request.user, evaluation):
            raise PermissionDenied("Sampel penilaian ganda ditarik administrator atau koordinator.")
        try:
            actions.draw(evaluation=evaluation, by=request.user, at=timezone.now())
        except (Refusal, windows.WindowClosed) as refusal:
            sentence = str(refusal)
        else:
            messages.success(request, "Sampel ditarik. Para penilai kedua diberi tahu.")
            return redirect("verification:double", pk)
    stage = page.stage_in(evaluation, request.GET.get("tahap", ""))
    context = {**page.build(request.user, evaluation, stage), "sentence": sentence}
    return render(request, "verification/double/index.html", context, status=409 if sentence else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def read(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """One's own second reading: the claim and the evidence, nothing of the first; POST gives the judgement."""
    evaluation = _sent_or_404(request, pk)
    pair = page.pair_of(request.user, evaluation, code, desk.stage_of(evaluation))
    entry = page.entry_of(evaluation, code)
    if pair is None or entry is None or pair.reading.reader_id != request.user.pk:
        raise Http404
    form = VerdictForm(request.POST if request.method == "POST" else None, initial={"version": 0}, entry=entry)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        status = _given(request, pair, form)
    if status == 302:
        return _onward(request, evaluation)
    return render(request, "verification/double/read.html", _reading(request, evaluation, entry, form), status=status)


def _given(request: UserRequest, pair: Pair, form: VerdictForm) -> int:
    """302 where it was given; else the form says why not."""
    told = {name: form.cleaned_data[name] for name in ("decision", "option", "points", "reason", "note")}
    try:
        actions.give(reading=pair.reading, by=request.user, at=timezone.now(), **told)
    except ReasonNeeded as refusal:
        form.add_error("reason", str(refusal))
        return 422
    except (Refusal, windows.WindowClosed) as refusal:
        form.add_error(None, str(refusal))
        return 409
    return 302


def _onward(request: UserRequest, evaluation: Evaluation) -> HttpResponse:
    """To the next that is owed, or back to the list."""
    owed = page.build(request.user, evaluation, desk.stage_of(evaluation))["owed"]
    messages.success(request, "Penilaian kedua tersimpan.")
    if owed:
        return redirect("verification:double_read", evaluation.pk, owed[0].answer.question.code)
    return redirect("verification:double", evaluation.pk)


def _reading(request: UserRequest, evaluation: Evaluation, entry: Entry, form: VerdictForm) -> dict[str, Any]:
    """The question as the desk shows it to this person, and the form of the second judgement."""
    standing = desk.standing_of(request.user, evaluation, timezone.now())
    chosen = Filter(standing.stage, entry.question.indicator.cluster.code)
    context = question_page.build(request.user, standing, entry, chosen)
    pair = page.pair_of(request.user, evaluation, entry.question.code, standing.stage)
    keep = KEEP_EARLIER if len(context["stages"]) > 2 else KEEP_CLAIM
    is_owed = pair is not None and not pair.reading.is_given
    owed = page.build(request.user, evaluation, desk.stage_of(evaluation))["owed"]
    return {
        **context, "form": form, "cards": form.cards(context["line"].before, keep), "pair": pair, "is_owed": is_owed,
        "may_note": is_owed and evaluation.stage == standing.stage, "left": len(owed),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settle(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Two judgements side by side; POST decides."""
    evaluation = _sent_or_404(request, pk)
    stage = page.stage_in(evaluation, request.GET.get("tahap", ""))
    pair, entry = page.pair_of(request.user, evaluation, code, stage), page.entry_of(evaluation, code)
    if pair is None or entry is None or not pair.is_whole:
        raise Http404
    current = page.current_of(pair)
    may_settle = stage == evaluation.stage and rules.can_settle(request.user, evaluation)
    if request.method == "POST" and not may_settle:
        raise PermissionDenied("Perbedaan penilaian diputuskan koordinator.")
    initial = {"version": current.version if current else 0}
    form = SettleForm(request.POST if request.method == "POST" else None, initial=initial, entry=entry)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        status = _settled(request, pair, form)
    if status == 302:
        messages.success(request, f"Keputusan {code} tersimpan. Kedua penilai diberi tahu.")
        return redirect("verification:double", pk)
    context = {
        "evaluation": evaluation, "question": entry.question, "pair": pair, "current": current, "form": form,
        "cards": form.cards(pair.reading.before_points or entry.question.maximum, KEEP_CLAIM),
        "reasons": VerdictForm.base_fields["reason"].choices, "version": initial["version"],  # type: ignore[attr-defined]
        "may_settle": may_settle and pair.differs and not pair.reading.settled_at,
    }  # fmt: skip
    return render(request, "verification/double/settle.html", context, status=status)


def _settled(request: UserRequest, pair: Pair, form: SettleForm) -> int:
    """302 where it was decided; else the form says why not."""
    try:
        actions.settle(reading=pair.reading, by=request.user, at=timezone.now(), **form.cleaned_data)
    except ReasonNeeded as refusal:
        form.add_error("reason", str(refusal))
        return 422
    except Conflict:
        form.add_error(
            None, "Nilai pertanyaan ini baru saja berubah. Periksa yang berlaku sekarang, lalu putuskan lagi."
        )
        return 409
    except (Refusal, windows.WindowClosed) as refusal:
        form.add_error(None, str(refusal))
        return 409
    return 302


@require_safe
@login_required
def compare(request: UserRequest) -> HttpResponse:
    """Agreement per indicator and verifier, and strictness, in one province and cycle."""
    if not rules.compares(request.user):
        raise PermissionDenied("Kesepakatan penilai dibahas verifikator dan administrator.")
    return render(request, "verification/double/agreement.html", agreement.build(request.user, request.GET))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def share(request: UserRequest, code: str) -> HttpResponse:
    """How much of a cycle is read twice."""
    if not rules.can_set_share(request.user):
        raise PermissionDenied("Penilaian ganda diatur administrator.")
    cycle = get_object_or_404(Cycle, code=code)
    form = ShareForm(request.POST if request.method == "POST" else None, initial={"share": cycle.double_share})
    if form.is_valid():
        actions.set_share(cycle=cycle, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Penilaian ganda disimpan.")
        return redirect("evaluations:cycle", code)
    context = {"cycle": cycle, "form": form}
    return render(request, "verification/double/share.html", context, status=422 if form.is_bound else 200)


def _sent_or_404(request: UserRequest, pk: int) -> Evaluation:
    """An evaluation that is judged by the province; the region's people have no business here."""
    if not rules.compares(request.user):
        raise Http404
    found = judging.visible_desks(request.user).for_page().filter(submitted_at__isnull=False)
    return get_object_or_404(found, pk=pk)
