"""The page before the archive, and the archive itself."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import UserRequest, address_of
from evaluations import rules as evaluation_rules
from evaluations.models import Evaluation
from evaluations.standing import standing_for
from reports import rules
from reports.bundles import actions, sending
from reports.bundles.contents import contents
from reports.bundles.packing import bundle
from reports.bundles.turnstile import TooMany, Turn

WHOLE_CASE = (
    "Arsip memuat seluruh bukti dan tersedia bagi operator, penelaah, pimpinan, verifikator, dan administrator."
)
RETRY_SECONDS = "60"


@require_safe
@login_required
def bundle_page(request: UserRequest, pk: int) -> HttpResponse:
    """What the archive holds and what it leaves out, before anybody fetches it."""
    evaluation = _evaluation(request, pk)
    context = {
        "evaluation": evaluation,
        "standing": standing_for(request.user, evaluation),
        "contents": contents(request.user, evaluation),
        "current": "documents",
    }
    return render(request, "reports/bundles/bundle.html", context)


@require_safe
@login_required
def download(request: UserRequest, pk: int) -> HttpResponseBase:
    """The archive or the part of it that is still wanted; written down before its first byte leaves."""
    packed = bundle(request.user, _evaluation(request, pk))
    try:
        part = sending.part_wanted(request, packed)
        if request.method == "HEAD":
            return sending.described(HttpResponse(), packed, part)
        turn = Turn(request.user.pk)
    except sending.NotThere:
        return sending.not_there(packed)
    except TooMany:
        page = render(request, "reports/bundles/busy.html", {"evaluation": packed.contents.evaluation}, status=503)
        page["Retry-After"] = RETRY_SECONDS
        return page
    start = part.start if part else 0
    actions.record_download(bundle=packed, start=start, by=request.user, at=timezone.now(), address=address_of(request))
    return sending.stream(request, packed, part, turn)


def _evaluation(request: UserRequest, pk: int) -> Evaluation:
    evaluation = get_object_or_404(evaluation_rules.visible_evaluations(request.user).for_page(), pk=pk)
    if not rules.can_see_documents(request.user):
        raise PermissionDenied(WHOLE_CASE)
    return evaluation
