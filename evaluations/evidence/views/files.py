"""Bytes that leave: pictures of pages, and the original, which is written down first."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import UserRequest, address_of
from evaluations.evidence import actions, pictures, storing
from evaluations.evidence.names import disposition
from evaluations.evidence.views.found import evidence_or_404
from evaluations.models import Evidence

logger = logging.getLogger(__name__)
SANDBOX = "sandbox; default-src 'none'"


@require_safe
@login_required
def page(request: UserRequest, pk: int, evidence_pk: int, number: int) -> HttpResponseBase:
    """The picture of one page, made by the portal itself."""
    return _picture(request, pk, evidence_pk, number, small=False)


@require_safe
@login_required
def thumbnail(request: UserRequest, pk: int, evidence_pk: int) -> HttpResponseBase:
    """The first page, small, for lists."""
    return _picture(request, pk, evidence_pk, 1, small=True)


@require_safe
@login_required
def download(request: UserRequest, pk: int, evidence_pk: int) -> HttpResponseBase:
    """The original as it came in; who takes it is written down before its first byte leaves."""
    return original(request, evidence_or_404(request, pk, evidence_pk))


def original(request: UserRequest, evidence: Evidence) -> HttpResponseBase:
    """The bytes of a document that the caller has found to be visible, with who took them in the trail."""
    if not evidence.is_file:
        raise Http404
    if evidence.is_withheld:
        return render(request, "evaluations/evidence/withheld.html", {"evidence": evidence}, status=403)
    try:
        file = storing.opened(evidence.stored_as)
    except FileNotFoundError:
        logger.error("evidence %s: its file %s is missing", evidence.pk, evidence.stored_as)
        return render(request, "evaluations/evidence/missing.html", {"evidence": evidence}, status=410)
    actions.record_download(evidence=evidence, by=request.user, at=timezone.now(), address=address_of(request))
    response: HttpResponseBase = FileResponse(file, content_type=evidence.media_type)
    if settings.EVIDENCE_ACCEL_PREFIX:
        file.close()
        response = HttpResponse(content_type=evidence.media_type)
        response["X-Accel-Redirect"] = settings.EVIDENCE_ACCEL_PREFIX + evidence.stored_as
    response["Content-Disposition"] = disposition(evidence.file_name)
    return _guarded(response, "no-store")


def _picture(request: UserRequest, pk: int, evidence_pk: int, number: int, *, small: bool) -> HttpResponseBase:
    evidence = evidence_or_404(request, pk, evidence_pk)
    if evidence.is_withheld:
        raise Http404
    drawn = get_object_or_404(evidence.pages, number=number)
    try:
        file = storing.opened(pictures.small_name(drawn.stored_as) if small else drawn.stored_as)
    except FileNotFoundError:
        logger.error("evidence %s: the picture of page %s is missing", evidence.pk, number)
        raise Http404 from None
    # The one exception from no-store: a weak network should not fetch the same page twice within the hour.
    return _guarded(FileResponse(file, content_type="image/webp"), "private, max-age=3600")


def _guarded(response: HttpResponseBase, cache: str) -> HttpResponseBase:
    response["Cache-Control"] = cache
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response
