"""Doors for uploads in parts: a script speaks to them, so they answer in JSON, with sentences for people in it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest, address_of
from evaluations import rules
from evaluations.evidence.arrivals import actions, parts, report
from evaluations.evidence.arrivals.forms import FinishForm, StartForm
from evaluations.evidence.arrivals.sentences import ArrivalRefused
from evaluations.evidence.forms import sentences
from evaluations.evidence.views.answers import ask_for_change
from evaluations.evidence.views.found import covers_in, evidence_or_404
from evaluations.models import Upload

STATUS = {"offset": 409, "not_finished": 409, "differs": 409, "part_cut": 400, "busy": 503, "no_space": 507}
PIECE = 64 * 1024
GONE = "Unggahan ini sudah tidak ada. Pilih berkas itu lagi."


@require_POST
@login_required
def start(request: UserRequest, pk: int) -> HttpResponse:
    """Begin, or find what was begun; the answer tells where to go on."""
    evaluation = get_object_or_404(rules.visible_evaluations(request.user), pk=pk)
    ask_for_change(request, evaluation)
    form = StartForm(request.POST)
    if not form.is_valid():
        return _invalid(form)
    code, replaced = form.cleaned_data["soal"], form.cleaned_data["ganti"]
    old = evidence_or_404(request, pk, replaced) if replaced else None
    mine = rules.visible_answers(request.user).filter(evaluation=evaluation)
    answer = (
        get_object_or_404(mine.select_related("evaluation", "question"), question__code=code)
        if code and old is None
        else None
    )
    try:
        upload = actions.start(
            evaluation=evaluation, answer=answer, name=form.cleaned_data["nama"], size=form.cleaned_data["ukuran"],
            head=form.cleaned_data["sidik"], by=request.user, at=timezone.now(),
            covers=covers_in(request, answer) if answer else (), replaces=old,
            reason=form.cleaned_data["alasan"] if old else "",
        )  # fmt: skip
    except actions.REFUSALS as refusal:
        return _refused(refusal)
    return JsonResponse(_said(upload), status=201)


@require_safe
@login_required
def state(request: UserRequest, pk: int, upload_pk: int) -> HttpResponse:
    """How much has arrived."""
    upload = _mine(request, pk, upload_pk)
    response = JsonResponse(_said(upload))
    response["Upload-Offset"] = str(upload.received)
    return response


@require_POST
@login_required
def part(request: UserRequest, pk: int, upload_pk: int, offset: int) -> HttpResponse:
    """One part, whose place in the file is said in the address; the body is nothing but bytes."""
    upload = _mine(request, pk, upload_pk)
    ask_for_change(request, upload.evaluation)
    try:
        content = _body(request, upload)
        upload = actions.receive(upload=upload, offset=offset, content=content, at=timezone.now())
    except actions.UploadGone:
        return JsonResponse({"sentence": GONE}, status=404)
    except actions.REFUSALS as refusal:
        return _refused(refusal)
    return JsonResponse(_said(upload))


@require_POST
@login_required
def finish(request: UserRequest, pk: int, upload_pk: int) -> HttpResponse:
    """The end: the whole is compared and becomes a document; asked again, the answer is the same."""
    upload = _mine(request, pk, upload_pk)
    ask_for_change(request, upload.evaluation)
    form = FinishForm(request.POST)
    if not form.is_valid():
        return _invalid(form)
    try:
        upload = actions.finish(
            upload=upload, sha256=form.cleaned_data["sidik"], by=request.user, at=timezone.now(),
            address=address_of(request),
        )  # fmt: skip
    except actions.UploadGone:
        return JsonResponse({"sentence": GONE}, status=404)
    except actions.REFUSALS as refusal:
        return _refused(refusal)
    if upload.replaces_id and not upload.is_refused:
        messages.success(request, upload.sentence)  # told on the page of the new version
    return JsonResponse(_said(upload), status=422 if upload.is_refused else 200)


@require_POST
@login_required
def cancel(request: UserRequest, pk: int, upload_pk: int) -> HttpResponse:
    """Give an unfinished upload up; a second click changes nothing."""
    upload = _mine(request, pk, upload_pk)
    try:
        actions.cancel(upload=upload)
    except ArrivalRefused as refusal:
        return _refused(refusal)
    if request.headers.get("HX-Request"):
        return HttpResponse()
    messages.success(request, "Unggahan dibuang.")
    return redirect("evaluations:library", pk=pk)


@require_safe
@login_required
def unfinished(request: UserRequest, pk: int) -> HttpResponse:
    """The person's uploads that stopped half way, for the place where they go on."""
    evaluation = get_object_or_404(rules.visible_evaluations(request.user).select_related("region"), pk=pk)
    if not request.headers.get("HX-Request"):
        return redirect("evaluations:library", pk=pk)
    code = request.GET.get("soal", "")[:20]
    waiting = rules.visible_uploads(request.user).unfinished().filter(evaluation=evaluation)
    waiting = waiting.filter(answer__question__code=code) if code else waiting.filter(answer=None, replaces=None)
    context = {"evaluation": evaluation, "uploads": list(waiting.order_by("pk")[: actions.MOST_UNFINISHED])}
    return render(request, "evaluations/evidence/_unfinished.html", context)


