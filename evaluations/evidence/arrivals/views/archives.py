"""Pages of archives and of documents that prove nothing yet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest, address_of
from evaluations import rules
from evaluations.evidence.arrivals import actions, report
from evaluations.evidence.forms import UploadForm, sentences
from evaluations.evidence.views.answers import ask_for_change
from evaluations.evidence.views.found import answer_or_404, block_of
from evaluations.models import Archive
from evaluations.uploads import refused_uploads

PER_PAGE = 30


@require_POST
@login_required
def keep(request: UserRequest, pk: int) -> HttpResponse:
    """Files for the library, without a question: put down now, linked later."""
    evaluation = get_object_or_404(rules.visible_evaluations(request.user), pk=pk)
    ask_for_change(request, evaluation)
    form = UploadForm(request.POST, request.FILES, refused=refused_uploads(request))
    said: list[str] = []
    refused = sentences(form) if not form.is_valid() else []
    if not refused:
        outcome = actions.receive_whole(
            evaluation=evaluation, answer=None, uploads=form.uploads, by=request.user, at=timezone.now(),
            address=address_of(request),
        )  # fmt: skip
        said, refused = outcome.said, [*form.dropped, *outcome.refused]
    for sentence in said:
        messages.success(request, sentence)
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("evaluations:library", pk=pk)


@require_safe
@login_required
def arrived(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """An answer's documents after new ones have come, with their number in the heading."""
    answer = answer_or_404(request, pk, code)
    if not request.headers.get("HX-Request"):
        return redirect("evaluations:question", pk=pk, code=code)
    return render(request, "evaluations/evidence/_arrived.html", {"block": block_of(request, answer)})


@require_safe
@login_required
def index(request: UserRequest, pk: int) -> HttpResponse:
    """Archives of this evaluation that the person's office has sent, newest first."""
    evaluation = get_object_or_404(rules.visible_evaluations(request.user).for_page(), pk=pk)
    archives = report.counted(rules.visible_archives(request.user).filter(evaluation=evaluation))
    page = Paginator(archives, PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "evaluations/evidence/archives.html", {"evaluation": evaluation, "page": page})


@require_safe
@login_required
def show(request: UserRequest, pk: int, archive_pk: int) -> HttpResponse:
    """What became of each file of an archive; htmx asks for the report alone while it grows."""
    archive = _archive_or_404(request, pk, archive_pk)
    context = {"evaluation": archive.evaluation, "archive": archive, "report": report.of(archive, request.user)}
    if request.headers.get("HX-Request"):
        return render(request, "evaluations/evidence/_archive.html", context)
    return render(request, "evaluations/evidence/archive.html", context)


@require_POST
@login_required
def go_on(request: UserRequest, pk: int, archive_pk: int) -> HttpResponse:
    """Have an archive taken up again whose work was given up."""
    archive = _archive_or_404(request, pk, archive_pk)
    actions.unpack_again(archive=archive, at=timezone.now())
    return redirect("evaluations:archive", pk=pk, archive_pk=archive_pk)


def _archive_or_404(request: UserRequest, pk: int, archive_pk: int) -> Archive:
    archives = rules.visible_archives(request.user).select_related(
        "evaluation__region__province", "evaluation__cycle__instrument", "answer__question", "sent_by"
    )
    return get_object_or_404(archives, evaluation_id=pk, pk=archive_pk)
