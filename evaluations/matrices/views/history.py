"""Earlier versions of a table: what they held, and back to one of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from evaluations import windows
from evaluations.actions import AlreadySubmitted
from evaluations.matrices import actions
from evaluations.matrices.actions import Conflict, TooManyRows
from evaluations.matrices.differences import difference
from evaluations.matrices.rows import columns_of, show
from evaluations.matrices.table import current_of
from evaluations.matrices.views.found import answer_or_404, ask, led_to, trail_of
from evaluations.mending import rules as mending
from evaluations.models import Answer, MatrixVersion


@require_safe
@login_required
def read(request: UserRequest, pk: int, code: str, version: int) -> HttpResponse:
    """One version, and what has changed since."""
    answer = answer_or_404(request, pk, code)
    old = _version_or_404(answer, version)
    current = current_of(answer)
    columns = columns_of(answer.question, old)
    context = {
        "evaluation": answer.evaluation,
        "question": answer.question,
        "old": old,
        "current": current,
        "columns": columns,
        "lines": show(columns, old.rows),
        "difference": difference(columns, old.rows, current.rows if current else []),
        "can_edit": mending.can_fill(request.user, answer, timezone.now()),
        "trail": trail_of(request),
    }
    return render(request, "evaluations/matrices/version.html", context)


@require_POST
@login_required
def restore(request: UserRequest, pk: int, code: str, version: int) -> HttpResponse:
    """Make a version the current one again; the one that stood stays in the history."""
    answer = answer_or_404(request, pk, code)
    ask(request, answer)
    old = _version_or_404(answer, version)
    seen = request.POST.get("versi", "")
    try:
        actions.restore(
            old=old, version=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1,
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except (AlreadySubmitted, Conflict, TooManyRows, windows.WindowClosed) as refusal:
        messages.error(request, f"{refusal} Tidak ada yang dipulihkan.")
        return led_to(request, answer, "matrix_version", version)
    messages.success(request, f"Versi {version} dipulihkan. Isi sebelumnya tetap ada dalam riwayat.")
    return led_to(request, answer, "matrix")


def _version_or_404(answer: Answer, version: int) -> MatrixVersion:
    versions = answer.matrix_versions.select_related("saved_by", "answer")
    return get_object_or_404(versions, version=min(version, 2_000_000_000))