def _mine(request: UserRequest, pk: int, upload_pk: int) -> Upload:
    uploads = rules.visible_uploads(request.user).select_related("evaluation", "archive")
    return get_object_or_404(uploads, evaluation_id=pk, pk=upload_pk)


def _body(request: UserRequest, upload: Upload) -> bytearray:
    """At most one part, whatever the header claims; a body that broke off is not a part. Raises `ArrivalRefused`.

    Read in pieces: the server keeps twice what it is asked for at once, for every upload under way.
    """
    claimed = request.META.get("CONTENT_LENGTH") or "0"
    content = bytearray()
    try:
        while len(content) <= parts.PART and (piece := request.read(PIECE)):
            content += piece
    except (UnreadablePostError, OSError):
        raise ArrivalRefused("part_cut", received=upload.received) from None
    if len(content) > parts.PART:
        raise ArrivalRefused("part_size", received=upload.received)
    if not claimed.isdigit() or len(content) != int(claimed):
        raise ArrivalRefused("part_cut", received=upload.received)
    return content


def _said(upload: Upload) -> dict[str, Any]:
    """What a script needs to go on, and what it may show; `parts` wants the offset behind it."""
    where = {"pk": upload.evaluation_id, "upload_pk": upload.pk}
    said = {
        "received": upload.received,
        "size": upload.size,
        "finished": upload.finished_at is not None,
        "refused": upload.is_refused,
        "sentence": upload.sentence,
        "state": reverse("evaluations:upload", kwargs=where),
        "parts": reverse("evaluations:upload_part", kwargs={**where, "offset": 0}).removesuffix("0/"),
        "end": reverse("evaluations:finish_upload", kwargs=where),
        "cancel": reverse("evaluations:cancel_upload", kwargs=where),
    }
    if upload.replaces_id and upload.evidence_id:
        said["document"] = reverse("evaluations:evidence", args=[upload.evaluation_id, upload.evidence_id])
    return said | report.in_short(upload.archive) if upload.archive else said


def _invalid(form: forms.Form) -> JsonResponse:
    return JsonResponse({"sentence": " ".join(dict.fromkeys(sentences(form)))}, status=422)


def _refused(refusal: Exception) -> JsonResponse:
    code = getattr(refusal, "code", "")
    said: dict[str, Any] = {"sentence": str(refusal), "code": code}
    if isinstance(refusal, ArrivalRefused) and refusal.received is not None:
        said["received"] = refusal.received
    response = JsonResponse(said, status=STATUS.get(code, 422))
    if code == "busy":
        response["Retry-After"] = "2"
    return response
