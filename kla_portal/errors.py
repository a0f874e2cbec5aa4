"""Error pages: what happened, why, what to do next; a 500 carries only a reference number."""

import logging
import secrets
import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from kla_portal import shedding
from kla_portal.postgres.away import is_away

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something the portal cannot read."""
    return _said(request, "errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: visible, but not yours to do, or not now; the exception's sentence says which."""
    return _said(request, "errors/403.html", 403, sentence=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing there, or nothing there for you."""
    return _said(request, "errors/404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the details stay in the log under the number the person sees. Asks nothing of the database."""
    error = sys.exc_info()[1]
    if is_away(error):
        logger.error("no database at %s: %s", request.path, error)
        return shedding.later(request, "errors/away.html", {"is_reading": request.method in shedding.READING})
    number = secrets.token_hex(4).upper()
    logger.error("error %s at %s", number, request.path, exc_info=True)
    if request.headers.get("HX-Request"):
        return _beside(request, "errors/500.html", 500, number=number)
    return HttpResponse(render_to_string("errors/500.html", {"number": number}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is older than the session, mostly after a log-out in another tab."""
    return _said(request, "errors/csrf.html", 403)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many tries within a minute; nobody is locked."""
    response = render(request, "errors/429.html", status=429)
    response["Retry-After"] = "60"
    return response


def _said(request: HttpRequest, page: str, status: int, *, sentence: str = "") -> HttpResponse:
    """A page; to a form that waits for a fragment a notice beside it, never in the place of what a person has typed."""
    if not request.headers.get("HX-Request"):
        return render(request, page, {"sentence": sentence}, status=status)
    return _beside(request, page, status, sentence=sentence)


def _beside(request: HttpRequest, page: str, status: int, **said: str) -> HttpResponse:
    if request.method == "GET":
        return HttpResponse(status=status, headers={"HX-Reswap": "none"})
    notice = render_to_string("errors/_notice.html", {"page": page, **said})
    return HttpResponse(notice, status=status, headers={"HX-Retarget": "#gagal", "HX-Reswap": "innerHTML"})
