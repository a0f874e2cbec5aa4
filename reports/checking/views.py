"""The public page of a code. Same page and status for every code; counted per network, nobody is locked out."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from reports import codes
from reports.checking import throttle
from reports.checking.fate import Fate, fate_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A field to type the code into; typed, it leads to the code's own address."""
    typed = request.GET.get("kode", "").replace("\0", "").strip()
    if typed:
        return redirect("checking:paper", codes.read(typed) or "TIDAK-TERBACA")
    return _told(request, None, "")


@require_safe
def paper(request: HttpRequest, typed: str) -> HttpResponse:
    """Whether the paper with this code is genuine, current or superseded."""
    if throttle.is_too_often(request):
        refused: HttpResponse = ratelimit.respond_429(request)
        return refused
    read = codes.read(typed)
    return _told(request, fate_of(typed), codes.shown(read))


def _told(request: HttpRequest, fate: Fate | None, shown: str) -> HttpResponse:
    said = {"fate": fate.value if fate else "", "code": shown}
    response = render(request, "reports/checking/paper.html", said)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "no-store"
    return response
